"""What the router must still know however many orders came since, and must book although the ledger could not."""

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest

from domain.commands import ReportOrder, ReportOrders
from kit.trading import background, router, waits
from kit.trading.errors import LedgerOutcomeUnknown
from kit.trading.tasks import Outcome, Task
from tests.kit.trading.asked import MAIN, ask, task
from tests.kit.trading.floor import Floor, fixed_market, floor, paper
from tests.kit.trading.unreliable import full_disk


async def bid(on: Floor, key: str, price: str = "67000") -> str:
    return (await on.placed(key, "buy", "0.001", price)).order.order_id


async def test_an_order_that_outlived_our_memory_of_sending_it_still_gets_its_fills(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(router, "REMEMBERED_MAX", 2)
    market = fixed_market()
    async with floor(tmp_path, paper(market)) as on:
        resting = await bid(on, "k-0", "60000")
        for number in range(1, 5):
            await on.placed(f"k-{number}", "buy", "10")
        market.set_price("BTC/USDT", Decimal(59_000))
        async with asyncio.timeout(10):
            filled = await on.until(resting, lambda order: order.status == "filled")
        assert filled.order.filled_amount == Decimal("0.001")


async def test_a_cancel_that_the_ledger_could_not_take_is_booked_later_and_never_called_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waits, "RETRY_FIRST_S", 0.001)
    async with floor(tmp_path) as on:
        order_id = await bid(on, "k-1")
        with full_disk(on.log, commits=2):
            with pytest.raises(LedgerOutcomeUnknown):
                await on.desk.cancel(on.main, on.order(order_id), ask("k-2"))
            async with asyncio.timeout(10):
                cancelled = await on.until(order_id, lambda order: order.status == "cancelled")
        assert cancelled.order.reserved == 0


async def test_a_commit_shows_every_order_that_it_ended_even_those_the_account_has_let_go(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        ids = [await bid(on, f"k-{number}") for number in range(3)]
        ended = tuple(ReportOrder(order_id=one, exchange_order_id=one, state="cancelled") for one in ids)
        results, committed = on.bookkeeper.process([task(ReportOrders(reports=ended[:2])), task(ended[2])])
        assert len(results) == 2
        assert {name: order.status for name, order in committed.orders.items()} == {
            (MAIN, one): "cancelled" for one in ids
        }


async def test_a_report_that_was_lost_with_its_listener_is_asked_for_by_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "PAUSE_FIRST_S", 0.001)
    market = fixed_market()
    async with floor(tmp_path, paper(market)) as on:
        resting = await bid(on, "k-1", "60000")
        submit, failures = on.journal.submit, 0

        async def broken_once(task: Task) -> Outcome:
            nonlocal failures
            failures += 1
            if failures == 1:
                raise RuntimeError("nobody expected this")
            return await submit(task)

        on.journal.submit = broken_once  # type: ignore[method-assign]
        market.set_price("BTC/USDT", Decimal(59_000))
        async with asyncio.timeout(10):
            filled = await on.until(resting, lambda order: order.status == "filled")
        assert filled.order.filled_amount == Decimal("0.001")


async def test_an_order_that_the_price_passed_while_we_were_away_fills_without_another_move(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        resting = await bid(on, "k-1", "60000")
    market = fixed_market()
    market.set_price("BTC/USDT", Decimal(59_000))
    async with floor(tmp_path, paper(market)) as on, asyncio.timeout(10):
        filled = await on.until(resting, lambda order: order.status == "filled")
    assert filled.order.filled_amount == Decimal("0.001")
