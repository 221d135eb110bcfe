"""What an exchange answers, or does not, to an order that is already durable."""

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from kit.exchanges.protocol import ExchangeError
from kit.trading import waits
from kit.trading.errors import KeyReused
from tests.kit.trading.asked import ask
from tests.kit.trading.floor import Floor, asked, fixed_market, floor
from tests.kit.trading.scripted_exchange import BUSY, NO_MONEY, TIMED_OUT, ScriptedExchange, cut
from tests.kit.trading.unreliable import full_disk
from tests.waiting import eventually


@pytest.fixture(autouse=True)
def no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waits, "RETRY_FIRST_S", 0.001)
    monkeypatch.setattr(waits, "RETRY_MAX_S", 0.002)


async def bid(on: Floor, key: str = "k-1") -> str:
    """A limit order for 0.01 at 67,000; returns its id once the exchange has said something about it."""
    return (await on.placed(key, "buy", "0.01", "67000")).order.order_id


async def settled(on: Floor, order_id: str, status: str) -> None:
    async with asyncio.timeout(10):
        await on.until(order_id, lambda order: order.status == status)


async def test_an_order_is_durable_before_the_exchange_hears_of_it(tmp_path: Path) -> None:
    seen: list[list[str]] = []

    class Watching(ScriptedExchange):
        async def place(self, request):  # type: ignore[no-untyped-def]
            seen.append(opened.topics())
            return await super().place(request)

    async with floor(tmp_path, Watching(fixed_market())) as opened:
        await bid(opened)
    assert seen == [["OrderPlaced"]]


async def test_after_a_time_out_the_order_is_looked_up_and_not_placed_again(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market(), TIMED_OUT)
    async with floor(tmp_path, exchange) as on:
        order_id = await bid(on)
        assert exchange.calls == [f"place {order_id}", f"order {order_id}"]
        assert on.topics() == ["OrderPlaced", "OrderAccepted"]


async def test_an_order_that_the_exchange_never_took_is_placed_again_under_the_same_client_id(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market(), TIMED_OUT, BUSY, taken=False)
    async with floor(tmp_path, exchange) as on:
        order_id = await bid(on)
        place, look = f"place {order_id}", f"order {order_id}"
        assert exchange.calls == [place, look, place, look, place]
        assert on.order(order_id).status == "pending"


async def test_while_even_the_look_up_fails_the_order_stays_unknown_and_its_funds_locked(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market(), TIMED_OUT)
    exchange.lost.extend([TIMED_OUT, ExchangeError("the exchange is down"), TIMED_OUT])
    async with floor(tmp_path, exchange) as on:
        order_id = await bid(on)
        assert exchange.calls == [f"place {order_id}"] + [f"order {order_id}"] * 4
        assert on.topics() == ["OrderPlaced", "OrderAccepted"]


async def test_an_order_that_is_refused_at_once_is_rejected_and_its_funds_are_free_again(tmp_path: Path) -> None:
    async with floor(tmp_path, ScriptedExchange(fixed_market(), NO_MONEY, taken=False)) as on:
        order, _ = await on.placed("k-1", "buy", "0.01", "67000")
        assert (order.status, order.reason) == ("rejected", "the exchange has no money of yours")
        assert on.main.balance("USDT").free == 10_000


async def test_an_order_that_is_refused_when_it_is_placed_again_is_rejected_and_not_retried_for_ever(
    tmp_path: Path,
) -> None:
    async with floor(tmp_path, ScriptedExchange(fixed_market(), BUSY, NO_MONEY, taken=False)) as on:
        order, _ = await on.placed("k-1", "buy", "0.01", "67000")
        assert (order.status, order.reason) == ("rejected", "the exchange has no money of yours")


