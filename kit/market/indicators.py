"""Indicators of the newest candle, by TA-Lib."""

from math import isfinite
from typing import Final

import polars as pl
import polars_talib as ta
from msgspec import Struct

from kit.market.protocol import Candle

RSI_PERIOD: Final = 14
FAST, SLOW = 20, 50
CLOSE: Final = pl.col("close")

_EXPRESSIONS: Final = {
    "rsi": ta.rsi(CLOSE, timeperiod=RSI_PERIOD),
    "macd": ta.macd(CLOSE).struct.field("macd"),
    "macd_signal": ta.macd(CLOSE).struct.field("macdsignal"),
    "macd_histogram": ta.macd(CLOSE).struct.field("macdhist"),
    "ema20": ta.ema(CLOSE, timeperiod=FAST),
    "ema50": ta.ema(CLOSE, timeperiod=SLOW),
    "sma20": ta.sma(CLOSE, timeperiod=FAST),
    "sma50": ta.sma(CLOSE, timeperiod=SLOW),
    "bollinger_upper": ta.bbands(CLOSE, timeperiod=FAST).struct.field("upperband"),
    "bollinger_middle": ta.bbands(CLOSE, timeperiod=FAST).struct.field("middleband"),
    "bollinger_lower": ta.bbands(CLOSE, timeperiod=FAST).struct.field("lowerband"),
    "atr": ta.atr(timeperiod=14),
    "adx": ta.adx(timeperiod=14),
}


class Indicators(Struct, frozen=True, kw_only=True):
    """Values after the newest candle; None where there is too little history for it.

    ``rsi`` and ``adx`` run from 0 to 100, the others are prices or differences of prices, in quote.
    """

    rsi: float | None = None
    macd: float | None = None
    macd_signal: float | None = None
    macd_histogram: float | None = None
    ema20: float | None = None
    ema50: float | None = None
    sma20: float | None = None
    sma50: float | None = None
    bollinger_upper: float | None = None
    bollinger_middle: float | None = None
    bollinger_lower: float | None = None
    atr: float | None = None
    adx: float | None = None


def indicators_of(candles: list[Candle]) -> Indicators:
    """Compute all indicators over ``candles``, oldest first."""
    if not candles:
        return Indicators()
    frame = pl.DataFrame(
        {
            "high": [float(candle.high) for candle in candles],
            "low": [float(candle.low) for candle in candles],
            "close": [float(candle.close) for candle in candles],
        }
    )
    values = frame.select(**_EXPRESSIONS).row(-1, named=True)
    known = {name: value for name, value in values.items() if value is not None and isfinite(value)}
    if not _moved(candles):
        known.pop("rsi", None)  # Gains over losses is zero over zero there, which TA-Lib calls 0: oversold.
    return Indicators(**known)


def _moved(candles: list[Candle]) -> bool:
    return len({candle.close for candle in candles[-RSI_PERIOD - 1 :]}) > 1
