"""What one unit of an asset is worth in USD on an exchange, and where that price comes from."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from domain.events.marks import Mark
from domain.instruments import Instrument
from domain.money import EXACT, rounded
from domain.risk.market import UsdPrices
from kit.exchanges.protocol import Exchange, ExchangeError
from kit.market.protocol import Ticker

BRIDGE: Final = "BTC"  # Assets without a pair against a stablecoin are valued through this one.


class Valuation:
    """Prices assets in USD by the mid of their pair against a stablecoin, which counts as one dollar."""

    def __init__(self, exchange: Exchange, stablecoins: Iterable[str]) -> None:
        self._exchange = exchange
        self._stablecoins = tuple(stablecoins)

    async def marks(self, assets: Iterable[str]) -> dict[str, Mark]:
        """The marks of those ``assets`` that have a price, by asset, at the exchange's time."""
        marks: dict[str, Mark] = {}
        for asset in sorted(set(assets)):
            mark = await self._mark(asset)
            if mark is not None:
                marks[asset] = mark
        return marks

    @property
    def cash(self) -> tuple[str, ...]:
        """The assets that count as dollars."""
        return self._stablecoins

    async def prices(self, assets: Iterable[str]) -> UsdPrices:
        """The prices of ``assets``, and which of them have none because no pair leads to one."""
        wanted = set(assets)
        marks = await self.marks(wanted)
        by_asset = {asset: mark.price_usd for asset, mark in marks.items() if mark.price_usd > 0}
        unlisted = tuple(sorted(asset for asset in wanted if not self._is_listed(asset)))
        return UsdPrices(by_asset, unlisted, self.cash)

    def _is_listed(self, asset: str) -> bool:
        """Whether any pairs lead from ``asset`` to a stablecoin."""
        instruments = self._exchange.instruments()
        if asset in self._stablecoins or stable_pair(asset, instruments, self._stablecoins) is not None:
            return True
        through = f"{asset}/{BRIDGE}" in instruments
        return through and stable_pair(BRIDGE, instruments, self._stablecoins) is not None

    async def _mark(self, asset: str) -> Mark | None:
        if asset in self._stablecoins:
            return Mark(asset=asset, price_usd=Decimal(1), source="stablecoin", occurred_at=self._exchange.now())
        direct = await self._direct(asset)
        if direct is not None:
            return self._from(asset, direct.mid, direct.pair, direct.at)
        return None if asset == BRIDGE else await self._through_bridge(asset)

    async def _through_bridge(self, asset: str) -> Mark | None:
        cross, bridge = await self._ticker(f"{asset}/{BRIDGE}"), await self._direct(BRIDGE)
        if cross is None or bridge is None:
            return None
        price = EXACT.multiply(cross.mid, bridge.mid)
        return self._from(asset, price, f"{cross.pair}, {bridge.pair}", min(cross.at, bridge.at))

    def _from(self, asset: str, price: Decimal, pairs: str, at: datetime) -> Mark:
        return Mark(asset=asset, price_usd=rounded(price), source=f"{self._exchange.id}:{pairs}", occurred_at=at)

    async def _direct(self, asset: str) -> Ticker | None:
        pair = stable_pair(asset, self._exchange.instruments(), self._stablecoins)
        return None if pair is None else await self._ticker(pair)

    async def _ticker(self, pair: str) -> Ticker | None:
        if pair not in self._exchange.instruments():
            return None
        try:
            return await self._exchange.ticker(pair)
        except ExchangeError:
            return None  # No price is a state that is shown; it must not keep the rest from being valued.


def stable_pair(asset: str, instruments: Mapping[str, Instrument], stablecoins: Iterable[str]) -> str | None:
    """The first pair of ``asset`` against one of ``stablecoins`` that is listed."""
    return next((pair for coin in stablecoins if (pair := f"{asset}/{coin}") in instruments), None)
