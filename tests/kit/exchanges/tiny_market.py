"""A market whose prices, books and clock a test sets."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from domain.instruments import Instrument
from kit.market.protocol import Book, Candle, Level, MarketEnded, PublicTrade, Ticker
from tests.kit.exchanges.orders import BTC_USDT, NOON, PAIR, levels


class TinyMarket:
    """One pair. ``set_book`` and ``set_price`` move the clock by a second and tick."""

    source = "tiny"
    simulated = True

    def __init__(self) -> None:
        self._now = NOON
        self._last = Decimal(100)
        self._book = Book(pair=PAIR, bids=(), asks=(), at=NOON)
        self._moved: asyncio.Queue[tuple[str, ...] | Exception] = asyncio.Queue()

    def set_book(self, *, bids: str = "", asks: str = "", last: str) -> None:
        self._set(levels(bids), levels(asks), Decimal(last))

    def set_price(self, price: str) -> None:
        """A hundred bid a cent below ``price``, a hundred asked a cent above it."""
        last, cent = Decimal(price), Decimal("0.01")
        self._set((Level(last - cent, Decimal(100)),), (Level(last + cent, Decimal(100)),), last)

    def stand_still_until(self, now: datetime) -> None:
        """Let the time pass and nothing else."""
        self._now = now

    def end(self) -> None:
        self._moved.put_nowait(MarketEnded("the tape is over"))

    def fail(self, error: Exception) -> None:
        self._moved.put_nowait(error)

    def instruments(self) -> Mapping[str, Instrument]:
        return {PAIR: BTC_USDT}

    def now(self) -> datetime:
        return self._now

    def ticker(self, pair: str) -> Ticker:
        last = self._last
        return Ticker(
            pair=pair, last=last, bid=last, ask=last, open=last, high=last, low=last, volume=Decimal(0), at=self._now
        )

    def book(self, pair: str, depth: int) -> Book:
        book = self._book
        return Book(pair=pair, bids=book.bids[:depth], asks=book.asks[:depth], at=book.at)

    def trades(self, pair: str, limit: int) -> list[PublicTrade]:
        trade = PublicTrade(trade_id="1", pair=pair, price=self._last, amount=Decimal(1), side="buy", at=self._book.at)
        return [trade][:limit]

    def candles(
        self, pair: str, timeframe: str, limit: int, *, since: datetime | None = None, include_open: bool = False
    ) -> list[Candle]:
        last = self._last
        return [Candle(since or NOON, last, last, last, last, Decimal(1))][:limit]

    async def ticks(self) -> AsyncIterator[tuple[str, ...]]:
        while True:
            moved = await self._moved.get()
            if isinstance(moved, Exception):
                raise moved
            yield moved

    def _set(self, bids: tuple[Level, ...], asks: tuple[Level, ...], last: Decimal) -> None:
        self._now += timedelta(seconds=1)
        self._last = last
        self._book = Book(pair=PAIR, bids=bids, asks=asks, at=self._now)
        self._moved.put_nowait((PAIR,))
