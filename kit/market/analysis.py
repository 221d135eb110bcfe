"""A technical reading of candles: where the price is heading, where it may turn, and what that suggests."""

from decimal import Decimal
from typing import Final, Literal

from msgspec import Struct

from domain.money import plain
from kit.market.indicators import Indicators, indicators_of
from kit.market.levels import Levels, levels_of
from kit.market.protocol import Candle

Trend = Literal["up", "down", "sideways"]
Signal = Literal["buy", "sell", "neutral"]

OVERSOLD: Final = 30.0
OVERBOUGHT: Final = 70.0
TRENDING: Final = 20.0  # Below this ADX a market is said to have no direction.
VOTES: Final = 2  # So many more readings on one side make a signal.


class Analysis(Struct, frozen=True, kw_only=True):
    """``summary`` is one English sentence about the other fields; none of it is advice."""

    indicators: Indicators
    trend: Trend
    levels: Levels
    signal: Signal
    summary: str


def analyze(candles: list[Candle]) -> Analysis:
    """Read ``candles``, oldest first; with fewer than about fifty the trend is unknown, which reads as sideways."""
    indicators, levels = indicators_of(candles), levels_of(candles)
    if not candles:
        nothing = "There are no candles to analyse."
        return Analysis(indicators=indicators, trend="sideways", levels=levels, signal="neutral", summary=nothing)
    close = candles[-1].close
    trend = _trend(float(close), indicators)
    signal = _signal(float(close), trend, indicators)
    summary = _summary(close, trend, signal, indicators, levels)
    return Analysis(indicators=indicators, trend=trend, levels=levels, signal=signal, summary=summary)


def _trend(close: float, of: Indicators) -> Trend:
    """Up where the price is above its faster average and that above the slower one, and it moves at all."""
    if of.ema20 is None or of.ema50 is None or (of.adx is not None and of.adx < TRENDING):
        return "sideways"
    if close > of.ema20 > of.ema50:
        return "up"
    return "down" if close < of.ema20 < of.ema50 else "sideways"


def _signal(close: float, trend: Trend, of: Indicators) -> Signal:
    """Count the readings: trend and momentum are followed, extremes are expected to turn."""
    votes = {"up": 1, "down": -1, "sideways": 0}[trend]
    if of.macd_histogram is not None:
        votes += _sign(of.macd_histogram)
    if of.rsi is not None:
        votes += (of.rsi < OVERSOLD) - (of.rsi > OVERBOUGHT)
    if of.bollinger_lower is not None and of.bollinger_upper is not None:
        votes += (close < of.bollinger_lower) - (close > of.bollinger_upper)
    if votes >= VOTES:
        return "buy"
    return "sell" if votes <= -VOTES else "neutral"


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _summary(close: Decimal, trend: Trend, signal: Signal, of: Indicators, levels: Levels) -> str:
    heading = {"up": "is rising", "down": "is falling", "sideways": "is moving sideways"}[trend]
    readings = [f"The price {heading} at {plain(close)}"]
    if of.rsi is not None:
        readings.append(f"RSI {of.rsi:.1f}{_extreme(of.rsi)}")
    if of.macd_histogram is not None:
        readings.append(f"MACD {'above' if of.macd_histogram > 0 else 'not above'} its signal line")
    if levels.support:
        readings.append(f"support at {plain(levels.support[0])}")
    if levels.resistance:
        readings.append(f"resistance at {plain(levels.resistance[0])}")
    return f"{', '.join(readings)}: {signal}."


def _extreme(rsi: float) -> str:
    if rsi < OVERSOLD:
        return " (oversold)"
    return " (overbought)" if rsi > OVERBOUGHT else ""
