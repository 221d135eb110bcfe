"""What the market says when an account's risk is judged: prices in USD, and the pair's last price with its age."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from domain.events.terms import Side


class UsdPrices(Struct, frozen=True):
    """USD for one unit of each asset, as far as it is known.

    ``unlisted`` are assets that the exchange trades against nothing with a price in USD: they have no worth here. Any
    other asset without a price has one that cannot be had just now. ``cash`` are the assets that are dollars.
    """

    by_asset: Mapping[str, Decimal] = {}
    unlisted: tuple[str, ...] = ()
    cash: tuple[str, ...] = ()

    def entered_by(self, side: Side, base: str, quote: str) -> str | None:
        """What an order takes a position in: a buy in its base, and a sell in its quote where that is no cash."""
        if side == "buy":
            return base
        return quote if self.cash and quote not in self.cash else None

    def missing(self, assets: Iterable[str]) -> tuple[str, ...]:
        """Those of ``assets`` whose price cannot be had just now, sorted."""
        return tuple(sorted(asset for asset in assets if asset not in self.by_asset and asset not in self.unlisted))


class MarketView(Struct, frozen=True, kw_only=True):
    """What an order is judged by: ``last`` is the pair's last price in quote, ``age_s`` how old it is, in seconds.

    None where there is none, or none was needed.
    """

    prices: UsdPrices = UsdPrices()
    last: Decimal | None = None
    age_s: Decimal | None = None
