"""Which panels share the screen, and how: by its width beside each other, by its height more or fewer of them."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

PAIRED_FROM: Final = 80
DOUBLED_FROM: Final = 140
ROWS_MIN: Final = 3  # The title, a heading and one row.

PRICES, PORTFOLIO, POSITIONS, ORDERS, FILLS, EVENTS = range(1, 7)
SINGLE: Final = ((PRICES,), (PORTFOLIO,), (POSITIONS,), (ORDERS,), (EVENTS,), (FILLS,))
PAIRED: Final = ((PRICES, PORTFOLIO), (POSITIONS,), (ORDERS,), (EVENTS,), (FILLS,))
DOUBLED: Final = ((PRICES, PORTFOLIO), (POSITIONS, ORDERS), (FILLS, EVENTS))


class Band(NamedTuple):
    """Panels beside each other, and the lines that they have."""

    panels: tuple[int, ...]
    rows: int


def arranged(width: int, height: int, wanted: Mapping[int, int]) -> list[Band]:
    """Bands from top to bottom, ``height`` lines in all where anything fits; the lowest bands are dropped first.

    ``wanted`` are the lines that each panel would fill.
    """
    bands = bands_at(width)
    wishes = [max(wanted[panel] for panel in band) for band in bands]
    least = list(accumulate(min(ROWS_MIN, wish) for wish in wishes))
    fit = max(1, sum(rows <= height for rows in least))
    return [Band(band, rows) for band, rows in zip(bands, shared(height, wishes[:fit]), strict=False)]


def bands_at(width: int) -> Sequence[tuple[int, ...]]:
    if width >= DOUBLED_FROM:
        return DOUBLED
    return PAIRED if width >= PAIRED_FROM else SINGLE


def shared(height: int, wishes: Sequence[int]) -> list[int]:
    """Lines for each: the least that is of use, then one after another what it wishes; the last gets what is left."""
    rows = [min(ROWS_MIN, wish, height) for wish in wishes]
    left = height - sum(rows)
    while left > 0:
        wishing = [place for place, wish in enumerate(wishes) if rows[place] < wish]
        if not wishing:
            break
        least = min(wishing, key=lambda place: rows[place])
        rows[least] += 1
        left -= 1
    rows[-1] += max(0, left)
    return rows


def widths(width: int, panels: int, between: int) -> list[int]:
    """The width of each of so many panels, with ``between`` cells between them."""
    room = width - between * (panels - 1)
    return [room // panels + (place < room % panels) for place in range(panels)]
