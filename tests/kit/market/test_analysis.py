"""The technical reading of candles."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import isfinite

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.market.analysis import analyze
from kit.market.indicators import Indicators
from kit.market.protocol import Candle

START = datetime(2026, 2, 9, tzinfo=UTC)


def candles_of(closes: list[str] | list[int]) -> list[Candle]:
    """Each opens where the one before closed, and reaches 1 beyond both."""
    prices = [Decimal(close) for close in closes]
    return [
        Candle(START + timedelta(hours=n), before, max(before, close) + 1, min(before, close) - 1, close, Decimal(1))
        for n, (before, close) in enumerate(zip([prices[0], *prices], prices, strict=False))
    ]


def test_nothing_is_read_from_no_candles() -> None:
    analysis = analyze([])
    assert (analysis.trend, analysis.signal) == ("sideways", "neutral")
    assert analysis.indicators == Indicators()
    assert analysis.summary == "There are no candles to analyse."


@given(count=st.integers(1, 80))
def test_an_indicator_without_enough_history_is_none_and_never_nan(count: int) -> None:
    values = msgspec.structs.asdict(analyze(candles_of([100 + n % 7 for n in range(count)])).indicators)
    assert all(value is None or isfinite(value) for value in values.values())
    known = {name for name, value in values.items() if value is not None}
    assert ("rsi" in known) == (count >= 15)
    assert ("sma20" in known) == (count >= 20)
    assert ("ema50" in known) == (count >= 50)
    assert ("macd_histogram" in known) == (count >= 34)


def test_averages_and_bands_are_those_of_the_last_twenty_closes() -> None:
    indicators = analyze(candles_of([1_000, *range(101, 121)])).indicators
    assert indicators.sma20 == pytest.approx(110.5)
    assert indicators.bollinger_middle == pytest.approx(110.5)
    assert indicators.bollinger_upper == pytest.approx(110.5 + 2 * 33.25**0.5)


def test_the_rsi_of_nothing_but_gains_is_a_hundred() -> None:
    assert analyze(candles_of(list(range(100, 160)))).indicators.rsi == 100


def test_a_steady_rise_is_an_upward_trend_and_a_fall_a_downward_one() -> None:
    assert analyze(candles_of([100 + 2 * n for n in range(60)])).trend == "up"
    assert analyze(candles_of([300 - 2 * n for n in range(60)])).trend == "down"


def test_a_price_that_stands_still_is_neutral_and_has_no_rsi() -> None:
    still = [Candle(START + timedelta(hours=n), *(Decimal(67_250),) * 4, Decimal(0)) for n in range(100)]
    analysis = analyze(still)
    assert (analysis.trend, analysis.signal, analysis.indicators.rsi) == ("sideways", "neutral", None)
    assert analysis.levels.support == analysis.levels.resistance == ()


def test_levels_are_the_swings_around_the_last_close_nearest_first() -> None:
    levels = analyze(candles_of([50, 60, 70, 60, 50, 40, 30, 40, 50, 60, 80, 60, 50, 45, 50, 55, 52])).levels
    assert levels.support == (Decimal(44), Decimal(29))
    assert levels.resistance == (Decimal(71), Decimal(81))


def test_a_rise_in_waves_is_bought_when_momentum_is_back_and_the_same_fall_sold() -> None:
    waves = [200 + 2 * n + (0, 6, 0, -6)[n % 4] for n in range(63)]
    rise, fall = analyze(candles_of(waves)), analyze(candles_of([1_000 - close for close in waves]))
    assert (rise.trend, rise.signal) == ("up", "buy")
    assert (fall.trend, fall.signal) == ("down", "sell")
    assert rise.indicators.macd_histogram == pytest.approx(0.18, abs=0.01)


def test_the_summary_is_one_sentence_of_the_numbers() -> None:
    summary = analyze(candles_of(list(range(100, 160)))).summary
    assert summary == ("The price is rising at 159, RSI 100.0 (overbought), MACD not above its signal line: neutral.")
