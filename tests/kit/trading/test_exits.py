"""Stops and targets sell what they guard as soon as the last price has reached them."""

from decimal import Decimal
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from domain.events.exits import ExitTriggered
from kit.exchanges.paper import PaperExchange
from kit.exchanges.protocol import ExchangeError
from kit.market.fixed import FixedMarket
from kit.market.protocol import Ticker
from kit.trading import exits, price_watch
from kit.trading.errors import ClientOrderIdReused
from kit.trading.exits import REARM_PAUSE_S
from tests.kit.trading.asked import ticking
from tests.kit.trading.floor import fixed_market
from tests.kit.trading.unreliable import full_disk
from tests.kit.trading.watched import watched
from tests.waiting import eventually


class Deaf(PaperExchange):
    """Does not say a price when it is first asked for one."""

    asked = 0

    async def ticker(self, pair: str) -> Ticker:
        self.asked += 1
        if self.asked == 1:
            raise ExchangeError("no answer in 10 s")
        return await super().ticker(pair)


@pytest.mark.parametrize(
    ("price", "sold"),
    [
        (66_000, "stop_loss 0.01 at 66000"),
        (69_000, "take_profit 0.01 at 69000"),
        (60_000, "stop_loss 0.01 at 60000"),
        (80_000, "take_profit 0.01 at 80000"),
    ],
)
async def test_an_exit_sells_at_its_level_or_at_the_first_price_beyond_it(
    tmp_path: Path, price: int, sold: str
) -> None:
    async with watched(tmp_path) as market:
        entry = await market.guarded_buy()
        await market.price(price)
        assert await market.sold(entry) == sold
        assert market.on.main.brackets == {}
        assert market.on.main.positions == {}
        assert market.on.main.balance("BTC").total == 0


async def test_between_its_levels_nothing_happens_and_what_it_guards_stays_locked(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        entry = await market.guarded_buy()
        await market.price(66_001)
        await market.price(68_999)
        assert market.exits_of(entry) == []
        assert market.on.main.balance("BTC").locked == Decimal("0.01")


async def test_one_exit_cancels_the_other(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        entry = await market.guarded_buy()
        await market.price(66_000)
        await market.sold(entry)
        await market.price(69_000)
        assert len([event for event in market.on.events() if isinstance(event, ExitTriggered)]) == 1


async def test_every_entry_has_exits_of_its_own(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        near, far = await market.guarded_buy(), await market.guarded_buy("k-2", stop="60000")
        await market.price(65_000)
        assert await market.sold(near) == "stop_loss 0.01 at 65000"
        assert list(market.on.main.brackets) == [far]
        await market.price(59_000)
        assert await market.sold(far) == "stop_loss 0.01 at 59000"


async def test_an_exit_waits_for_the_ledger_and_fires_at_a_later_price(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        entry = await market.guarded_buy()
        with full_disk(market.on.log):
            await market.price(65_000)
            await eventually(lambda: market.on.journal.problem)
        await market.price(64_000)
        assert market.exits_of(entry) == []
        market.seconds = REARM_PAUSE_S
        await market.price(63_000)
        assert await market.sold(entry) == "stop_loss 0.01 at 63000"


async def test_guards_are_watched_again_after_a_restart(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        entry = await market.guarded_buy()
    async with watched(tmp_path) as market:
        await market.price(65_000)
        assert await market.sold(entry) == "stop_loss 0.01 at 65000"


async def test_an_exchange_that_does_not_say_a_guarded_price_at_the_start_does_not_end_the_watch(
    tmp_path: Path,
) -> None:
    async with watched(tmp_path) as market:
        near, far = await market.guarded_buy(), await market.guarded_buy("k-2", stop="60000")
    moving = fixed_market()
    with capture_logs() as logged:
        async with watched(tmp_path, moving, Deaf("paper", moving)) as market:
            await market.price(65_000)
            assert await market.sold(near) == "stop_loss 0.01 at 65000"
            assert list(market.on.main.brackets) == [far]
    (unheard,) = (entry for entry in logged if entry["event"] == "no price of a watched pair")
    assert (unheard["log_level"], unheard["pair"], unheard["exchange"]) == ("warning", "BTC/USDT", "paper")


async def test_a_price_that_nobody_said_at_the_start_is_asked_for_until_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(price_watch, "ASK_AGAIN_S", 0.0)
    async with watched(tmp_path) as market:
        entry = await market.guarded_buy()
    standing = FixedMarket({"BTC/USDT": Decimal(65_000)}, ticking())
    async with watched(tmp_path, standing, Deaf("paper", standing)) as market:
        assert await market.sold(entry) == "stop_loss 0.01 at 65000"


async def test_an_exit_armed_where_the_price_stands_already_does_not_wait_for_it_to_move(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        resting, _ = await market.on.placed("k-1", "buy", "0.01", "66000", stop_loss="65000", take_profit="69000")
        # The price falls through entry and stop at once, and then stands still.
        await market.price(64_000)
        assert await market.sold(resting.order_id) == "stop_loss 0.01 at 64000"


async def test_the_id_of_an_exit_order_cannot_be_taken_by_a_client(tmp_path: Path) -> None:
    async with watched(tmp_path) as market:
        entry = await market.guarded_buy()
        await market.price(65_000)
        await market.sold(entry)
        exit_id = market.exits_of(entry)[0].order_id
        with pytest.raises(ClientOrderIdReused):
            await market.on.placed(exit_id, "buy", "10")


async def test_an_exit_that_met_a_full_disk_is_tried_again_though_the_price_stands_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(price_watch, "LOOK_AGAIN_S", 0.01)
    monkeypatch.setattr(exits, "REARM_PAUSE_S", 0.01)
    async with watched(tmp_path) as market:
        entry = await market.guarded_buy()
        with full_disk(market.on.log):
            await market.price(65_000)
            await eventually(lambda: market.on.journal.problem)
        market.seconds = 1.0
        assert await market.sold(entry) == "stop_loss 0.01 at 65000"
