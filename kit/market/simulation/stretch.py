"""A stretch of simulated time, and how it falls into shorter ones.

A stretch knows its first and last price and the turning points between. Its parts pass through all of them and never
leave the bounds that they set: so its open, high, low and close are exactly those of its parts, down to the seconds,
without looking at them. That is what makes a year's candle as cheap as a minute's.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from kit.market.simulation.bridge import Knot, bridge
from kit.market.simulation.hull import Hull, Point, hull_of
from kit.market.simulation.noise import fractions
from kit.market.simulation.place import Place
from kit.market.simulation.scales import SECONDS, TICK
from kit.market.simulation.shares import shared_out, shares
from kit.market.simulation.turns import deviations, turns_of

PACE_SWING: Final = 0.3  # By how much a part can be livelier or calmer than the whole.


class Stretch(NamedTuple):
    """``points`` are the open, the turning points in order, and the close (of a second: its one price), in ticks.

    ``volumes`` are what is traded of each pair of the group, in steps; ``pace`` is how lively it is, 1 on average.
    """

    points: tuple[Point, ...]
    volumes: tuple[int, ...]
    pace: float


def parts_of(place: Place, whole: Stretch) -> tuple[Stretch, ...]:
    """Return the parts, in order, of the stretch at ``place``."""
    hull, paces = hull_of(whole.points), place.paces(whole.pace, PACE_SWING)
    points = _ticks(place, whole, hull) if place.level + 1 == TICK else _stretches(place, whole, hull)
    return tuple(map(Stretch, points, _volumes(place, whole.volumes, paces), paces))


def _ticks(place: Place, whole: Stretch, hull: Hull) -> list[tuple[Point, ...]]:
    """The prices of a minute's seconds; every turning point is one of them."""
    last = place.parts - 1
    slots = _slots(place, len(whole.points) - 2, first=1, count=last - 1)
    knots: list[Knot] = list(zip((0, *slots, last), whole.points, strict=True))
    steps = deviations(place.walk.assets, whole.points[0], whole.pace, SECONDS[TICK])
    return [(point,) for point in bridge(knots, steps, place.noise("way", place.parts), hull)]


def _stretches(place: Place, whole: Stretch, hull: Hull) -> list[tuple[Point, ...]]:
    """The points of each part, which begins where the one before it ends."""
    slots = _slots(place, len(whole.points) - 2, first=0, count=place.parts)
    knots = _knots(whole.points, slots, place.parts)
    steps = deviations(place.walk.assets, whole.points[0], whole.pace, SECONDS[place.level + 1])
    ends = bridge(knots, steps, place.noise("way", place.parts), hull)
    given: list[list[Point]] = [[] for _ in range(place.parts)]
    for slot, point in zip(slots, whole.points[1:-1], strict=True):
        given[slot].append(point)
    turns = turns_of(place, ends, given, steps, hull)
    return [(first, *turn, last) for first, turn, last in zip(ends[:-1], turns, ends[1:], strict=True)]


def _slots(place: Place, turns: int, *, first: int, count: int) -> list[int]:
    """The part in which each turning point comes: in order, and different ones where there are enough."""
    draws = fractions(place.name("slot"), turns)
    return [first + int((n + draw) * count / turns) for n, draw in enumerate(draws)]


def _knots(points: Sequence[Point], slots: Sequence[int], count: int) -> list[Knot]:
    """Place the turning points in the middle of their parts, or side by side in one of them."""
    times = [slot + (slots[:n].count(slot) + 1) / (slots.count(slot) + 1) for n, slot in enumerate(slots)]
    return list(zip((0.0, *times, float(count)), points, strict=True))


def _volumes(place: Place, totals: Sequence[int], paces: Sequence[float]) -> list[tuple[int, ...]]:
    """Share out what is traded of each pair, to the last step; every second trades at least one."""
    least = SECONDS[place.level + 1]
    columns = [shared_out(total, shares(place, f"volume {pair}", paces), least) for pair, total in enumerate(totals)]
    return list(zip(*columns, strict=True))
