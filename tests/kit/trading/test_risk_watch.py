"""Equity is measured as prices move, money comes and goes, and days turn; over restarts too, on a real log."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from structlog.testing import capture_logs

from domain.account import Account
from domain.commands import Deposit, Withdraw
from domain.events.risk import EquityMeasured, TradingHalted, TradingResumed
from domain.risk.limits import RiskLimits
from kit.exchanges.paper import PaperExchange
from kit.exchanges.protocol import ExchangeError
from kit.market.fixed import FixedMarket
from kit.market.protocol import Ticker
from kit.trading import risk_watch
from kit.trading.background import Background
from kit.trading.errors import RiskLimitExceeded
from kit.trading.risk_watch import RiskWatch
from tests.domain.books import BTC_USDT_FREE
from tests.kit.trading.asked import ask
from tests.kit.trading.floor import Floor, asked, floor
from tests.waiting import eventually

MONDAY: Final = datetime(2026, 2, 9, 12, tzinfo=UTC)
FIVE_PERCENT: Final = Decimal(5)


class Clock:
    """The time that the test sets; it moves a microsecond whenever it is read."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(microseconds=1)
        return self.at


class Watched:
    """A floor whose prices, clock and measurements the test moves: BTC is at 100 in the beginning."""

    def __init__(self, on: Floor, market: FixedMarket, clock: Clock) -> None:
        self.on = on
        self.market = market
        self.clock = clock
        self.watch = RiskWatch(on.exchange, on.journal, on.accounts, on.judging, clock)

    async def invest_half(self, **limits: Any) -> None:
        """Buy 50 BTC at 100 and limit what may be lost: half of 10,000 USD then moves with the price."""
        order, _ = await self.on.placed("k-0", "buy", "50", "100")
        await self.on.until(order.order_id, lambda order: order.status == "filled")
        await self.on.desk.set_limits("main", None, RiskLimits(**limits), ask("limits"))

    async def at(self, price: str, when: datetime | None = None) -> Account:
        """The account, once it was looked at with BTC at that price at that time."""
        self.clock.at = when or self.clock.at
        self.market.set_price("BTC/USDT", Decimal(price))
        await self.watch.measure()
        return self.on.main

    async def refusal(self, key: str) -> str:
        """Why a small buy is refused."""
        with pytest.raises(RiskLimitExceeded) as refusal:
            await self.on.desk.place(asked("buy", "0.1", "50"), ask(key))
        return str(refusal.value)

    def written(self) -> list[Any]:
        kinds = (EquityMeasured, TradingHalted, TradingResumed)
        return [event for event in self.on.events() if isinstance(event, kinds)]

    def topics(self) -> list[str]:
        return [type(event).__name__ for event in self.written()]


def free_market(clock: Clock, price: str = "100") -> FixedMarket:
    """BTC/USDT at that price, and no fees."""
    return FixedMarket({"BTC/USDT": Decimal(price)}, clock, instruments={"BTC/USDT": BTC_USDT_FREE})


@asynccontextmanager
async def watched(data_dir: Path, clock: Clock, price: str = "100") -> AsyncIterator[Watched]:
    market = free_market(clock, price)
    async with floor(data_dir, PaperExchange("paper", market), clock) as on:
        yield Watched(on, market, clock)


@asynccontextmanager
async def running(on: Watched) -> AsyncIterator[None]:
    """The watch at work, told of every commit."""
    on.on.journal.followers.append(on.watch.follow)
    background = Background()
    background.keep("risk", on.watch.run)
    background.keep("prices for risk", on.watch.listen)
    try:
        yield
    finally:
        await background.close()


def nav(of: Account) -> Decimal:
    assert of.performance is not None
    return of.performance.nav


async def test_the_loss_of_a_day_counts_over_a_deposit_a_restart_and_midnight(tmp_path: Path) -> None:
    """At 98 the 10,000 are 9,900, and 9,900 more come in; Monday closes at 96 with 19,700. Tuesday's 5 % of that are
    985, which 50 BTC have lost at 76.30: 18,715 are left."""
    clock = Clock()
    async with watched(tmp_path, clock) as on:
        await on.invest_half(daily_loss_percent=FIVE_PERCENT)
        assert nav(await on.at("98", MONDAY.replace(hour=13))) == Decimal("0.99")
        await on.on.desk.deposit("main", "paper", Deposit(asset="USDT", amount=Decimal(9_900)), ask("more"))
        assert nav(await on.at("98")) == Decimal("0.99")
        closed = await on.at("96", MONDAY.replace(hour=23, minute=59, second=30))
        assert nav(closed) == Decimal("0.985")
    clock.at = MONDAY.replace(day=10, hour=8)
    async with watched(tmp_path, clock, price="95") as on:
        assert on.on.main == closed
        opened = await on.at("95")
        assert opened.performance is not None
        assert (opened.performance.nav, opened.performance.day_nav) == (Decimal("0.9825"), Decimal("0.985"))
        assert (await on.at("76.31")).halt is None
        assert "TradingHalted" not in on.topics()
        halted = await on.at("76.30")
        assert (nav(halted), on.topics()[-2:]) == (Decimal("0.93575"), ["EquityMeasured", "TradingHalted"])
        reason = "The loss of the day of 5 % has reached the limit of 5 %"
        assert await on.refusal("k-1") == f"Trading is halted ({reason}); positions can be reduced"
    async with watched(tmp_path, clock, price="76.30") as on:
        assert on.on.main.halt == halted.halt
        await on.at("70")
        assert on.topics().count("TradingHalted") == 1
        assert await on.refusal("k-2") == f"Trading is halted ({reason}); positions can be reduced"
        resumed = await on.at("76.30", MONDAY.replace(day=11, hour=0))
        assert (resumed.halt, on.topics()[-2:]) == (None, ["TradingResumed", "EquityMeasured"])
        await on.on.placed("k-3", "buy", "0.1", "76.30")


