"""A random path through points that are given."""

from collections.abc import Sequence
from math import sqrt
from typing import Final

from kit.market.simulation.hull import Hull, Point

# A step that would leave the bounds is taken the other way instead, and shorter where that leaves them too.
STRIDES: Final = (1.0, -1.0, 0.5, -0.5, 0.2, -0.2, 0.0)

Knot = tuple[float, Point]


def bridge(
    knots: Sequence[Knot], deviations: Sequence[float], noise: Sequence[Sequence[float]], hull: Hull
) -> list[Point]:
    """Return the points at the times 0, 1, … up to the last knot, which pass through every knot at its time.

    ``knots`` are ordered, the first at 0; ``deviations`` are those of each price in one unit of time; ``noise`` has a
    row for each whole time, with a number for each price.
    """
    upcoming = iter(knots)
    time, point = next(upcoming)
    next_time, next_point = next(upcoming)
    path = [point]
    for at in range(1, int(knots[-1][0]) + 1):
        while next_time <= at:
            time, point = next_time, next_point
            next_time, next_point = next(upcoming, (float("inf"), point))
        if time != at:
            point = _between((time, point), (next_time, next_point), at, deviations, noise[at], hull)
            time = at
        path.append(point)
    return path


def _between(start: Knot, end: Knot, at: int, deviations: Sequence[float], noise: Sequence[float], hull: Hull) -> Point:
    """Draw one point of the random walk from ``start`` that will be at ``end``."""
    span, gone = end[0] - start[0], at - start[0]
    way, spread = gone / span, sqrt(gone * (span - gone) / span)
    means = [a + (b - a) * way for a, b in zip(start[1], end[1], strict=True)]
    steps = [spread * deviation * z for deviation, z in zip(deviations, noise, strict=True)]
    return pulled_inside(means, steps, hull) or start[1]


def pulled_inside(means: Sequence[float], steps: Sequence[float], hull: Hull) -> Point | None:
    """Return the point ``steps`` from ``means``, mirrored or nearer where that is outside; None where no tick fits."""
    for stride in STRIDES:
        point = tuple([round(mean + stride * step) for mean, step in zip(means, steps, strict=True)])
        if hull.holds(point):
            return point
    return None
