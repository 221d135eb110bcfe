"""The live views: whoever reads sees everything that was acknowledged, and a fold that fails heals itself."""

import asyncio
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from kit.views import projector as projector_module
from kit.views.projector import ViewsBehind
from projections import balances, orders, views
from projections.state_hash import state_hashes
from projections.views import Views
from tests.crash.evidence import Evidence
from tests.domain.books import deposit
from tests.kit.trading.asked import ask
from tests.kit.trading.floor import Floor
from tests.kit.views.floors import viewed
from tests.waiting import eventually


async def put_in(on: Floor, key: str) -> int:
    """Deposit one bitcoin; returns the position of the event."""
    return (await on.desk.deposit("main", "paper", deposit("BTC", "1"), ask(key))).recorded[-1].seq


def bitcoin(seen: Views) -> Decimal:
    (held,) = balances.read(seen.balances).filter(pl.col("asset") == "BTC")["total"]
    assert isinstance(held, Decimal)
    return held


def rebuilt(on: Floor) -> dict[str, str]:
    """The hashes of all views, folded from nothing in one piece."""
    return state_hashes(Evidence(on.log.rows(0, 10_000), ()).views)


async def test_a_reader_sees_everything_that_was_acknowledged_before_it_asked(tmp_path: Path) -> None:
    async with viewed(tmp_path) as (on, projector):
        for number in range(1, 6):
            seq = await put_in(on, f"k-{number}")
            seen = await projector.current()
            assert seen.seq >= seq
            assert bitcoin(seen) == number


async def test_many_readers_and_writers_at_once_each_see_their_own_writes(tmp_path: Path) -> None:
    async with viewed(tmp_path) as (on, projector):

        async def write_and_read(number: int) -> None:
            seq = await put_in(on, f"k-{number}")
            assert (await projector.current()).seq >= seq

        await asyncio.gather(*map(write_and_read, range(50)))
        assert bitcoin(await projector.current()) == 50


async def test_live_views_are_the_rebuilt_ones_however_small_the_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projector_module, "WINDOW_ROWS", 3)
    async with viewed(tmp_path) as (on, projector):
        await on.placed("k-1", "buy", "100")
        await on.placed("k-2", "buy", "0.1", "60000", stop_loss="50000")
        await asyncio.gather(*(put_in(on, f"d-{number}") for number in range(20)))
        seen = await projector.current()
        await on.placed("k-3", "sell", "0.5")
        seen = await projector.current()
        assert seen.seq == on.log.head()
        assert state_hashes(seen) == rebuilt(on)
        assert orders.read(seen.orders)["status"].to_list() == ["filled", "pending", "filled"]


async def test_after_a_restart_the_views_are_folded_from_the_log(tmp_path: Path) -> None:
    async with viewed(tmp_path) as (on, _):
        await on.placed("k-1", "buy", "100")
        await put_in(on, "k-2")
    async with viewed(tmp_path) as (on, projector):
        assert state_hashes(await projector.current()) == rebuilt(on)


async def test_a_fold_that_fails_is_told_and_the_views_are_built_again_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projector_module, "REBUILD_PAUSE_S", 0.0)
    fold, broken, problems = views.fold, [True], []

    def fold_or_fail(before: Views, frame: pl.DataFrame) -> Views:
        if broken and before.seq > 0:
            problems.append(before.seq)
            raise ValueError("a view is broken")
        return fold(before, frame)

    async with viewed(tmp_path) as (on, projector):
        monkeypatch.setattr(views, "fold", fold_or_fail)
        await projector.current()
        await put_in(on, "k-1")
        reading = asyncio.create_task(projector.current())
        await eventually(lambda: projector.problem)
        assert projector.problem == "ValueError after position 2"
        broken.clear()
        assert bitcoin(await reading) == 1
        await eventually(lambda: projector.problem is None)
        assert projector.lag == 0
        assert state_hashes(await projector.current()) == rebuilt(on)
    assert problems


async def test_a_reader_that_cannot_be_served_in_time_is_told_how_far_behind_the_views_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projector_module, "READ_WAIT_S", 0.01)
    async with viewed(tmp_path, folding=False) as (on, projector):
        await put_in(on, "k-1")
        with pytest.raises(ViewsBehind, match="the views are 3 events behind") as error:
            await projector.current()
        assert (error.value.retryable, error.value.lag, projector.lag) == (True, 3, 3)


async def test_commands_do_not_wait_for_views_that_cannot_be_folded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(before: Views, frame: pl.DataFrame) -> Views:
        raise ValueError("a view is broken")

    monkeypatch.setattr(views, "fold", fail)
    async with viewed(tmp_path) as (on, projector):
        assert [await put_in(on, f"k-{number}") for number in range(3)] == [3, 4, 5]
        await eventually(lambda: projector.problem)
