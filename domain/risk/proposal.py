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
    or sell more than before, ``hastens`` that the market comes to it sooner, ``reprices`` that its prices are new; all
    three hold for one that is ``placed``, and ``together`` says how many orders are placed by one command.
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
    hastens: bool
    reprices: bool
    placed: bool
    together: int = 1

    @property
    def is_entry(self) -> bool:
        return self.side == "buy"

    @property
    def entered(self) -> str | None:
        """The asset that the order takes a position in, if any."""
        return None if self.market is None else self.market.prices.entered_by(self.side, self.base, self.quote)

    @property
    def last(self) -> Decimal | None:
        """The pair's last price, None where it cannot be had."""
        return None if self.market is None else self.market.last or None

    def usd(self, asset: str) -> Decimal | None:
        """The price of ``asset``, None where it cannot be had."""
        return None if self.market is None else self.market.prices.by_asset.get(asset)
