"""Sizing an order by what the account is worth, and placing what was worked out."""

from decimal import Decimal
from typing import Any

import pytest

from tests.e2e.stranger import Stranger, held

D = Decimal


async def test_a_share_of_the_equity_counts_everything_held(client: Stranger, account: str) -> None:
    await client.ok("account.deposit", account=account, asset="BTC", amount="0.1")  # 6,725 USDT.
    size = await client.ok("trade.size", account=account, pair="ETH/USDT", percent=10)
    assert size["equity"] == 16_725
    assert (size["amount"], size["price"], size["notional"]) == (D("0.477857"), 3_500, D("1672.4995"))
    assert (size["fee"], size["currency"], size["action"]) == (D("1.6724995"), "USDT", "buy")
    assert size["percent"] == D("9.999997")
    assert "risk" not in size


async def test_a_risk_is_what_the_stop_loses_with_both_fees(client: Stranger, account: str) -> None:
    size = await client.ok(
        "trade.size", account=account, pair="ETH/USDT", riskPercent=1, price=3_450, stopLoss=3_200
    )  # One ETH loses 250, and 3.45 + 3.2 in fees.
    assert size["amount"] == D("0.389635")  # 100 / 256.65, rounded down to the lot.
    assert size["risk"] == D("99.99982275")
    assert size["riskPercent"] == D("0.999998")
    order = await client.ok(
        "trade.execute",
        account=account,
        action="buy",
        pair="ETH/USDT",
        amount=str(size["amount"]),
        type="limit",
        price=3_450,
        stopLoss=3_200,
    )
    assert (order["status"], order["amount"]) == ("pending", size["amount"])


async def test_the_notional_is_what_a_market_buy_spends(client: Stranger, account: str) -> None:
    size = await client.ok("trade.size", account=account, pair="BTC/USDT", percent=100)
    assert size["limited"] is True  # The fee comes on top of it.
    order = await client.ok(
        "trade.execute", account=account, action="buy", pair="BTC/USDT", amount=str(size["notional"]), type="market"
    )
    assert order["filledAmount"] == size["amount"]
    assert (await held(client, account))["USDT"][0] < 1


async def test_a_sale_is_a_share_of_what_is_held_guarded_or_not(client: Stranger, account: str) -> None:
    await client.ok(
        "trade.execute", account=account, action="buy", pair="ETH/USDT", amount=350, type="market", stopLoss=3_000
    )
    size = await client.ok("trade.size", account=account, pair="ETH/USDT", action="sell", percent=50)
    assert size["amount"] == D("0.05")


@pytest.mark.parametrize(
    ("asked", "code", "says"),
    [
        ({}, "INVALID_REQUEST", "percent: give it or riskPercent, one of the two"),
        ({"percent": 1, "riskPercent": 1}, "INVALID_REQUEST", "percent: give it or riskPercent, one of the two"),
        ({"percent": 0}, "INVALID_REQUEST", "percent: 0 must be above 0 and at most 100"),
        ({"percent": "100.1"}, "INVALID_REQUEST", "percent: 100.1 must be above 0 and at most 100"),
        ({"riskPercent": 1}, "INVALID_REQUEST", "stopLoss: is missing: the risk is what is lost down to it"),
        (
            {"action": "sell", "riskPercent": 1, "stopLoss": 3_000},
            "INVALID_REQUEST",
            "riskPercent: belongs to a buy; a sale on a spot market opens no position",
        ),
        (
            {"percent": 1, "stopLoss": 3_500},
            "INVALID_ORDER",
            "stopLoss 3500 must be above zero and below the entry at 3500.00",
        ),
        ({"percent": 1, "price": -1}, "INVALID_ORDER", "price -1 must be above zero"),
        ({"percent": 1, "price": 0}, "INVALID_ORDER", "price 0 must be above zero"),
        ({"percent": "0.01"}, "INVALID_ORDER", "amount 0.9975 USDT is below the minimum of 5 USDT"),
        ({"percent": 1, "pair": "FOO/BAR"}, "NOT_FOUND", "pair 'FOO/BAR' is not listed on paper"),
        ({"percent": 1, "account": "nobody"}, "NOT_FOUND", "account 'nobody' is not open on paper"),
    ],
)
async def test_a_question_that_makes_no_sense_is_told_why(
    client: Stranger, account: str, asked: dict[str, Any], code: str, says: str
) -> None:
    error = await client.error("trade.size", **{"account": account, "pair": "ETH/USDT"} | asked)
    assert (error["code"], error["message"]) == (code, says)
