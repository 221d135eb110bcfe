"""Which stretch of whose path: the name under which its random numbers are drawn."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from msgspec import Struct

from kit.market.simulation.assets import Asset
from kit.market.simulation.noise import fractions, normals
from kit.market.simulation.scales import PARTS


class Walk(NamedTuple):
    """Whose path it is: ``seed`` draws it, ``assets`` move together."""

    seed: int
    assets: tuple[Asset, ...]


class Place(Struct, frozen=True):
    """Stretch ``index`` of ``level`` since the origin, on the path of ``walk``."""

    walk: Walk
    level: int
    index: int

    @property
    def parts(self) -> int:
        return PARTS[self.level]

    def name(self, what: str) -> str:
        return self._name(self.walk.assets[0].name, what)

    def paces(self, pace: float, swing: float) -> list[float]:
        """How lively each part is; the whole market has the same news."""
        draws = fractions(self._name("market", "pace"), self.parts)
        return [pace * (1 + swing * (2 * draw - 1)) for draw in draws]

    def noise(self, what: str, count: int) -> list[Sequence[float]]:
        """Rows of a normal number for each asset, correlated: each follows the market and strays from it."""
        market = normals(self._name("market", what), count)
        columns = []
        for asset in self.walk.assets:
            own = normals(self._name(asset.name, what), count)
            follows, strays = asset.correlation, sqrt(1 - asset.correlation * asset.correlation)
            columns.append([follows * m + strays * o for m, o in zip(market, own, strict=True)])
        return list(zip(*columns, strict=True))

    def _name(self, whose: str, what: str) -> str:
        return f"{self.walk.seed}|{whose}|{what}|{self.level}|{self.index}"
