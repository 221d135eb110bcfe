"""Measures accounts that limit their losses: when their prices move, when money comes or goes, and as time passes."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog

from domain.account import Account
from domain.commands import MeasureEquity
from domain.decisions.measure import matters
from domain.events.funds import FundsDeposited, FundsWithdrawn
from domain.events.reconciliation import BalanceAdjusted
from domain.events.risk import RiskLimitsSet
from domain.refusals import LedgerError
from domain.risk.equity import assets_to_price, held_assets
from domain.risk.market import UsdPrices
from domain.risk.performance import is_watched
from domain.streams import owner_of
from kit.exchanges.protocol import Exchange
from kit.trading.accounts import Accounts
from kit.trading.errors import DecisionFailed, TradingError
from kit.trading.journal import Journal
from kit.trading.judging import Judging
from kit.trading.tasks import Committed, Task, system

log = structlog.get_logger(__name__)

MEASURE_AFTER_S: Final = 1.0  # However many prices move, they are looked at together, once a second.
MEASURE_EVERY_S: Final = 20.0  # Where prices stand still: so that no day ends without its closing measurement.
MOVES: Final = (FundsDeposited, FundsWithdrawn, BalanceAdjusted, RiskLimitsSet)


class RiskWatch:
    """Has the accounts on one exchange measured, which is written down where it matters."""

    def __init__(
        self, exchange: Exchange, journal: Journal, accounts: Accounts, judging: Judging, clock: Callable[[], datetime]
    ) -> None:
        self._exchange = exchange
        self._journal = journal
        self._accounts = accounts
        self._judging = judging
        self._clock = clock
        self._due = asyncio.Event()
        self._ticked = False
        self._missing: dict[str, tuple[str, ...]] = {}

    def follow(self, committed: Committed) -> None:
        """Money that came or went is measured at once, before anything is gained or lost with it."""
        for recorded in committed.recorded:
            entry = recorded.entry
            if isinstance(entry.event, MOVES) and owner_of(entry.stream)[1] == self._exchange.id:
                self._due.set()

    async def run(self) -> None:
        """Measure what is due, once a second at most, until cancelled."""
        waited_s = 0.0
        while True:
            if self._due.is_set() or self._ticked or not waited_s or waited_s >= MEASURE_EVERY_S:
                await self.measure()
                waited_s = 0.0
            try:
                async with asyncio.timeout(MEASURE_AFTER_S):
                    await self._due.wait()
            except TimeoutError:
                waited_s += MEASURE_AFTER_S

    async def listen(self) -> None:
        """Note which prices move, until cancelled; a loop of its own, so that time passes also where none come."""
        async for ticker in self._exchange.prices():
            self._ticked = self._ticked or self._is_held(ticker.pair.partition("/")[0])

    async def measure(self) -> None:
        """Look once at every account that limits its losses."""
        self._due.clear()
        self._ticked = False
        for account in self._accounts.on(self._exchange.id):
            if not is_watched(account.limits):
                continue
            try:
                await self._measure(account)
            except (LedgerError, TradingError, DecisionFailed) as error:  # The others are still to be measured.
                log.warning("an account is not measured", account=account.id, error=str(error))

    def _is_held(self, asset: str) -> bool:
        accounts = self._accounts.on(self._exchange.id)
        return any(is_watched(account.limits) and asset in held_assets(account) for account in accounts)

    async def _measure(self, account: Account) -> None:
        prices = await self._judging.of_holdings(account)
        self._tell_of_missing(account, prices)
        if matters(account, prices, self._clock()):
            command = MeasureEquity(prices=prices)
            await self._journal.submit(Task(stream=account.id, work=command, caller=system("risk")))

    def _tell_of_missing(self, account: Account, prices: UsdPrices) -> None:
        """Say once that an account cannot be measured, and for want of which prices; its entries are refused then."""
        missing = prices.missing(assets_to_price(account))
        if missing and self._missing.get(account.id) != missing:
            log.warning("an account is not measured: prices are missing", account=account.id, assets=missing)
        self._missing[account.id] = missing
