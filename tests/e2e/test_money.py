"""Money comes in and goes out digit for digit, and every order leaves exactly what it should."""

from decimal import Decimal

import pytest

from tests.e2e.stranger import Stranger, held


@pytest.mark.parametrize(
    ("written", "exact"),
    [
        ("0.123456789012345678", "0.123456789012345678"),
        ('"0.123456789012345678"', "0.123456789012345678"),
        ("999999999999999.999999999999999999", "999999999999999.999999999999999999"),
        ("9007199254740993", None),
        ("900719925474099.3", "900719925474099.3"),
        ("1e-18", "0.000000000000000001"),
        ("1.50e2", "150"),
        ("100.000", "100"),
    ],
)
async def test_a_deposit_is_booked_as_it_was_written(
    client: Stranger, account: str, written: str, exact: str | None
) -> None:
    answer = await client.literally(
        f'{{"type":"req","id":"d","method":"account.deposit",'
        f'"params":{{"asset":"SOL","amount":{written},"account":"{account}"}}}}'
    )
    if exact is None:
        assert answer["error"]["code"] == "INVALID_REQUEST"  # Sixteen digits before the point.
        assert "SOL" not in await held(client, account)
    else:
        assert Decimal(answer["payload"]["total"]) == Decimal(exact)
        assert (await held(client, account))["SOL"] == (Decimal(exact), 0)


async def test_a_deposit_that_would_make_the_balance_too_large_is_refused(client: Stranger, account: str) -> None:
    await client.ok("account.deposit", account=account, asset="SOL", amount="999999999999999")
    error = await client.error("account.deposit", account=account, asset="SOL", amount="1")
    assert error["code"] == "INVALID_REQUEST"
    assert (await held(client, account))["SOL"] == (999_999_999_999_999, 0)


async def test_deposits_and_withdrawals_add_up(client: Stranger, account: str) -> None:
    await client.ok("account.deposit", account=account, asset="USDT", amount="0.1")
    left = await client.ok("account.withdraw", account=account, asset="USDT", amount="0.3", note="rent")
    assert left["symbol"] == "USDT"
    assert left["total"] == Decimal("9999.8")
    assert left["free"] == Decimal("9999.8")
    assert left["locked"] == 0
    assert left["idempotencyKey"]


async def test_a_market_buy_spends_quote_with_the_fee_on_top(client: Stranger, account: str) -> None:
    order = await client.ok("trade.execute", action="buy", pair="BTC/USDT", type="market", amount=100, account=account)
    assert order["amount"] == order["filledAmount"] == Decimal("0.00148698")
    assert order["fee"] == Decimal("0.099999405")
    # 10,000 − 99.999405 − 0.099999405.
    assert await held(client, account) == {
        "USDT": (Decimal("9899.900595595"), 0),
        "BTC": (Decimal("0.00148698"), 0),
    }


async def test_amount_in_base_buys_just_that(client: Stranger, account: str) -> None:
    order = await client.ok(
        "trade.execute",
        action="buy",
        pair="BTC/USDT",
        type="market",
        amount="0.01",
        amountIn="base",
        account=account,
    )
    assert order["status"] == "filled"
    assert order["filledAmount"] == Decimal("0.01")
    assert await held(client, account) == {"USDT": (Decimal("9326.8275"), 0), "BTC": (Decimal("0.01"), 0)}


async def test_amount_in_quote_sells_for_about_that(client: Stranger, account: str) -> None:
    await client.ok("account.deposit", account=account, asset="BTC", amount=1)
    order = await client.ok(
        "trade.execute",
        action="sell",
        pair="BTC/USDT",
        type="market",
        amount=6725,
        amountIn="quote",
        account=account,
    )
    assert order["filledAmount"] == Decimal("0.1")
    assert await held(client, account) == {"USDT": (Decimal("16718.275"), 0), "BTC": (Decimal("0.9"), 0)}


async def test_everything_that_is_there_can_be_spent_and_not_a_digit_more(client: Stranger, account: str) -> None:
    everything = {"action": "buy", "pair": "BTC/USDT", "type": "market", "account": account}
    error = await client.error("trade.execute", amount=10_000, **everything)
    assert error["code"] == "INSUFFICIENT_FUNDS"  # The fee comes on top.
    order = await client.ok("trade.execute", amount="9990", **everything)
    assert order["status"] == "filled"
    free, locked = (await held(client, account))["USDT"]
    assert free == 10_000 - order["filledAmount"] * 67250 - order["fee"]
    assert free >= 0
    assert locked == 0


