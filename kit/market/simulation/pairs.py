"""The simulated pairs: which path each is read from, and in which units."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from domain.instruments import Instrument
from kit.market.listings import LISTINGS
from kit.market.simulation.assets import GROUPS, TURNOVERS, Asset, Turnover
from kit.market.simulation.path import Path
from kit.market.simulation.place import Walk
from kit.market.simulation.quote import Quote

CROSS: Final = "ETH/BTC"  # The one group of two assets has a pair between them.


class Pair(NamedTuple):
    """One pair: its rules, the path of its group and its place there."""

    instrument: Instrument
    turnover: Turnover
    path: Path
    quote: Quote

    def price(self, ticks: int) -> Decimal:
        return scaled(ticks, self.instrument.price_tick)

    def amount(self, steps: int) -> Decimal:
        return scaled(steps, self.turnover.step)


def scaled(count: int, unit: Decimal) -> Decimal:
    """Return ``count`` times ``unit``, a power of ten."""
    exponent = unit.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(count).scaleb(exponent)


def simulated_pairs(seed: int) -> Mapping[str, Pair]:
    pairs: dict[str, Pair] = {}
    for assets in GROUPS:
        pairs.update(_group(seed, assets))
    return pairs


def _group(seed: int, assets: tuple[Asset, ...]) -> dict[str, Pair]:
    names = [f"{asset.name}/USDT" for asset in assets] + ([CROSS] if len(assets) > 1 else [])
    ticks = [float(1 / LISTINGS[name].price_tick) for name in names]
    turnovers = [TURNOVERS[name] for name in names]
    path = Path(Walk(seed, assets), ticks[: len(assets)], [turnover.daily for turnover in turnovers])
    axes = [*range(len(assets)), None][: len(names)]
    quotes = [Quote(axis, round(ticks[place]), place) for place, axis in enumerate(axes)]
    return {
        name: Pair(LISTINGS[name], turnover, path, quote)
        for name, turnover, quote in zip(names, turnovers, quotes, strict=True)
    }
