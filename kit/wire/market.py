"""Market payloads: times are integer milliseconds since the epoch. ``simulated`` says that the prices are invented."""

from decimal import Decimal
from typing import Literal

from domain.events.account import Side
from kit.wire.document import Document

MarketAction = Literal["price", "ohlcv", "orderbook", "ticker", "trades", "analyze"]


class MarketDocument(Document, frozen=True, kw_only=True):
    pair: str
    exchange: str
    simulated: bool
    source: str


class Price(MarketDocument, frozen=True, kw_only=True):
    """``change`` is percent over 24 hours. Also the event ``market:price``."""

    price: Decimal
    bid: Decimal
    ask: Decimal
    change: float
    timestamp: int


class Candle(Document, frozen=True, kw_only=True):
    """``timestamp`` is the opening time; ``volume`` in base."""

    timestamp: int
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: Decimal


class Candles(MarketDocument, frozen=True, kw_only=True):
    """Oldest first."""

    timeframe: str
    candles: list[Candle]


class OrderBook(MarketDocument, frozen=True, kw_only=True):
    """Levels as (price, amount), best first."""

    bids: list[tuple[Decimal, Decimal]]
    asks: list[tuple[Decimal, Decimal]]
    timestamp: int


class Ticker(MarketDocument, frozen=True, kw_only=True):
    """The last 24 hours; ``change`` in percent."""

    last: Decimal
    bid: Decimal
    ask: Decimal
    open: Decimal
    high: Decimal
    low: Decimal
    volume: Decimal
    change: float
    timestamp: int


class Trade(Document, frozen=True, kw_only=True):
    id: str
    timestamp: int
    price: Decimal
    amount: Decimal
    side: Side


class Trades(MarketDocument, frozen=True, kw_only=True):
    trades: list[Trade]


class Levels(Document, frozen=True, kw_only=True):
    support: list[float]
    resistance: list[float]


class Analysis(MarketDocument, frozen=True, kw_only=True):
    """Indicators are null where there is too little history."""

    timeframe: str
    indicators: dict[str, float | None]
    trend: Literal["up", "down", "sideways"]
    levels: Levels
    signal: Literal["buy", "sell", "neutral"]
    summary: str


class CandleEvent(Document, frozen=True, kw_only=True):
    """The event ``market:candle``: a candle that just closed."""

    pair: str
    timeframe: str
    timestamp: int
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: Decimal
