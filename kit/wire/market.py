"""Market payloads: times are integer milliseconds since the epoch. ``simulated`` says that the prices are invented."""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from domain.events.terms import Side
from kit.wire.document import Document

MarketAction = Literal["price", "ohlcv", "orderbook", "ticker", "trades", "analyze"]


class MarketDocument(Document, frozen=True, kw_only=True):
    pair: str
    exchange: str
    simulated: bool
    source: str


class Price(MarketDocument, frozen=True, kw_only=True):
    """``change`` is percent over 24 hours, ``taker_fee`` a share of the notional. Also the event ``market:price``."""

    price: Decimal
    bid: Decimal
    ask: Decimal
    change: float
    timestamp: int
    taker_fee: Decimal | None = None


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
    """Prices at which recent moves turned, nearest first."""

    support: list[Decimal]
    resistance: list[Decimal]


class Indicators(Struct, frozen=True, kw_only=True, rename="camel"):
    """Values after the newest candle, null where there is too little history.

    ``rsi`` and ``adx`` run from 0 to 100; the others are prices or differences of prices, in quote.
    """

    rsi: float | None
    macd: float | None
    macd_signal: float | None
    macd_histogram: float | None
    ema20: float | None
    ema50: float | None
    sma20: float | None
    sma50: float | None
    bollinger_upper: float | None
    bollinger_middle: float | None
    bollinger_lower: float | None
    atr: float | None
    adx: float | None


class Analysis(MarketDocument, frozen=True, kw_only=True):
    """Technical analysis over the newest candles; none of it is advice."""

    timeframe: str
    indicators: Indicators
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
