"""One pair's recording, ready to be played: its ticks, and candles of any timeframe that it can give."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

import polars as pl

from domain.instruments import Instrument
from kit.market.errors import TimeframeTooFine
from kit.market.listings import unlisted
from kit.market.recordings.bars import bars_of_bars, bars_of_ticks
from kit.market.recordings.path import ticks_of
from kit.market.recordings.reading import read
from kit.market.recordings.units import in_units, unit_of, volume_unit
from kit.market.timeframes import MICRO, seconds_of

PRICES: Final = ("open", "high", "low", "close", "price")
BARS_OF_TRADES: Final = 60 * MICRO
ONE_CANDLE: Final = 60 * MICRO  # What a lone candle is taken for.


class Tape:
    """``ticks`` are ``at`` (microseconds since 1970), ``price`` and ``amount``, and maybe ``side``, oldest first.

    Prices are whole multiples of ``price_unit``, amounts of ``amount_unit``; ``end`` is when the last candle closed or
    the last trade was made. ``volume_in_quote`` says that the file has what was paid, not what was bought.

    Raises:
        BadRecording: the file is none.
    """

    def __init__(
        self, pair: str, path: Path, instrument: Instrument | None = None, *, volume_in_quote: bool = False
    ) -> None:
        self.pair = pair
        frame = read(path)
        prices = frame.select(name for name in frame.columns if name in PRICES)
        self.instrument = instrument or unlisted(pair, unit_of(prices))
        self.price_unit = self.instrument.price_tick
        amounts = _amounts(frame, in_quote=volume_in_quote)
        self.amount_unit = volume_unit(amounts)
        others = frame.select(name for name in frame.columns if name in ("at", "side"))
        units = pl.concat(
            [others, prices.select(in_units(self.price_unit)), amounts.to_frame().select(in_units(self.amount_unit))],
            how="horizontal",
        )
        self._interval = _interval(units) if "open" in units.columns else None
        self.ticks = units if self._interval is None else ticks_of(units, self._interval)
        self.end: int = units["at"][-1] + (self._interval or 0)
        self._base = bars_of_ticks(self.ticks, self._interval or BARS_OF_TRADES)
        self._bars: dict[str, pl.DataFrame] = {}

    def bars(self, timeframe: str) -> pl.DataFrame:
        """All candles, those to come too: ``at``, ``open``, ``high``, ``low``, ``close``, ``volume``, in units.

        Raises:
            TimeframeTooFine: it is no multiple of the recorded candles' length.
            TimeframeUnknown: none of ``TIMEFRAMES``.
        """
        length = seconds_of(timeframe) * MICRO
        if self._interval is not None and length % self._interval:
            raise TimeframeTooFine(self.pair, timeframe, timedelta(microseconds=self._interval))
        if timeframe not in self._bars:
            self._bars[timeframe] = bars_of_bars(self._base, length)
        return self._bars[timeframe]

    def price(self, units: int) -> Decimal:
        return units * self.price_unit

    def amount(self, units: int) -> Decimal:
        return units * self.amount_unit


def tapes_of(
    paths: Mapping[str, Path], instruments: Mapping[str, Instrument], volume_in_quote: frozenset[str]
) -> dict[str, Tape]:
    """Read a recording for each pair."""
    return {
        pair: Tape(pair, path, instruments.get(pair), volume_in_quote=pair in volume_in_quote)
        for pair, path in paths.items()
    }


def _amounts(frame: pl.DataFrame, *, in_quote: bool) -> pl.Series:
    """What was traded, in base."""
    candles = "volume" in frame.columns
    amounts = frame["volume" if candles else "amount"]
    return (amounts / frame["close" if candles else "price"]).alias(amounts.name) if in_quote else amounts


def _interval(candles: pl.DataFrame) -> int:
    """The length of the recorded candles: the shortest distance of two."""
    shortest = candles["at"].diff().min()
    return shortest if isinstance(shortest, int) else ONE_CANDLE