async def test_a_limit_order_locks_what_it_can_cost_and_gives_it_back(client: Stranger, account: str) -> None:
    order = await client.ok(
        "trade.execute",
        action="buy",
        pair="ETH/USDT",
        type="limit",
        amount="0.333333",
        price="3333.33",
        account=account,
    )
    cost = Decimal("0.333333") * Decimal("3333.33")
    assert await held(client, account) == {"USDT": (10_000 - cost * Decimal("1.001"), cost * Decimal("1.001"))}
    cancelled = await client.ok("order.cancel", orderId=order["orderId"], account=account)
    assert cancelled["status"] == "cancelled"
    assert await held(client, account) == {"USDT": (10_000, 0)}


async def test_buying_and_selling_costs_the_fees_and_nothing_else(client: Stranger, account: str) -> None:
    bought = await client.ok(
        "trade.execute", action="buy", pair="ETH/USDT", type="market", amount=3500, account=account
    )
    sold = await client.ok(
        "trade.execute", action="sell", pair="ETH/USDT", type="market", amount=str(bought["amount"]), account=account
    )
    assert bought["amount"] == sold["amount"] == 1
    assert bought["fee"] == sold["fee"] == Decimal("3.5")
    assert await held(client, account) == {"USDT": (9993, 0)}
    pnl = await client.ok("portfolio.snapshot", action="pnl", account=account)
    assert pnl["realized"] == 0
    assert pnl["unrealized"] == 0
    assert pnl["fees"] == 7


async def test_profit_and_fees_explain_the_value_to_the_digit(client: Stranger, account: str) -> None:
    await client.ok(
        "fill.record", tradeId="a", pair="BTC/USDT", side="buy", amount="0.1", price=60_000, fee=6, account=account
    )
    await client.ok("trade.execute", action="sell", pair="BTC/USDT", type="market", amount="0.04", account=account)
    await client.ok("trade.execute", action="buy", pair="ETH/USDT", type="market", amount=1_000, account=account)
    pnl = await client.ok("portfolio.snapshot", action="pnl", account=account)
    snapshot = await client.ok("portfolio.snapshot", account=account)
    assert pnl["realized"] == 290  # 0.04 × (67,250 − 60,000).
    assert pnl["unrealized"] == 435
    assert snapshot["totalValueUsd"] == 10_000 + pnl["realized"] + pnl["unrealized"] - pnl["fees"]
    positions = {position["pair"]: position for position in snapshot["positions"]}
    assert positions["BTC/USDT"]["entryPrice"] == 60_000
    assert positions["BTC/USDT"]["unrealizedPnlPercent"] == Decimal("12.083333")


async def test_a_sell_takes_what_exits_guard_and_they_guard_the_rest(client: Stranger, account: str) -> None:
    await client.ok(
        "trade.execute",
        action="buy",
        pair="ETH/USDT",
        type="market",
        amount=3500,
        stopLoss=3000,
        takeProfit=4000,
        account=account,
    )
    assert await held(client, account) == {"USDT": (Decimal("6496.5"), 0), "ETH": (0, 1)}
    sold = await client.ok(
        "trade.execute", action="sell", pair="ETH/USDT", type="market", amount="0.4", account=account
    )
    assert sold["status"] == "filled"
    assert await held(client, account) == {"USDT": (Decimal("7895.1"), 0), "ETH": (0, Decimal("0.6"))}


async def test_an_asset_without_a_price_is_never_worth_nothing_in_silence(client: Stranger, account: str) -> None:
    await client.ok("account.deposit", account=account, asset="PEBBLE", amount=3)
    snapshot = await client.ok("portfolio.snapshot", account=account)
    assert snapshot["incomplete"] is True
    (pebbles,) = (asset for asset in snapshot["assets"] if asset["symbol"] == "PEBBLE")
    assert pebbles["total"] == 3
    assert pebbles["valueUsd"] is None
    assert snapshot["totalValueUsd"] == 10_000
