"""Where the price turned before: support below it, resistance above."""

from decimal import Decimal
from typing import Final

from msgspec import Struct

from kit.market.protocol import Candle

LEVELS_MAX: Final = 3
NEIGHBOURS: Final = 2  # A swing stands out from so many candles on each side.


class Levels(Struct, frozen=True, kw_only=True):
    """Prices of recent swing lows and highs, nearest first, at most three each."""

    support: tuple[Decimal, ...]
    resistance: tuple[Decimal, ...]


def levels_of(candles: list[Candle]) -> Levels:
    """Return the swing lows below and the swing highs above the newest close; ``candles`` are oldest first."""
    if not candles:
        return Levels(support=(), resistance=())
    last = candles[-1].close
    lows = {-low for low in _swings([-candle.low for candle in candles])}
    highs = set(_swings([candle.high for candle in candles]))
    return Levels(
        support=tuple(sorted((low for low in lows if low < last), reverse=True)[:LEVELS_MAX]),
        resistance=tuple(sorted(high for high in highs if high > last)[:LEVELS_MAX]),
    )


def _swings(prices: list[Decimal]) -> list[Decimal]:
    """Return the prices that none of their neighbours reaches beyond, and that those on one side stay below."""
    swings = []
    for middle in range(NEIGHBOURS, len(prices) - NEIGHBOURS):
        before, after = prices[middle - NEIGHBOURS : middle], prices[middle + 1 : middle + 1 + NEIGHBOURS]
        if prices[middle] > max(before) and prices[middle] >= max(after):
            swings.append(prices[middle])
    return swings
