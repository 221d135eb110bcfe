"""What is said of the orders that rested when trading was halted."""

import asyncio
from pathlib import Path

import pytest

from kit.exchanges.protocol import ExchangeError, OrderReport
from kit.trading import rested
from kit.trading.rested import Rested
from kit.trading.tasks import Outcome
from tests.kit.trading.asked import ask
from tests.kit.trading.floor import Floor, fixed_market, floor
from tests.kit.trading.scripted_exchange import ScriptedExchange, cut


class Deaf(ScriptedExchange):
    """Takes orders, and never hears that they are to be cancelled."""

    async def cancel(self, client_order_id: str, pair: str) -> OrderReport:
        raise ExchangeError("no answer", retryable=True)


async def halt(on: Floor, key: str = "h", *, cancel: bool = True) -> Outcome:
    return await on.desk.halt("main", None, "storm", reduce_only=True, cancel_orders=cancel, ask=ask(key))


async def test_what_rested_is_told_once_it_is_cancelled(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        first, second = [(await on.placed(key, "buy", "0.01", "60000")).order.order_id for key in ("a", "b")]
        before = [on.main]
        await halt(on)
        assert await on.desk.swept(before) == Rested(cancelled=(first, second))
        assert [on.order(each).status for each in (first, second)] == ["cancelled", "cancelled"]


async def test_what_was_cancelled_long_ago_is_told_at_once(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        order, _ = await on.placed("a", "buy", "0.01", "60000")
        before = [on.main]
        await halt(on)
        await on.until(order.order_id, lambda order: not order.is_open)
        assert await on.desk.swept(before) == Rested(cancelled=(order.order_id,))
        assert await on.desk.swept([on.main]) == Rested()


async def test_an_order_whose_exchange_says_nothing_is_unconfirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rested, "CANCEL_WAIT_S", 0.02)
    async with floor(tmp_path, Deaf(fixed_market())) as on:
        order, _ = await on.placed("a", "buy", "0.01", "60000")
        before = [on.main]
        await halt(on)
        assert await on.desk.swept(before) == Rested(unconfirmed=(order.order_id,))


async def test_an_order_that_fills_at_the_last_moment_is_neither(tmp_path: Path) -> None:
    exchange = Deaf(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("a", "buy", "0.01", "60000")
        before = [on.main]
        await halt(on)
        told = asyncio.create_task(on.desk.swept(before))
        exchange.tell(order.order_id, "filled", cut("t-1", "0.01", "60000"))
        assert await told == Rested()
        assert on.order(order.order_id).status == "filled"


async def test_a_second_halt_that_is_no_stricter_writes_nothing(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        await halt(on, "h-1", cancel=False)
        assert (await halt(on, "h-2", cancel=False)).recorded == ()
        assert on.topics() == ["TradingHalted"]
        stricter = await on.desk.halt("main", None, "storm", reduce_only=False, cancel_orders=False, ask=ask("h-3"))
        assert len(stricter.recorded) == 1
        assert on.main.halt is not None
        assert on.main.halt.reduce_only is False
