"""A command with a key takes effect once: on any connection, at any later time."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from tests.e2e.gateway import Gateway
from tests.e2e.stranger import Stranger, held

BUY = {"action": "buy", "pair": "BTC/USDT", "type": "market", "amount": 100}
FILL = {"pair": "BTC/USDT", "side": "buy", "amount": "0.01", "price": 60_000, "fee": "0.6"}


async def test_the_same_client_order_id_never_trades_twice(gateway: Gateway, client: Stranger, account: str) -> None:
    first = await client.ok("trade.execute", **BUY, account=account, clientOrderId="once")
    async with await gateway.client() as another:
        again = await another.ok("trade.execute", **BUY | {"amount": "100.00"}, account=account, clientOrderId="once")
    assert "duplicate" not in first
    assert again == first | {"duplicate": True}
    assert len((await client.ok("order.list", account=account))["orders"]) == 1
    assert (await held(client, account))["BTC"] == (Decimal("0.00148698"), 0)


async def test_a_duplicate_shows_what_has_become_of_the_order(client: Stranger, account: str) -> None:
    limit = {"action": "buy", "pair": "ETH/USDT", "type": "limit", "amount": 1, "price": 3000, "account": account}
    order = await client.ok("trade.execute", **limit, clientOrderId="later")
    await client.ok("order.cancel", orderId=order["orderId"], account=account)
    again = await client.ok("trade.execute", **limit, clientOrderId="later")
    assert again["duplicate"] is True
    assert again["orderId"] == order["orderId"]
    assert again["status"] == "cancelled"


@pytest.mark.parametrize("other", [{"amount": 101}, {"pair": "ETH/USDT"}, {"action": "sell", "amount": "0.001"}])
async def test_a_client_order_id_with_other_params_is_an_invalid_order(
    client: Stranger, account: str, other: Mapping[str, object]
) -> None:
    await client.ok("trade.execute", **BUY, account=account, clientOrderId="once")
    error = await client.error("trade.execute", **{**BUY, **other}, account=account, clientOrderId="once")
    assert error["code"] == "INVALID_ORDER"
    assert error["details"]["existing"]["key"] == "once"
    assert len((await client.ok("order.list", account=account))["orders"]) == 1


async def test_two_copies_at_once_are_one_order(gateway: Gateway, client: Stranger, account: str) -> None:
    async with await gateway.client() as another:
        ids = [
            await one.send("trade.execute", **BUY, account=account, clientOrderId="race") for one in (client, another)
        ]
        first = await client.answer(ids[0])
        second = await another.answer(ids[1])
    assert first["payload"]["orderId"] == second["payload"]["orderId"]
    assert [first["payload"].get("duplicate"), second["payload"].get("duplicate")].count(True) == 1
    assert (await held(client, account))["BTC"] == (Decimal("0.00148698"), 0)


async def test_a_refusal_for_funds_stays_a_refusal_even_after_a_deposit(client: Stranger, account: str) -> None:
    greedy = {**BUY, "amount": 20_000, "account": account, "clientOrderId": "greedy"}
    first = await client.error("trade.execute", **greedy)
    await client.ok("account.deposit", asset="USDT", amount=50_000, account=account)
    again = await client.error("trade.execute", **greedy)
    assert first["code"] == again["code"] == "INSUFFICIENT_FUNDS"
    assert again["message"] == first["message"]
    other = await client.ok("trade.execute", **{**greedy, "clientOrderId": "another"})
    assert other["status"] == "filled"


async def test_what_was_refused_for_its_shape_may_be_corrected_under_the_same_key(
    client: Stranger, account: str
) -> None:
    wrong = {**BUY, "amount": -100, "account": account, "clientOrderId": "corrected"}
    assert (await client.error("trade.execute", **wrong))["code"] == "INVALID_ORDER"
    assert (await client.ok("trade.execute", **{**wrong, "amount": 100}))["status"] == "filled"


async def test_a_deposit_with_a_key_counts_once(client: Stranger, account: str) -> None:
    deposit = {"asset": "USDT", "amount": 500, "account": account, "idempotencyKey": "salary"}
    first = await client.ok("account.deposit", **deposit)
    again = await client.ok("account.deposit", **deposit)
    error = await client.error("account.deposit", **{**deposit, "amount": 501})
    assert first["total"] == 10_500
    assert again["duplicate"] is True
    assert error["code"] == "INVALID_REQUEST"
    assert error["details"]["existing"]["key"] == "salary"
    assert await held(client, account) == {"USDT": (10_500, 0)}


async def test_a_cancel_with_a_key_answers_the_same_again(client: Stranger, account: str) -> None:
    limit = {"action": "buy", "pair": "ETH/USDT", "type": "limit", "amount": 1, "price": 3000, "account": account}
    one = await client.ok("trade.execute", **limit)
    two = await client.ok("trade.execute", **limit)
    everything = {"account": account, "idempotencyKey": "clear"}
    first = await client.ok("order.cancelAll", **everything)
    await client.ok("trade.execute", **limit)
    again = await client.ok("order.cancelAll", **everything)
    assert sorted(first["cancelled"]) == sorted(again["cancelled"]) == sorted([one["orderId"], two["orderId"]])
    assert again["duplicate"] is True
    assert len((await client.ok("order.list", account=account, status="open"))["orders"]) == 1


async def test_a_fill_made_elsewhere_is_booked_once(client: Stranger, account: str) -> None:
    first = await client.ok("fill.record", tradeId="x-1", **FILL, account=account)
    again = await client.ok("fill.record", tradeId="x-1", **FILL, account=account)
    assert first["fill"]["tradeId"] == "x-1"
    assert first["fill"]["amount"] == Decimal("0.01")
    assert first["fill"]["price"] == 60_000
    assert first["fill"]["fee"] == Decimal("0.6")
    assert first["fill"]["feeCurrency"] == "USDT"
    assert first["position"]["entryPrice"] == 60_000
    assert again["duplicate"] is True
    assert again["fill"] == first["fill"]
    assert await held(client, account) == {"USDT": (Decimal("9399.4"), 0), "BTC": (Decimal("0.01"), 0)}


@pytest.mark.parametrize("other", [{"price": 60_001}, {"amount": "0.02"}, {"side": "sell"}])
async def test_a_trade_id_with_other_content_is_refused(
    client: Stranger, account: str, other: Mapping[str, object]
) -> None:
    await client.ok("fill.record", tradeId="x-1", **FILL, account=account)
    error = await client.error("fill.record", tradeId="x-1", **{**FILL, **other}, account=account)
    assert error["code"] == "INVALID_REQUEST"
    assert "existing" in error["details"]
    assert await held(client, account) == {"USDT": (Decimal("9399.4"), 0), "BTC": (Decimal("0.01"), 0)}


async def test_a_recorded_fill_can_belong_to_a_resting_order(client: Stranger, account: str) -> None:
    limit = {"action": "buy", "pair": "ETH/USDT", "type": "limit", "amount": 1, "price": 3000, "account": account}
    order = await client.ok("trade.execute", **limit)
    part = {"pair": "ETH/USDT", "side": "buy", "amount": "0.4", "price": 2990, "orderId": order["orderId"]}
    await client.ok("fill.record", tradeId="elsewhere-1", **part, account=account)
    partial = await client.ok("order.get", orderId=order["orderId"])
    assert partial["status"] == "partial"
    assert partial["filledAmount"] == Decimal("0.4")
    assert partial["avgPrice"] == 2990
    cancelled = await client.ok("order.cancel", orderId=order["orderId"], account=account)
    assert cancelled["status"] == "cancelled"
    assert cancelled["filledAmount"] == Decimal("0.4")
    assert await held(client, account) == {"USDT": (8804, 0), "ETH": (Decimal("0.4"), 0)}
