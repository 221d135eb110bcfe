"""Stop orders on prices that jump over their stops, and orders that end at a time of the market."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.gateway import PAGE_PRICES, Gateway, running
from tests.e2e.recordings import recorded, replaying
from tests.e2e.stranger import Stranger, held

# Half a second high and half a second low, with nothing between: every stop at 65,000 is jumped over.
JUMPS = ("66000",) * 8 + ("60000",) * 8
SPEED = 16.0
SELL = {"action": "sell", "pair": "BTC/USDT", "amount": "0.5", "stopPrice": 65_000}
BUY = {"action": "buy", "pair": "BTC/USDT", "stopPrice": 65_000}


@pytest.fixture(scope="module")
def jumping(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("jumping")
    recordings = {"BTC/USDT": recorded(folder / "btc.csv", JUMPS, times=200)}
    with running(folder / "data", **replaying(recordings, SPEED)) as gateway:
        yield gateway


@pytest.fixture
async def client(jumping: Gateway) -> AsyncIterator[Stranger]:
    async with await jumping.client() as client:
        yield client


@pytest.fixture
async def account(client: Stranger) -> str:
    """10,000 USDT and a coin."""
    name = f"test-{uuid4().hex[:12]}"
    await client.ok("account.deposit", account=name, asset="USDT", amount=10_000)
    await client.ok("account.deposit", account=name, asset="BTC", amount=1)
    return name


async def waiting(client: Stranger, **params: object) -> dict[str, Any]:
    """Place a stop order; while the market is beyond its stop it is refused, and tried again at the next price."""
    while True:
        answer = await client.call("trade.execute", **params)
        if answer["ok"]:
            order: dict[str, Any] = answer["payload"]
            return order
        assert "the market at" in answer["error"]["message"], answer
        await client.ok("subscribe", channel="market:price", pairs=["BTC/USDT"])
        await client.event("market:price")
        client.events.clear()


async def test_a_stop_that_sells_gets_out_at_the_first_price_beyond_it(client: Stranger, account: str) -> None:
    order = await waiting(client, **SELL, type="stop-market", account=account)
    assert (order["status"], order["stopPrice"], order["price"]) == ("pending", 65_000, None)
    executed = await client.event("trade:executed", orderId=order["orderId"])
    assert (executed["status"], executed["price"], executed["amount"]) == ("filled", 60_000, Decimal("0.5"))
    free = 10_000 + 30_000 - executed["fee"]
    assert await held(client, account) == {"USDT": (free, 0), "BTC": (Decimal("0.5"), 0)}


async def test_a_stop_limit_that_is_jumped_over_rests_at_its_limit(client: Stranger, account: str) -> None:
    order = await waiting(client, **SELL, type="stop-limit", price=63_000, account=account)
    triggered = await client.event("trade:triggered", orderId=order["orderId"])
    executed = await client.event("trade:executed", orderId=order["orderId"])
    assert (triggered["marketPrice"], triggered["account"]) == (60_000, account)
    assert (executed["status"], executed["price"]) == ("filled", 63_000)
    done = await client.ok("order.get", orderId=order["orderId"])
    assert (done["stopPrice"], done["triggered"]) == (65_000, True)
    assert "triggered" not in order


async def test_a_stop_that_buys_for_a_budget_buys_at_the_first_price_beyond_it(client: Stranger, account: str) -> None:
    order = await waiting(client, **BUY, type="stop-market", amount=3_300, amountIn="quote", account=account)
    executed = await client.event("trade:executed", orderId=order["orderId"])
    assert (executed["status"], executed["price"], executed["filledAmount"]) == ("filled", 66_000, Decimal("0.05"))
    assert (await held(client, account))["USDT"] == (10_000 - 3_300 - executed["fee"], 0)


async def test_a_stop_that_buys_an_amount_reserves_two_percent_more_and_gives_back_what_it_did_not_need(
    client: Stranger, account: str
) -> None:
    order = await waiting(client, **BUY, type="stop-market", amount="0.05", stopLoss=1_000, account=account)
    executed = await client.event("trade:executed", orderId=order["orderId"])
    assert (executed["status"], executed["price"]) == ("filled", 66_000)
    assert await held(client, account) == {
        "USDT": (10_000 - 3_300 - executed["fee"], 0),
        "BTC": (1, Decimal("0.05")),
    }


async def test_an_order_ends_at_its_time_on_the_markets_clock(client: Stranger, account: str) -> None:
    limit = {"action": "buy", "pair": "BTC/USDT", "type": "limit", "amount": "0.01", "price": 1_000, "account": account}
    now = await client.ok("market.data", action="price", pair="BTC/USDT")
    ends = datetime.fromtimestamp(now["timestamp"] / 1_000, UTC) + timedelta(seconds=12)
    order = await client.ok("trade.execute", **limit, timeInForce="GTD", expiresAt=ends.isoformat())
    assert (order["status"], order["timeInForce"]) == ("pending", "GTD")
    assert datetime.fromisoformat(order["expiresAt"]) == ends
    assert await client.ok("order.get", orderId=order["orderId"]) == order
    cancelled = await client.event("trade:cancelled", orderId=order["orderId"])
    assert cancelled["reason"] == f"expired at {ends:%Y-%m-%dT%H:%M:%SZ}"
    assert (await held(client, account))["USDT"] == (10_000, 0)
    late = await client.error("trade.execute", **limit, timeInForce="GTD", expiresAt="2024-03-01T11:59:59Z")
    assert late["code"] == "INVALID_ORDER"
    assert "expiresAt 2024-03-01T11:59:59Z has passed" in late["message"]


@pytest.mark.parametrize("level", ["stopLoss", "takeProfit"])
async def test_an_exit_of_a_bought_position_is_moved_and_then_triggered(
    client: Stranger, account: str, level: str
) -> None:
    far = {"stopLoss": 1_000, "takeProfit": 200_000}
    buy = {"action": "buy", "pair": "BTC/USDT", "type": "market", "amount": 1_000, "account": account}
    entry = await client.ok("trade.execute", **buy, **far)
    amended = await client.ok("order.amend", orderId=entry["orderId"], account=account, **{level: 65_000})
    assert (amended["status"], amended[level]) == ("filled", 65_000)
    closed = await client.event("position:closed", account=account)
    sold = (await client.ok("order.list", account=account, status="filled"))["orders"][0]
    assert (closed["pair"], sold["exitOf"], sold["side"]) == ("BTC/USDT", entry["orderId"], "sell")
    assert sold["avgPrice"] == (60_000 if level == "stopLoss" else 66_000)
    assert (await held(client, account))["BTC"] == (1, 0)


async def test_a_stop_that_waits_still_waits_after_a_kill(tmp_path: Path) -> None:
    falling = recorded(tmp_path / "btc.csv", ["66000", "66000", "60000", "60000"], times=100)
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            await client.ok("account.deposit", asset="BTC", amount=1)
            order = await client.ok("trade.execute", **SELL, type="stop-market", clientOrderId="stop")
        gateway.kill()
    with running(tmp_path / "data", **replaying({"BTC/USDT": falling}, speed=4)) as gateway:
        async with await gateway.client(resumeFrom=order["seq"]) as client:
            executed = await client.event("trade:executed", orderId=order["orderId"])
            assert (executed["status"], executed["price"]) == ("filled", 60_000)
            again = await client.ok("trade.execute", **SELL, type="stop-market", clientOrderId="stop")
            assert (again["duplicate"], again["status"]) == (True, "filled")


async def test_a_stop_that_was_reached_stays_reached_after_a_kill(tmp_path: Path) -> None:
    falling = recorded(tmp_path / "down.csv", ["66000"] * 16 + ["60000"] * 16, times=50)
    above = recorded(tmp_path / "up.csv", ["67000", "67001"], times=500)
    with running(tmp_path / "data", **replaying({"BTC/USDT": falling}, speed=8)) as gateway:
        async with await gateway.client() as client:
            await client.ok("account.deposit", asset="BTC", amount=1)
            limited = await waiting(client, **SELL, type="stop-limit", price=66_500)
            at_market = await waiting(client, **SELL, type="stop-market")
            # Both stops are reached by one price, the older order first.
            await client.event("trade:executed", orderId=at_market["orderId"])
            assert (await client.ok("order.get", orderId=limited["orderId"]))["status"] == "pending"
            seen = (await client.ok("order.get", orderId=at_market["orderId"]))["seq"]
        gateway.kill()
    # Were it waiting for its stop again, it would wait for ever: the price never falls to it.
    with running(tmp_path / "data", **replaying({"BTC/USDT": above}, speed=8)) as gateway:
        async with await gateway.client(resumeFrom=seen) as client:
            executed = await client.event("trade:executed", orderId=limited["orderId"])
            assert (executed["status"], executed["price"]) == ("filled", 66_500)
