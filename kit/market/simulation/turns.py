"""Turning points: how far a price strays between the first and the last one of a stretch."""

from collections.abc import Sequence
from math import copysign, sqrt
from typing import Final

from kit.market.simulation.assets import Asset
from kit.market.simulation.bridge import pulled_inside
from kit.market.simulation.hull import Hull, Point
from kit.market.simulation.place import Place
from kit.market.simulation.scales import SECONDS

WAYS: Final = (1 / 3, 2 / 3)  # When they come; as many as a stretch has at the least.
TURNS: Final = len(WAYS)
LEAST: Final = 0.5  # No stretch is so calm that its parts could not move.
REACH: Final = 0.7  # With it, the ranges of candles of all lengths come out as those of a random walk.
YEAR_SECONDS: Final = SECONDS[0]


def deviations(assets: Sequence[Asset], prices: Point, pace: float, seconds: int) -> list[float]:
    """Return how far each price moves in ``seconds``, in ticks."""
    time = pace * sqrt(seconds / YEAR_SECONDS)
    return [asset.volatility * price * time for asset, price in zip(assets, prices, strict=True)]


def turns_of(
    place: Place, ends: Sequence[Point], given: Sequence[Sequence[Point]], steps: Sequence[float], hull: Hull
) -> list[list[Point]]:
    """Return the turning points of each part: those ``given``, and new ones where they are fewer than ``TURNS``.

    Part n goes from ``ends[n]`` to ``ends[n + 1]``; ``steps`` are the deviations of its prices.
    """
    noise = place.noise("turn", TURNS * len(given))
    turns = []
    for part, known in enumerate(given):
        rows = _opposed(noise[TURNS * part : TURNS * (part + 1)])
        way = (ends[part], ends[part + 1])
        turns.append([*known, *(_turn(way, n, rows[n], steps, hull) for n in range(len(known), TURNS))])
    return turns


def _opposed(rows: Sequence[Sequence[float]]) -> list[Sequence[float]]:
    """Of two turning points one goes up and one down, as in a free walk."""
    first, second = rows
    return [first, [-z for z in second] if (first[0] > 0) == (second[0] > 0) else second]


def _turn(way: tuple[Point, Point], n: int, row: Sequence[float], steps: Sequence[float], hull: Hull) -> Point:
    means = [a + (b - a) * WAYS[n] for a, b in zip(*way, strict=True)]
    away = [REACH * step * (z + copysign(LEAST, z)) for step, z in zip(steps, row, strict=True)]
    return pulled_inside(means, away, hull) or way[0]
