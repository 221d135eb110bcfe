"""A gateway's trading on a loop of its own: journal, router, paper exchange and watch, that a crash ends unasked."""

import asyncio
import shutil
from collections.abc import Coroutine
from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import Any, Final

from domain.account import Account
from domain.refusals import LedgerError
from kit.exchanges.protocol import ExchangeError
from kit.log.opening import open_log
from kit.market.fixed import FixedMarket
from kit.trading.errors import TradingError
from kit.trading.exits import REARM_PAUSE_S, ExitWatch, reached
from tests.kit.trading.asked import opening, ticking
from tests.kit.trading.floor import PRICES, Floor, paper

PAIR: Final = "BTC/USDT"
DEPTH: Final = Decimal("0.02")  # What each price gives: larger orders are filled in parts.
ROUNDS_QUIET: Final = 3
STEPS: Final = 30
TICKS_MAX: Final = 20


class Crashing:
    """What the market says is there after a crash; of the gateway, what its log had."""

    def __init__(self) -> None:
        self.directory = Path(mkdtemp())
        self.market = FixedMarket(PRICES, ticking(), depth=DEPTH)
        self._places = count(1)
        self._seconds = 0.0
        self._runner = asyncio.Runner()
        self._begin(self.directory / "0")

    def close(self) -> None:
        self._runner.run(self._end())
        self._runner.close()

    @property
    def main(self) -> Account:
        return self.floor.main

    @property
    def price(self) -> Decimal:
        return self.market.ticker(PAIR).last

    def do(self, work: Coroutine[Any, Any, object]) -> bool:
        """Carry out a client's command; whether it was taken. Then everything that follows from it happens."""
        try:
            self._runner.run(work)
        except (LedgerError, TradingError, ExchangeError):
            return False
        finally:
            self.settle()
        return True

    def settle(self) -> None:
        """Let the price stand, told again and again, until nothing more comes of it."""
        for _ in range(TICKS_MAX):
            self._seconds += REARM_PAUSE_S
            self.market.set_price(PAIR, self.price)
            self._runner.run(self._quiet())
            ticker = self.market.ticker(PAIR)
            if not any(reached(bracket, ticker) for bracket in self.main.brackets.values()):
                return

    def crash(self, *works: Coroutine[Any, Any, object], steps: int) -> None:
        """Begin ``works``, and ``steps`` turns of the loop later go on from the files as they are then."""
        self._runner.run(self._crash(works, steps))
        self._begin(self.place)

    def _begin(self, place: Path) -> None:
        self.place = place
        self._runner.run(self._start())

    async def _start(self) -> None:
        self.log = open_log(self.place)
        self._committing = Lock()
        commit = self.log.commit

        def undisturbed(*parts: Any) -> Any:
            with self._committing:
                return commit(*parts)

        self.log.commit = undisturbed  # type: ignore[method-assign, assignment]
        exchange = paper(self.market)
        self.floor = Floor(self.log, exchange, ticking())
        await self.floor.start()
        floor = self.floor
        watch = ExitWatch(exchange, floor.journal, floor.accounts, floor.new_id, lambda: self._seconds)
        floor.journal.followers.append(watch.follow)
        self._watching = asyncio.create_task(watch.run())
        await self._quiet()

    async def _quiet(self) -> None:
        """Until the journal has nothing to do, some rounds in a row; asked to open what is open, it writes nothing."""
        quiet = 0
        while quiet < ROUNDS_QUIET:
            head = self.log.head()
            for _ in range(STEPS):
                await asyncio.sleep(0)
            await self.floor.journal.submit(opening())
            quiet = quiet + 1 if self.log.head() == head else 0

    async def _crash(self, works: tuple[Coroutine[Any, Any, object], ...], steps: int) -> None:
        begun = [asyncio.create_task(work) for work in works]
        for _ in range(steps):
            await asyncio.sleep(0)
        place = self.directory / str(next(self._places))
        place.mkdir(mode=0o700)
        with self._committing:
            for file in self.log.file.parent.glob("ledger.sqlite*"):
                shutil.copy(file, place)
        for work in begun:
            work.cancel()
        await asyncio.gather(*begun, return_exceptions=True)
        await self._end()
        self.place = place

    async def _end(self) -> None:
        """What the old process still does is done to files that nobody reads again."""
        self._watching.cancel()
        await asyncio.wait([self._watching])
        await self.floor.stop()
        self.log.close()
