"""What is known of a market: candles, tickers, books and public trades, and where they come from."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final, Protocol

from msgspec import Struct

from domain.events.terms import Side
from domain.instruments import Instrument
from domain.money import EXACT

HALF: Final = Decimal("0.5")

# Seconds; what `timeframe` may be everywhere.
TIMEFRAMES: Final[Mapping[str, int]] = {
    "1m": 60,
    "3m": 180,
    "5m": 300,
    "15m": 900,
    "30m": 1_800,
    "1h": 3_600,
    "2h": 7_200,
    "4h": 14_400,
    "6h": 21_600,
    "12h": 43_200,
    "1d": 86_400,
    "1w": 604_800,
}


class Candle(Struct, frozen=True):
    """One candle; ``opened_at`` is its opening time, ``volume`` in base."""

    opened_at: datetime
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: Decimal


class Ticker(Struct, frozen=True, kw_only=True):
    """The last price and the 24 hours before ``at`` (the exchange's time); ``volume`` is in base.

    ``last_at`` is when the last price was made, where that is known and may be long before ``at``.
    """

    pair: str
    last: Decimal
    bid: Decimal
    ask: Decimal
    open: Decimal
    high: Decimal
    low: Decimal
    volume: Decimal
    at: datetime
    last_at: datetime | None = None

    @property
    def priced_at(self) -> datetime:
        """When the last price was made."""
        return self.at if self.last_at is None else self.last_at

    @property
    def mid(self) -> Decimal:
        return EXACT.multiply(EXACT.add(self.bid, self.ask), HALF)

    @property
    def change_percent(self) -> float:
        return float(self.last / self.open - 1) * 100 if self.open else 0.0


class Level(Struct, frozen=True):
    price: Decimal
    amount: Decimal


class Book(Struct, frozen=True, kw_only=True):
    """Bids and asks, best first."""

    pair: str
    bids: tuple[Level, ...]
    asks: tuple[Level, ...]
    at: datetime


class PublicTrade(Struct, frozen=True, kw_only=True):
    """A trade that anybody made; ``side`` is the taker's."""

    trade_id: str
    pair: str
    price: Decimal
    amount: Decimal
    side: Side
    at: datetime


class MarketEnded(Exception):
    """A recording has been played to its end: there is no later price."""


class Market(Protocol):
    """A source of prices for the paper exchange: simulated, replayed from a recording, fixed, or a live exchange's.

    ``source`` names it wherever its prices are shown; ``simulated`` says that they are invented. All methods are
    synchronous and cheap (well under a millisecond; candles a few): state is in memory or computed.
    """

    source: str
    simulated: bool

    def instruments(self) -> Mapping[str, Instrument]: ...

    def now(self) -> datetime:
        """The market's own time: the wall clock, or where a recording stands."""

    def ticker(self, pair: str) -> Ticker: ...

    def book(self, pair: str, depth: int) -> Book: ...

    def trades(self, pair: str, limit: int) -> list[PublicTrade]: ...

    def candles(
        self, pair: str, timeframe: str, limit: int, *, since: datetime | None = None, include_open: bool = False
    ) -> list[Candle]: ...

    def ticks(self) -> AsyncIterator[tuple[str, ...]]:
        """Yields, as market time moves, the pairs whose price moved since the last yield."""
