"""The longest stretches: where each simulated year begins and ends."""

from collections.abc import Sequence
from typing import Final

from kit.market.simulation.assets import Asset
from kit.market.simulation.noise import fractions
from kit.market.simulation.place import Place, Walk
from kit.market.simulation.stretch import Stretch

SEED_SWING: Final = 0.06  # By how much the level of a known year differs from seed to seed.
LATER_LOW: Final = 0.6
LATER_SPREAD: Final = 1.0
TURN_WAYS: Final = (0.25, 0.5, 0.75)
TURN_SWING: Final = 0.35
QUIETEST: Final = 0.7
DAYS: Final = 364


def year_of(walk: Walk, index: int, ticks: Sequence[float], daily: Sequence[int]) -> Stretch:
    """Return year ``index`` from 2016-12-26 on; ``ticks`` are ticks per USDT, ``daily`` the volumes of a usual day."""
    assets = list(zip(walk.assets, ticks, strict=True))
    columns = [_year(walk.seed, asset, index, per_usdt) for asset, per_usdt in assets]
    busy = fractions(Place(walk, 0, index).name("volume"), len(daily))
    volumes = [int(DAYS * usual * (QUIETEST + 0.6 * draw)) for usual, draw in zip(daily, busy, strict=True)]
    return Stretch(tuple(zip(*columns, strict=True)), tuple(volumes), 1.0)


def _year(seed: int, asset: Asset, index: int, ticks: float) -> list[int]:
    """One asset's open, turning points and close, in ticks."""
    first, last = _level(seed, asset, index), _level(seed, asset, index + 1)
    draws = fractions(f"{seed}|{asset.name}|turn|year|{index}", len(TURN_WAYS))
    turns = [
        (first + (last - first) * way) * (1 + asset.volatility * TURN_SWING * (2 * draw - 1))
        for way, draw in zip(TURN_WAYS, draws, strict=True)
    ]
    return [round(price * ticks) for price in (first, *turns, last)]


def _level(seed: int, asset: Asset, index: int) -> float:
    """The price in USDT at the turn of year ``index``; after the known ones, near the last of them for ever."""
    (draw,) = fractions(f"{seed}|{asset.name}|level|{index}", 1)
    if index < len(asset.levels):
        return asset.levels[index] * (1 + SEED_SWING * (2 * draw - 1))
    return asset.levels[-1] * (LATER_LOW + LATER_SPREAD * draw)