async def test_fills_are_booked_as_they_are_reported_and_copies_change_nothing(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order_id = await bid(on)
        exchange.tell(order_id, "open", cut("t-1", "0.004"))
        exchange.tell(order_id, "open", cut("t-1", "0.004"))
        exchange.tell_of_stranger("somebody-else")
        exchange.tell(order_id, "filled", cut("t-1", "0.004"), cut("t-2", "0.006"))
        await settled(on, order_id, "filled")
        other_id = await bid(on, "k-2")
        exchange.tell(order_id, "filled", cut("t-2", "0.006"))
        exchange.tell(other_id, "open", cut("t-3", "0.001"))
        await settled(on, other_id, "partial")
        assert on.topics().count("OrderFilled") == 3
        assert on.main.balance("BTC").free == Decimal("0.011")


async def test_a_fill_that_comes_after_the_cancellation_is_booked_and_flagged(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order_id = await bid(on)
        await on.desk.cancel(on.main, on.order(order_id), ask("k-2"))
        exchange.tell(order_id, "cancelled", cut("t-1", "0.004"))
        await on.until(order_id, lambda order: order.fill_count == 1)
        assert on.topics()[2:] == ["OrderCancelled", "OrderFilled", "DiscrepancyFound"]
        assert (on.order(order_id).status, str(on.main.balance("BTC").free)) == ("cancelled", "0.004")


async def test_a_report_is_booked_however_long_the_ledger_cannot_be_written(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order_id = await bid(on)
        with full_disk(on.log, commits=4):
            exchange.tell(order_id, "filled", cut("t-1", "0.01"))
            await settled(on, order_id, "filled")
        assert on.topics() == ["OrderPlaced", "OrderAccepted", "OrderFilled"]


async def test_one_report_that_cannot_be_booked_does_not_silence_the_exchange(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        first, second = await bid(on), await bid(on, "k-2")
        with capture_logs() as logged:
            exchange.tell(first, "open", cut("t-1", "NaN"))
            exchange.tell(second, "filled", cut("t-2", "0.01"))
            await settled(on, second, "filled")
        assert on.order(first).status == "pending"
    assert [entry["order"] for entry in logged if entry["event"] == "a report cannot be booked"] == [first]


async def test_a_cancellation_is_booked_under_the_client_s_key(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order_id = await bid(on)
        outcome = await on.desk.cancel(on.main, on.order(order_id), ask("k-2"))
        assert outcome.recorded[0].entry.stamp.key == "k-2"
        assert (on.order(order_id).status, on.main.balance("USDT").free) == ("cancelled", Decimal(10_000))


async def test_what_the_exchange_did_is_booked_although_the_client_s_key_was_used_for_something_else(
    tmp_path: Path,
) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order_id = await bid(on)
        with pytest.raises(KeyReused, match="'k-1'"):
            await on.desk.cancel(on.main, on.order(order_id), ask("k-1", "d-2"))
        assert on.order(order_id).status == "cancelled"


async def test_cancelling_many_is_one_commit_and_names_those_whose_exchange_did_not_say(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market(), None, None, TIMED_OUT, taken=False)
    exchange.lost.extend([TIMED_OUT] * 20)
    async with floor(tmp_path, exchange) as on:
        ids = [await bid(on), await bid(on, "k-2")]
        waiting = asyncio.create_task(on.desk.place(asked("buy", "0.01", "67000"), ask("k-3")))
        await eventually(lambda: len(on.main.orders) == 3)
        before = len(on.told.commits)
        outcome, failed = await on.desk.cancel_all(on.main, list(on.main.orders.values()), ask("k-4"))
        assert len(on.told.commits) == before + 1
        assert [type(one.entry.event).__name__ for one in outcome.recorded] == ["OrderCancelled"] * 2
        assert failed == [order for order in on.main.orders if order not in ids]
        waiting.cancel()
        await asyncio.wait([waiting])


async def test_an_exchange_hears_of_a_fill_that_a_client_recorded_on_its_order(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order_id = await bid(on)
        await on.recorded("t-1", "0.004", order_id)
        assert [str(order.filled_amount) for order in exchange.restored] == ["0.004"]
        await on.recorded("t-2", "0.006", order_id)
        await bid(on, "k-2")
        assert f"cancel {order_id}" in exchange.calls


async def test_a_client_may_record_a_fill_before_the_exchange_has_answered_at_all(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market(), TIMED_OUT)
    exchange.lost.extend([TIMED_OUT] * 6)
    async with floor(tmp_path, exchange) as on:
        waiting = asyncio.create_task(on.desk.place(asked("buy", "0.01", "67000"), ask("k-1")))
        await eventually(lambda: on.main.orders)
        (order_id,) = on.main.orders
        await on.recorded("t-1", "0.004", order_id)
        assert on.order(order_id).status == "partial"
        await waiting
        await settled(on, order_id, "partial")
        assert on.topics()[:2] == ["OrderPlaced", "OrderFilled"]
