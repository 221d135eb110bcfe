"""How the volume of a stretch falls to its parts."""

from collections.abc import Sequence
from typing import Final

from kit.market.simulation.noise import fractions
from kit.market.simulation.place import Place
from kit.market.simulation.scales import usual_share

SHARE_UNIT: Final = 1_000
QUIET: Final = 0.2
BUSY: Final = 2.4


def shares(place: Place, what: str, paces: Sequence[float]) -> list[int]:
    """Draw what each part of the stretch at ``place`` gets, in no unit: a lively part gets more."""
    draws = fractions(place.name(what), place.parts)
    first = place.index * place.parts
    usual = [usual_share(place.level + 1, first + part) for part in range(place.parts)]
    # The square makes a few parts much busier than the others, as news does.
    return [
        1 + int(share * pace * (QUIET + BUSY * draw * draw) * SHARE_UNIT)
        for share, pace, draw in zip(usual, paces, draws, strict=True)
    ]


def shared_out(total: int, parts: Sequence[int], least: int) -> list[int]:
    """Split ``total`` in the ratio of ``parts``, at least ``least`` each; the answer sums to ``total``."""
    free, whole = total - least * len(parts), sum(parts)
    split, given, so_far = [], 0, 0
    for part in parts:
        so_far += part
        upto = free * so_far // whole
        split.append(least + upto - given)
        given = upto
    return split
