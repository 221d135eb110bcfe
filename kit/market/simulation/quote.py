"""How a pair's prices are read from the path of its group."""

from collections.abc import Iterable
from typing import NamedTuple

from kit.market.simulation.hull import Point
from kit.market.simulation.stretch import Stretch


class Bar(NamedTuple):
    """Prices in ticks, volume in steps."""

    open: int
    high: int
    low: int
    close: int
    volume: int


class Quote(NamedTuple):
    """Where a pair stands in its group: at ``axis``, or as the second asset's price in the first one's.

    ``volume`` is its place among the group's volumes; ``scale`` the ticks of a ratio of 1.
    """

    axis: int | None
    scale: int
    volume: int

    def price(self, point: Point) -> int:
        """The price in ticks, a half rounded up; a higher ratio never has a lower price."""
        if self.axis is not None:
            return point[self.axis]
        first, second = point
        return (2 * second * self.scale + first) // (2 * first)

    def bar(self, stretches: Iterable[Stretch]) -> Bar:
        """Sum up stretches that follow each other, at least one."""
        prices: list[int] = []
        volume = 0
        for stretch in stretches:
            prices.extend(map(self.price, stretch.points))
            volume += stretch.volumes[self.volume]
        return Bar(prices[0], max(prices), min(prices), prices[-1], volume)
