"""Prices of what is held are written down, so that any valuation can be repeated."""

import asyncio
from pathlib import Path

import pytest

from domain.commands import Deposit
from domain.events.marks import PricesMarked
from domain.money import plain
from kit.market.valuation import Valuation
from kit.trading import marks
from kit.trading.marks import Marker
from tests.domain.books import deposit
from tests.kit.trading.asked import ask
from tests.kit.trading.floor import Floor, floor
from tests.kit.trading.unreliable import full_disk
from tests.waiting import eventually


def marker(on: Floor) -> Marker:
    made = Marker({"paper": Valuation(on.exchange, ["USDT"])}, on.journal, on.accounts)
    on.journal.followers.append(made.follow)
    return made


def marked(on: Floor) -> list[dict[str, str]]:
    """What each mark in the log says, by asset."""
    events = [entry.event for entry in on.log.read_stream("marks")]
    return [
        {mark.asset: f"{plain(mark.price_usd):f}" for mark in event.marks}
        for event in events
        if isinstance(event, PricesMarked)
    ]


async def put_in(on: Floor, asset: str, key: str) -> None:
    money: Deposit = deposit(asset, "1")
    await on.desk.deposit("main", "paper", money, ask(key))


async def test_all_that_is_held_and_has_a_price_is_marked(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        await put_in(on, "BTC", "k-1")
        await put_in(on, "NONSENSE", "k-2")
        await marker(on).mark()
        assert marked(on) == [{"BTC": "67250", "USDT": "1"}]


async def test_whatever_moves_is_marked_soon_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "MARK_AFTER_S", 0.0)
    async with floor(tmp_path) as on:
        running = asyncio.create_task(marker(on).run())
        await eventually(lambda: len(marked(on)) == 1)
        await put_in(on, "ETH", "k-1")
        await eventually(lambda: len(marked(on)) == 2)
        running.cancel()
        await asyncio.wait([running])
        assert marked(on) == [{"USDT": "1"}, {"ETH": "3500", "USDT": "1"}]


async def test_marks_that_cannot_be_written_are_passed_over(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        with full_disk(on.log):
            await marker(on).mark()
        await marker(on).mark()
        assert marked(on) == [{"USDT": "1"}]