async def test_the_drawdown_counts_from_the_peak_over_days_withdrawals_and_a_restart(tmp_path: Path) -> None:
    """The peak at 120 is 11,000, of which the 5,000 USDT go; a tenth of the 6,000 in BTC is lost at 108."""
    clock = Clock()
    async with watched(tmp_path, clock) as on:
        await on.invest_half(drawdown_percent=Decimal(10))
        assert nav(await on.at("120")) == Decimal("1.1")
        await on.on.desk.withdraw("main", "paper", Withdraw(asset="USDT", amount=Decimal(5_000)), ask("out"))
        peak = await on.at("120")
        assert (nav(peak), peak.halt) == (Decimal("1.1"), None)
    clock.at = MONDAY.replace(day=12)
    async with watched(tmp_path, clock, price="120") as on:
        assert (await on.at("108.01")).halt is None
        halted = await on.at("108")
        assert nav(halted) == Decimal("0.99")
        assert halted.halt is not None
        assert halted.halt.reason == "The drawdown from the peak of 10 % has reached the limit of 10 %"
        assert (await on.at("119", MONDAY.replace(month=3))).halt is not None
        await on.on.desk.resume("main", None, "seen", ask("resume"))
        assert on.on.main.performance is not None
        assert (on.on.main.halt, on.on.main.performance.peak_nav) == (None, nav(on.on.main))


async def test_a_watch_that_runs_measures_as_prices_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(risk_watch, "MEASURE_AFTER_S", 0.001)
    async with watched(tmp_path, Clock()) as on, running(on):
        await on.invest_half(daily_loss_percent=FIVE_PERCENT)
        on.market.set_price("BTC/USDT", Decimal("89.99"))
        await eventually(lambda: on.on.main.halt is not None)
        assert on.topics() == ["EquityMeasured", "EquityMeasured", "TradingHalted"]


async def test_money_that_comes_in_is_measured_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(risk_watch, "MEASURE_AFTER_S", 60.0)
    async with watched(tmp_path, Clock()) as on, running(on):
        await on.invest_half(daily_loss_percent=FIVE_PERCENT)
        await on.on.desk.deposit("main", "paper", Deposit(asset="USDT", amount=Decimal(500)), ask("more"))
        await eventually(lambda: on.topics() == ["EquityMeasured", "EquityMeasured"])
        assert on.written()[1] == EquityMeasured(equity=Decimal(10_500), inflow=Decimal(500), unpriced=())


async def test_a_day_turns_although_no_price_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(risk_watch, "MEASURE_AFTER_S", 0.001)
    monkeypatch.setattr(risk_watch, "MEASURE_EVERY_S", 0.002)
    clock = Clock()
    async with watched(tmp_path, clock) as on, running(on):
        await on.invest_half(daily_loss_percent=FIVE_PERCENT)
        await on.at("90")
        assert on.on.main.halt is not None
        clock.at = MONDAY.replace(day=10, hour=0)
        await eventually(lambda: on.on.main.halt is None)


async def test_what_nobody_limits_is_not_measured(tmp_path: Path) -> None:
    async with watched(tmp_path, Clock()) as on:
        await on.invest_half(max_order_notional=Decimal(500))
        await on.at("1")
        assert on.topics() == []


class Mute(PaperExchange):
    """Says no price at all."""

    mute = False

    async def ticker(self, pair: str) -> Ticker:
        if self.mute:
            raise ExchangeError("no answer in 10 s")
        return await super().ticker(pair)


async def test_prices_that_are_missing_are_said_once_and_change_nothing(tmp_path: Path) -> None:
    clock = Clock()
    exchange = Mute("paper", market := free_market(clock))
    async with floor(tmp_path, exchange, clock) as floor_:
        on = Watched(floor_, market, clock)
        await on.invest_half(daily_loss_percent=FIVE_PERCENT)
        exchange.mute = True
        with capture_logs() as logs:
            await on.at("50")
            await on.at("40")
        assert [line["assets"] for line in logs] == [("BTC",)]
        assert on.topics() == ["EquityMeasured"]
        exchange.mute = False
        await on.at("40")
        assert on.topics()[-1] == "TradingHalted"
