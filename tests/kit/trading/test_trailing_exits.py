"""A trailing stop sells by the highest price that was seen, of which the ledger hears in steps."""

from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from domain.commands import AmendOrder
from domain.events.exits import ExitTrailed, ExitTriggered
from kit.trading import exits
from tests.domain.books import NOON
from tests.kit.trading.asked import ask
from tests.kit.trading.unreliable import full_disk
from tests.kit.trading.watched import Watched, watched
from tests.waiting import eventually


def recorded(market: Watched) -> list[Decimal]:
    return [event.high for event in market.on.events() if isinstance(event, ExitTrailed)]


async def amended(market: Watched, entry: str, trailing_stop: str) -> None:
    instrument = market.market.instruments()["BTC/USDT"]
    command = AmendOrder(
        order_id=entry, instrument=instrument, exchange_time=NOON, trailing_stop=Decimal(trailing_stop)
    )
    await market.on.desk.amend(market.on.main, command, ask(f"amend-{trailing_stop}"))


@pytest.mark.parametrize(
    ("prices", "sold"),
    [
        ([66_577.50], "trailing_stop 0.01 at 66577.5"),
        ([66_000], "trailing_stop 0.01 at 66000"),
        ([70_000, 69_300], "trailing_stop 0.01 at 69300"),
    ],
    ids=["from the fill's price", "over a gap", "from the highest price"],
)
async def test_it_sells_where_the_price_has_fallen_by_its_distance(
    tmp_path: Path, prices: list[float], sold: str
) -> None:
    async with watched(tmp_path) as market:
        entry = await market.bought(trailing_stop="1")
        for price in prices:
            await market.price(price)
        assert await market.sold(entry) == sold
        assert market.on.main.brackets == {}
        assert market.on.main.balance("BTC").total == 0
        await market.price(60_000)
        assert len(market.exits_of(entry)) == 1


async def test_above_its_level_nothing_is_sold_and_a_falling_price_takes_nothing_back(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        entry = await market.bought(trailing_stop="1")
        for price in (66_578, 70_000, 69_301, 69_999, 69_301):
            await market.price(price)
        assert market.exits_of(entry) == []
        await market.price(69_300)
        assert await market.sold(entry) == "trailing_stop 0.01 at 69300"


@pytest.mark.parametrize(
    ("price", "sold"),
    [
        (66_900, "trailing_stop 0.01 at 66900"),
        (60_000, "trailing_stop 0.01 at 60000"),
        (69_000, "take_profit 0.01 at 69000"),
    ],
)
async def test_beside_a_stop_and_a_target_whichever_is_passed_first_sells(
    tmp_path: Path, price: int, sold: str
) -> None:
    async with watched(tmp_path) as market:
        entry = await market.bought(trailing_stop="0.5", stop_loss="66000", take_profit="69000")
        await market.price(price)
        assert await market.sold(entry) == sold
        assert len([event for event in market.on.events() if isinstance(event, ExitTriggered)]) == 1


async def test_a_stop_above_the_trailing_level_sells_first(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        entry = await market.bought(trailing_stop="5", stop_loss="66000")
        await market.price(60_000)
        assert await market.sold(entry) == "stop_loss 0.01 at 60000"


async def test_the_ledger_hears_of_a_tenth_of_the_distance_and_from_which_high_it_sold(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        entry = await market.bought(trailing_stop="1")
        # A tenth of one percent of 67,250, as the level rises: 67.93 more.
        for price in (67_300, 67_317, 67_318, 67_385, 67_400):
            await market.price(price)
        await eventually(lambda: recorded(market) == [Decimal(67_318), Decimal(67_400)])
        await market.price(67_450)
        await market.price(66_000)
        assert await market.sold(entry) == "trailing_stop 0.01 at 66000"
        assert recorded(market) == [67_318, 67_400, 67_450]
        (triggered,) = [event for event in market.on.events() if isinstance(event, ExitTriggered)]
        assert triggered.price == Decimal("66775.5")


async def test_after_a_restart_the_recorded_high_counts(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        entry = await market.bought(trailing_stop="1")
        await market.price(70_000)
        await eventually(lambda: recorded(market) == [70_000])
    # The new market stands at 67,250: below the level of 69,300, and nobody saw it fall.
    async with watched(tmp_path) as market:
        assert await market.sold(entry) == "trailing_stop 0.01 at 67250"


async def test_what_a_sell_by_hand_gave_back_trails_from_its_high(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        entry = await market.bought(trailing_stop="1")
        await market.price(70_000)
        await eventually(lambda: recorded(market) == [70_000])
        selling, _ = await market.on.placed("k-2", "sell", "0.01", "75000")
        await market.price(69_000)
        assert market.exits_of(entry) == []
        await market.on.desk.cancel(market.on.main, market.on.order(selling.order_id), ask("k-3"))
        assert await market.sold(entry) == "trailing_stop 0.01 at 69000"


async def test_one_that_is_set_later_begins_at_the_price_of_then(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        entry = await market.bought(stop_loss="60000")
        await market.price(80_000)
        await market.price(70_000)
        await amended(market, entry, "1")
        await eventually(lambda: recorded(market) == [70_000])
        await market.price(69_301)
        assert market.exits_of(entry) == []
        await market.price(69_300)
        assert await market.sold(entry) == "trailing_stop 0.01 at 69300"


async def test_a_closer_distance_that_the_price_has_passed_sells_at_once(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        entry = await market.bought(trailing_stop="5")
        await market.price(66_500)
        await amended(market, entry, "1")
        assert await market.sold(entry) == "trailing_stop 0.01 at 66500"


async def test_a_high_that_met_a_full_disk_is_kept_in_mind_and_recorded_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exits, "ASK_AGAIN_S", 0.0)
    async with watched(tmp_path) as market:
        entry = await market.bought(trailing_stop="1")
        with full_disk(market.on.log):
            await market.price(70_000)
            await eventually(lambda: market.on.journal.problem)
        await market.price(69_500)
        await eventually(lambda: recorded(market) == [70_000])
        await market.price(69_300)
        assert await market.sold(entry) == "trailing_stop 0.01 at 69300"


async def test_where_nobody_bids_it_waits_and_its_high_still_rises(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        await market.bought(trailing_stop="1")
        (bracket,) = market.on.main.brackets.values()
        ticker = market.market.ticker("BTC/USDT")
        unwanted = replace(ticker, last=Decimal(1), bid=Decimal(0))
        assert exits.reached(bracket, unwanted) is None
        assert exits.reached(bracket, replace(unwanted, bid=Decimal(1))) == "trailing_stop"
