"""Folds what the journal commits into the views, in a thread, as late and as coalesced as readers allow."""

import asyncio
from collections.abc import Sequence
from typing import Final

import polars as pl
import structlog

from kit.log.log import Log
from kit.trading.tasks import Committed
from projections import views
from projections.log_frame import log_frame, stored_frame
from projections.views import Views

log = structlog.get_logger(__name__)

FOLD_EVERY_S: Final = 1.0  # Without a reader: one fold costs milliseconds, whatever came in between.
WINDOW_ROWS: Final = 20_000  # Bounds the memory of a rebuild (some 300 MB) and how long it holds a read open.
READ_WAIT_S: Final = 10.0
REBUILD_PAUSE_S: Final = 5.0


class ViewsBehind(Exception):
    """The views could not be brought up to date in time; ``problem`` says why, where something failed."""

    retryable = True

    def __init__(self, lag: int, problem: str | None) -> None:
        self.lag = lag
        self.problem = problem
        super().__init__(f"the views are {lag} events behind" + (f": {problem}" if problem else ""))


class Projector:
    """Keeps ``Views`` of one log. Commands never wait for it; readers wait until it has seen what was acknowledged."""

    def __init__(self, ledger: Log, stablecoins: Sequence[str], head: int) -> None:
        self.problem: str | None = None
        self._log = ledger
        self._empty = views.empty(stablecoins)
        self._views = self._empty
        self._head = head
        self._wanted = asyncio.Event()
        self._folded = asyncio.Condition()

    @property
    def views(self) -> Views:
        """The views as far as they are."""
        return self._views

    @property
    def head(self) -> int:
        """The position of the last commit."""
        return self._head

    @property
    def lag(self) -> int:
        """How many events the views are behind the log."""
        return self._head - self._views.seq

    def follow(self, committed: Committed) -> None:
        self._head = committed.recorded[-1].seq

    async def current(self) -> Views:
        """The views after everything that was committed before this call.

        Raises:
            ViewsBehind: they did not get there in time.
        """
        wanted = self._head
        if self._views.seq < wanted:
            self._wanted.set()
            try:
                async with asyncio.timeout(READ_WAIT_S), self._folded:
                    await self._folded.wait_for(lambda: self._views.seq >= wanted)
            except TimeoutError:
                raise ViewsBehind(self.lag, self.problem) from None
        return self._views

    async def run(self) -> None:
        """Fold until cancelled. A fold that fails is told in health, and the views are built again from nothing."""
        while True:
            try:
                await self._catch_up()
            except Exception as error:  # A view that cannot be folded must not take the ledger down with it.
                log.exception("folding failed; the views are rebuilt", seq=self._views.seq)
                # What exactly failed is in our log; this is shown to everybody.
                self.problem = f"{type(error).__name__} after position {self._views.seq}"
                self._views = self._empty
                await asyncio.sleep(REBUILD_PAUSE_S)
            else:
                self.problem = None
                await self._until_wanted()

    async def _catch_up(self) -> None:
        self._wanted.clear()
        while self._views.seq < self._head:
            folded = await asyncio.to_thread(self._fold_window, self._views, self._head)
            async with self._folded:
                self._views = folded
                self._folded.notify_all()

    async def _until_wanted(self) -> None:
        try:
            async with asyncio.timeout(FOLD_EVERY_S):
                await self._wanted.wait()
        except TimeoutError:
            return

    def _fold_window(self, before: Views, until: int) -> Views:
        return views.fold(before, log_frame(read_frame(self._log, before.seq, until)))


def read_frame(ledger: Log, after: int, until: int) -> pl.DataFrame:
    """At most ``WINDOW_ROWS`` stored rows after a position, as columns."""
    rows = ledger.rows(after, WINDOW_ROWS, until)
    return stored_frame(
        [row.seq for row in rows],
        [row.stream for row in rows],
        [row.version for row in rows],
        [row.topic for row in rows],
        [row.state for row in rows],
    )
