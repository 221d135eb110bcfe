"""Writes the prices of what is held into the log: once a minute, and soon after anything was filled or moved."""

import asyncio
from collections.abc import Mapping
from typing import Final

import structlog

from domain.events.fills import FillRecorded, OrderFilled
from domain.events.funds import FundsDeposited, FundsWithdrawn
from domain.events.marks import PricesMarked
from domain.streams import MARKS
from kit.market.valuation import Valuation
from kit.trading.accounts import Accounts
from kit.trading.errors import LedgerUnavailable
from kit.trading.journal import Journal
from kit.trading.tasks import Committed, Task, system

log = structlog.get_logger(__name__)

MARK_EVERY_S: Final = 60.0
MARK_AFTER_S: Final = 1.0  # Thousands of fills a second are marked once, with the prices after the last of them.
MOVES: Final = (OrderFilled, FillRecorded, FundsDeposited, FundsWithdrawn)


class Marker:
    """Marks each exchange's holdings on one schedule."""

    def __init__(
        self,
        valuations: Mapping[str, Valuation],
        journal: Journal,
        accounts: Accounts,
    ) -> None:
        self._valuations = valuations
        self._journal = journal
        self._accounts = accounts
        self._moved = asyncio.Event()

    def follow(self, committed: Committed) -> None:
        if any(isinstance(recorded.entry.event, MOVES) for recorded in committed.recorded):
            self._moved.set()

    async def run(self) -> None:
        """Mark until cancelled."""
        while True:
            await self.mark()
            try:
                async with asyncio.timeout(MARK_EVERY_S):
                    await self._moved.wait()
                await asyncio.sleep(MARK_AFTER_S)
            except TimeoutError:
                continue

    async def mark(self) -> None:
        """Write the marks of all exchanges on which something is held and priced."""
        self._moved.clear()
        for exchange, valuation in self._valuations.items():
            held = {asset for account in self._accounts.on(exchange) for asset in account.balances}
            marks = await valuation.marks(held)
            if not marks:
                continue
            event = PricesMarked(exchange=exchange, marks=tuple(marks.values()))
            try:
                await self._journal.submit(Task(stream=MARKS, work=event, caller=system("marker")))
            except LedgerUnavailable as error:
                log.warning("prices are not marked", exchange=exchange, error=str(error))
