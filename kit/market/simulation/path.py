"""The path of one group of assets: any stretch of it, found by descending from its year."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from kit.market.simulation.place import Place, Walk
from kit.market.simulation.scales import PARTS, SECONDS, TICK
from kit.market.simulation.stretch import Stretch, parts_of
from kit.market.simulation.years import year_of

# What is forgotten is computed again, and is the same: about 10 MB for a group.
STRETCHES_KEPT: Final = 1_024


class Path:
    """All prices of a group; times are seconds since ``ORIGIN``."""

    def __init__(self, walk: Walk, ticks: Sequence[float], daily: Sequence[int]) -> None:
        self._walk = walk
        self._ticks = tuple(ticks)
        self._daily = tuple(daily)
        self._parts = lru_cache(STRETCHES_KEPT)(self._parts_of)

    def stretch(self, level: int, index: int) -> Stretch:
        if level == 0:
            return year_of(self._walk, index, self._ticks, self._daily)
        whole, part = divmod(index, PARTS[level - 1])
        return self._parts(level - 1, whole)[part]

    def tick(self, second: int) -> Stretch:
        return self.stretch(TICK, second)

    def cover(self, start: int, end: int) -> Iterator[Stretch]:
        """Yield the fewest stretches that make up the seconds from ``start`` to before ``end``, in order."""
        for year in range(start // SECONDS[0], (end - 1) // SECONDS[0] + 1):
            yield from self._cover(0, year, start, end)

    def _parts_of(self, level: int, index: int) -> tuple[Stretch, ...]:
        return parts_of(Place(self._walk, level, index), self.stretch(level, index))

    def _cover(self, level: int, index: int, start: int, end: int) -> Iterator[Stretch]:
        opened = index * SECONDS[level]
        if start <= opened and opened + SECONDS[level] <= end:
            yield self.stretch(level, index)
            return
        length, count = SECONDS[level + 1], PARTS[level]
        first = max(index * count, start // length)
        last = min((index + 1) * count - 1, (end - 1) // length)
        for part in range(first, last + 1):
            yield from self._cover(level + 1, part, start, end)
