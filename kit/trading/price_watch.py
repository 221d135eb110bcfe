"""Watching the prices of one exchange for levels that nobody else watches."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Final

import structlog

from domain.events import Event
from domain.streams import is_account, owner_of
from kit.exchanges.protocol import Exchange, ExchangeError
from kit.market.protocol import Ticker
from kit.trading.background import Background
from kit.trading.tasks import Committed

log = structlog.get_logger(__name__)

ASK_AGAIN_S: Final = 5.0
LOOK_AGAIN_S: Final = 5.0  # What came to nothing is tried again, and not at every tick.


class PriceWatch(ABC):
    """Looks at every price that moves, at the price of what is new, and regularly at those that stand still."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._background = Background()
        self._asked: set[str] = set()

    async def run(self) -> None:
        """Watch until cancelled."""
        try:
            prices = self._exchange.prices()
            self._background.start(self._look_regularly())
            async for ticker in prices:
                self._look(ticker)
        finally:
            await self._background.close()

    def follow(self, committed: Committed) -> None:
        """Look at what is new: a price that is there already, and stands still, is not seen again."""
        here = (one.entry for one in committed.recorded if self._is_here(one.entry.stream))
        for pair in {pair for entry in here for pair in self._new_pairs(entry.stream, entry.event)} - self._asked:
            self._asked.add(pair)
            self._background.start(self._look_once(pair))

    def _is_here(self, stream: str) -> bool:
        return is_account(stream) and owner_of(stream)[1] == self._exchange.id

    @abstractmethod
    def _look(self, ticker: Ticker) -> None:
        """Do what the price asks for."""

    @abstractmethod
    def _new_pairs(self, stream: str, event: Event) -> Iterable[str]:
        """The pair that ``event`` gives a level to be watched, if it does."""

    @abstractmethod
    def _pairs(self) -> set[str]:
        """All pairs that have one."""

    async def _look_regularly(self) -> None:
        """At once, and again for what came to nothing: a price that stands still brings no tick to try it by."""
        while True:
            for pair in sorted(self._pairs() & self._exchange.instruments().keys()):
                self._background.start(self._look_once(pair))
            await asyncio.sleep(LOOK_AGAIN_S)

    async def _look_once(self, pair: str) -> None:
        """What was passed while nobody watched is not passed again by a price that stands still: ask for it."""
        while True:
            try:
                ticker = await self._exchange.ticker(pair)
                self._asked.discard(pair)
                self._look(ticker)
                return
            except ExchangeError as error:
                log.warning("no price of a watched pair", pair=pair, exchange=self._exchange.id, error=str(error))
                await asyncio.sleep(ASK_AGAIN_S)
