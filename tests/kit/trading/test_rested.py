"""What is said of the orders that rested when trading was halted."""

import asyncio
from pathlib import Path

import pytest

from kit.trading import rested
from kit.trading.rested import Rested
from kit.trading.sweep import Sweep
from kit.trading.tasks import Outcome
from tests.kit.trading.asked import ask
from tests.kit.trading.floor import Floor, fixed_market, floor
from tests.kit.trading.scripted_exchange import ScriptedExchange, cut


def sweeping(on: Floor) -> Sweep:
    sweep = Sweep(on.accounts, on.router)
    on.journal.followers.append(sweep.follow)
    return sweep


async def halt(on: Floor, key: str = "h", *, cancel: bool = True) -> tuple[Outcome, Rested]:
    return await on.desk.halt("main", None, "storm", reduce_only=True, cancel_orders=cancel, ask=ask(key))


async def test_what_rested_is_told_once_it_is_cancelled(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        first, second = [(await on.placed(key, "buy", "0.01", "60000")).order.order_id for key in ("a", "b")]
        sweep = sweeping(on)
        _, told = await halt(on)
        assert told == Rested(cancelled=(first, second))
        assert [on.order(each).status for each in (first, second)] == ["cancelled", "cancelled"]
        again, told = await halt(on)
        assert (again.duplicate, told) == (True, Rested())
        await sweep.close()


async def test_without_being_asked_to_nothing_is_cancelled_nor_waited_for(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        order, _ = await on.placed("a", "buy", "0.01", "60000")
        sweep = sweeping(on)
        _, told = await halt(on, cancel=False)
        assert told == Rested()
        assert on.order(order.order_id).is_open
        await sweep.close()


async def test_an_order_whose_exchange_says_nothing_is_unconfirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rested, "CANCEL_WAIT_S", 0.02)
    async with floor(tmp_path) as on:  # Where nobody cancels.
        order, _ = await on.placed("a", "buy", "0.01", "60000")
        _, told = await halt(on)
        assert told == Rested(unconfirmed=(order.order_id,))


async def test_an_order_that_fills_at_the_last_moment_is_neither(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("a", "buy", "0.01", "60000")
        halting = asyncio.create_task(halt(on))
        exchange.tell(order.order_id, "filled", cut("t-1", "0.01", "60000"))
        _, told = await halting
        assert (told, on.order(order.order_id).status) == (Rested(), "filled")


async def test_a_second_halt_that_is_no_stricter_writes_nothing(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        await halt(on, "h-1", cancel=False)
        twice, _ = await halt(on, "h-2", cancel=False)
        assert twice.recorded == ()
        assert on.topics() == ["TradingHalted"]
        stricter, _ = await on.desk.halt("main", None, "storm", reduce_only=False, cancel_orders=False, ask=ask("h-3"))
        assert len(stricter.recorded) == 1
        assert on.main.halt is not None
        assert on.main.halt.reduce_only is False
