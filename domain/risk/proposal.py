"""What is to be judged: an order before it is placed, or as it would be after an amendment."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from domain.account import Account
from domain.events.terms import Side
from domain.risk.limits import RiskLimits
from domain.risk.market import MarketView


class Proposal(NamedTuple):
    """An order of ``account`` as the checks see it.

    ``amount`` (base) is what it can still fill, ``price`` where that is expected, ``notional`` (quote) what the whole
    order comes to. ``stop_price`` is what a limit behind a stop is compared with. ``enlarges`` says that it would buy
    or sell for more than before, ``reprices`` that its prices are new; both hold for one that is ``placed``.
    """

    account: Account
    limits: RiskLimits
    market: MarketView | None
    now: datetime
    order_id: str
    pair: str
    base: str
    quote: str
    side: Side
    amount: Decimal
    price: Decimal
    notional: Decimal
    stop_price: Decimal | None
    enlarges: bool
    reprices: bool
    placed: bool

    @property
    def is_entry(self) -> bool:
        return self.side == "buy"

    @property
    def last(self) -> Decimal | None:
        """The pair's last price, None where it cannot be had."""
        return None if self.market is None else self.market.last or None

    def usd(self, asset: str) -> Decimal | None:
        """The price of ``asset``, None where it cannot be had."""
        return None if self.market is None else self.market.prices.by_asset.get(asset)
