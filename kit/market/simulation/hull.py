"""Which prices a stretch of time may hold: the bounds that its own turning points set."""

from collections.abc import Sequence
from typing import NamedTuple

# Prices in ticks, one for each asset of a group.
Point = tuple[int, ...]


class Hull(NamedTuple):
    """Bounds of prices and, where there are two, of their ratio (second over first), each reached by some point.

    It is convex, so whatever lies between two points inside is inside, but for the rounding to ticks.
    """

    lows: Point
    highs: Point
    ratio_low: Point | None
    ratio_high: Point | None

    def holds(self, point: Point) -> bool:
        for price, low, high in zip(point, self.lows, self.highs, strict=True):
            if price < low or price > high:
                return False
        if self.ratio_low is None or self.ratio_high is None:
            return True
        first, second = point
        return (
            second * self.ratio_low[0] >= self.ratio_low[1] * first
            and second * self.ratio_high[0] <= self.ratio_high[1] * first
        )


def hull_of(points: Sequence[Point]) -> Hull:
    """Return the bounds of one-asset or two-asset points."""
    axes = tuple(zip(*points, strict=True))
    lows, highs = tuple(map(min, axes)), tuple(map(max, axes))
    if len(axes) == 1:
        return Hull(lows, highs, None, None)
    # Two ratios of prices in ticks that differ also differ as floats: the product of two such prices is below 2^52.
    return Hull(lows, highs, min(points, key=_ratio), max(points, key=_ratio))


def _ratio(point: Point) -> float:
    return point[1] / point[0]
