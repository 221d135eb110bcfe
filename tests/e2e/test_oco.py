"""One cancels the other over the wire, on prices that jump over the limit and over the stop, and over kills."""

from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.gateway import PAGE_PRICES, Gateway, running
from tests.e2e.recordings import recorded, replaying
from tests.e2e.stranger import Stranger, held

# Half a second in the middle, then far below and far above it: limits and stops between are jumped over.
FALLS = ("66000",) * 12 + ("60000",) * 4
RISES = ("3500",) * 12 + ("4000",) * 4
SPEED = 16.0
SELL = {"action": "sell", "pair": "BTC/USDT", "amount": "0.5", "price": 70_000, "stopPrice": 65_000}
RESTING = {"action": "sell", "pair": "ETH/USDT", "amount": 1, "price": 3_800, "stopPrice": 3_000}


@pytest.fixture(scope="module")
def jumping(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("jumping")
    recordings = {
        "BTC/USDT": recorded(folder / "btc.csv", FALLS, times=200),
        "ETH/USDT": recorded(folder / "eth.csv", RISES, times=200, amount="1000"),
    }
    with running(folder / "data", **replaying(recordings, SPEED)) as gateway:
        yield gateway


@pytest.fixture
async def moving(jumping: Gateway) -> AsyncIterator[Stranger]:
    async with await jumping.client() as client:
        yield client


async def owner(client: Stranger) -> str:
    """A new account with 10,000 USDT, a BTC and an ETH."""
    name = f"test-{uuid4().hex[:12]}"
    for asset, amount in (("USDT", 10_000), ("BTC", 1), ("ETH", 1)):
        await client.ok("account.deposit", account=name, asset=asset, amount=amount)
    return name


async def placed(client: Stranger, **params: object) -> list[dict[str, Any]]:
    """Place a pair; while the market is not between its prices it is refused, and tried again at the next price."""
    while True:
        answer = await client.call("order.oco", **params)
        if answer["ok"]:
            orders: list[dict[str, Any]] = answer["payload"]["orders"]
            return orders
        assert "the market at" in answer["error"]["message"], answer
        await client.ok("subscribe", channel="market:price", pairs=[params["pair"]])
        await client.event("market:price")
        client.events.clear()


async def state_of(client: Stranger, order: dict[str, Any]) -> str:
    return str((await client.ok("order.get", orderId=order["orderId"]))["status"])


async def test_both_are_answered_linked_and_lock_the_coin_once(client: Stranger) -> None:
    account = await owner(client)
    limit, stop = await placed(client, **RESTING, account=account, clientOrderId="pair")
    assert (limit["type"], limit["price"], limit["status"]) == ("limit", 3_800, "pending")
    assert (stop["type"], stop["stopPrice"], stop["status"]) == ("stop-market", 3_000, "pending")
    assert (limit["linkedTo"], stop["linkedTo"]) == (stop["orderId"], limit["orderId"])
    assert limit["clientOrderId"] == "pair"
    assert (await held(client, account))["ETH"] == (0, 1)
    told = {
        (await client.event("trade:placed", orderId=order["orderId"]))["type"]: order["orderId"]
        for order in (stop, limit)
    }
    assert told == {"stop-market": stop["orderId"], "limit": limit["orderId"]}
    for order in (limit, stop):
        assert await client.ok("order.get", orderId=order["orderId"]) == order
    listed = (await client.ok("order.list", account=account, status="open"))["orders"]
    assert listed == [stop, limit]


async def test_the_same_key_answers_with_the_same_pair_as_it_stands(client: Stranger) -> None:
    account = await owner(client)
    pair = {**RESTING, "account": account, "clientOrderId": "pair"}
    first = await client.ok("order.oco", **pair)
    again = await client.ok("order.oco", **{**pair, "amount": "1.0"})
    other = await client.error("order.oco", **{**pair, "amount": "0.5"})
    assert "duplicate" not in first
    assert again == {"duplicate": True, "orders": [order | {"duplicate": True} for order in first["orders"]]}
    assert (other["code"], other["details"]["existing"]["key"]) == ("INVALID_ORDER", "pair")


@pytest.mark.parametrize("named", [0, 1])
async def test_cancelling_either_ends_both(client: Stranger, named: int) -> None:
    account = await owner(client)
    orders = await placed(client, **RESTING, account=account)
    cancelled = await client.ok("order.cancel", orderId=orders[named]["orderId"], account=account)
    assert (cancelled["orderId"], cancelled["status"]) == (orders[named]["orderId"], "cancelled")
    assert [await state_of(client, order) for order in orders] == ["cancelled", "cancelled"]
    assert (await held(client, account))["ETH"] == (1, 0)


async def test_cancelling_all_names_both(client: Stranger) -> None:
    account = await owner(client)
    orders = await placed(client, **RESTING, account=account)
    answer = await client.ok("order.cancelAll", account=account)
    assert sorted(answer["cancelled"]) == sorted(order["orderId"] for order in orders)


async def test_a_pair_takes_what_exits_guard_and_a_position_that_it_sells_is_not_closed_besides(
    client: Stranger, account: str
) -> None:
    buy = {"action": "buy", "pair": "ETH/USDT", "type": "limit", "amount": 1, "price": 3_500}
    await client.ok("trade.execute", **buy, stopLoss=2_000, account=account)
    orders = await placed(client, **RESTING, account=account)
    refused = await client.error("position.close", pair="ETH/USDT", account=account)
    assert refused["code"] == "INSUFFICIENT_FUNDS"
    await client.ok("order.cancel", orderId=orders[1]["orderId"], account=account)
    assert (await held(client, account))["ETH"] == (0, 1)  # Guarded by its stop loss again.
    assert (await client.ok("position.close", pair="ETH/USDT", account=account))["status"] == "filled"


@pytest.mark.parametrize(
    ("change", "code", "named"),
    [
        ({"price": 3_400}, "INVALID_ORDER", "price 3400 must be above the market"),
        ({"stopPrice": 3_600}, "INVALID_ORDER", "stopPrice 3600 must be below the market"),
        ({"stopPrice": "3000.001"}, "INVALID_ORDER", "stopPrice 3000.001 is off the tick"),
        ({"stopLimitPrice": 0}, "INVALID_ORDER", "price 0"),
        ({"amount": 2}, "INSUFFICIENT_FUNDS", "Not enough ETH to place the orders: needs 2, free 1"),
        ({"amount": 0}, "INVALID_ORDER", "amount 0"),
        ({"pair": "FOO/BAR"}, "INVALID_ORDER", "FOO/BAR is not listed"),
        ({"timeInForce": "IOC"}, "INVALID_REQUEST", "timeInForce"),
        ({"exchange": "nowhere"}, "NOT_FOUND", "nowhere"),
    ],
)
async def test_a_pair_that_cannot_be_says_why_and_places_neither(
    client: Stranger, change: dict[str, object], code: str, named: str
) -> None:
    account = await owner(client)
    error = await client.error("order.oco", **{**RESTING, "account": account, **change})
    assert error["code"] == code
    assert named in error["message"]
    assert (await client.ok("order.list", account=account))["orders"] == []


async def test_linked_orders_are_not_amended(client: Stranger) -> None:
    account = await owner(client)
    for order in await placed(client, **RESTING, account=account):
        error = await client.error("order.amend", orderId=order["orderId"], account=account, amount=1)
        assert (error["code"], "is linked to order" in error["message"]) == ("INVALID_ORDER", True)


async def test_a_limit_that_is_jumped_over_fills_and_cancels_the_stop(moving: Stranger) -> None:
    account = await owner(moving)
    limit, stop = await placed(moving, **RESTING, account=account)
    executed = await moving.event("trade:executed", orderId=limit["orderId"])
    cancelled = await moving.event("trade:cancelled", orderId=stop["orderId"])
    assert (executed["status"], executed["filledAmount"]) == ("filled", 1)
    assert cancelled["reason"] == f"order {limit['orderId']} is filled"
    assert "ETH" not in await held(moving, account)


# It sells at what there is when it comes to the exchange, where the price may have risen again.
@pytest.mark.parametrize(("limit_price", "at"), [(None, (60_000, 66_000)), (63_000, (63_000, 66_000))])
async def test_a_stop_that_is_jumped_over_cancels_the_limit_and_sells(
    moving: Stranger, limit_price: int | None, at: tuple[int, int]
) -> None:
    account = await owner(moving)
    limit, stop = await placed(moving, **SELL, stopLimitPrice=limit_price, account=account)
    triggered = await moving.event("trade:triggered", orderId=stop["orderId"])
    executed = await moving.event("trade:executed", orderId=stop["orderId"])
    assert (triggered["marketPrice"], executed["status"]) == (60_000, "filled")
    assert executed["price"] in at
    assert await state_of(moving, limit) == "cancelled"
    assert (await held(moving, account))["BTC"] == (Decimal("0.5"), 0)
    assert (await moving.ok("order.get", orderId=stop["orderId"]))["triggered"] is True


async def test_a_pair_that_waits_still_waits_after_a_kill(tmp_path: Path) -> None:
    falling = recorded(tmp_path / "btc.csv", ["66000", "66000", "60000", "60000"], times=100)
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            await client.ok("account.deposit", asset="BTC", amount=1)
            limit, stop = (await client.ok("order.oco", **SELL, clientOrderId="pair"))["orders"]
        gateway.kill()
    with running(tmp_path / "data", **replaying({"BTC/USDT": falling}, speed=4)) as gateway:
        async with await gateway.client(resumeFrom=stop["seq"]) as client:
            executed = await client.event("trade:executed", orderId=stop["orderId"])
            assert (executed["status"], executed["price"]) == ("filled", 60_000)
            again = (await client.ok("order.oco", **SELL, clientOrderId="pair"))["orders"]
            assert [order["status"] for order in again] == ["cancelled", "filled"]
            assert again[0]["orderId"] == limit["orderId"]
