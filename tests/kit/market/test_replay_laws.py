"""What holds for every recording: it is repeated to the last digit, and nothing is known ahead."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.market.protocol import Candle
from kit.market.replay import ReplayMarket
from tests.kit.market.recorded import at, written

Row = tuple[int, int, int, int, int]
HEAD = "timestamp,open,high,low,close,volume"
MIDNIGHT = 1_640_995_200

candle_rows = st.lists(
    st.tuples(*(st.integers(1, 10**6) for _ in range(4)), st.integers(0, 10**9)), min_size=1, max_size=20
)


def candles_of(rows: list[Row]) -> list[Candle]:
    """A candle a minute: prices in cents, volumes in hundred thousandths."""
    candles = []
    for minute, (first, one, other, last, volume) in enumerate(rows):
        prices = (first, max(first, one, other, last), min(first, one, other, last), last)
        opened, high, low, closed = (Decimal(price).scaleb(-2) for price in prices)
        opened_at = at(0) + timedelta(minutes=minute)
        candles.append(Candle(opened_at, opened, high, low, closed, Decimal(volume).scaleb(-5)))
    return candles


def text_of(candles: list[Candle]) -> str:
    lines = [
        f"{MIDNIGHT + 60 * n},{each.open},{each.high},{each.low},{each.close},{each.volume}"
        for n, each in enumerate(candles)
    ]
    return "\n".join((HEAD, *lines))


@given(rows=candle_rows)
def test_closed_candles_are_the_recorded_ones_to_the_last_digit(
    rows: list[Row], tmp_path_factory: pytest.TempPathFactory
) -> None:
    recorded = candles_of(rows)
    path = written(tmp_path_factory.mktemp("recording"), text_of(recorded))
    market = ReplayMarket({"BTC/USDT": path}, start=at(0) + timedelta(minutes=len(rows)))
    assert market.candles("BTC/USDT", "1m", len(rows)) == recorded


@given(rows=candle_rows, later=candle_rows, seconds=st.integers(0, 59))
def test_a_recording_that_goes_on_gives_the_same_answers_as_one_that_ends(
    rows: list[Row], later: list[Row], seconds: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # Whole quarters in the same units, since a file's units are those of all of its rows.
    even = [(*row[:4], row[4] * 400_000) for row in (*rows, *later)]
    folder = tmp_path_factory.mktemp("recording")
    recorded = candles_of(even)
    whole = written(folder, text_of(recorded), "whole.csv")
    cut = written(folder, text_of(recorded[: len(rows)]), "cut.csv")
    now = at(0) + timedelta(minutes=len(rows) - 1, seconds=seconds)
    one, other = (ReplayMarket({"BTC/USDT": path}, start=now) for path in (whole, cut))
    assert one.ticker("BTC/USDT") == other.ticker("BTC/USDT")
    assert one.trades("BTC/USDT", 100) == other.trades("BTC/USDT", 100)
    for timeframe in ("1m", "5m", "1h"):
        assert one.candles("BTC/USDT", timeframe, 50, include_open=True) == other.candles(
            "BTC/USDT", timeframe, 50, include_open=True
        )
