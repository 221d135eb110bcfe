"""One execution, as an exchange or a client reports it."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from domain.events.terms import Liquidity, Side
from domain.money import EXACT, ZERO, rounded


class Execution(Struct, frozen=True, kw_only=True):
    """``amount`` of ``base`` at ``price`` quote each; ``fee`` is in ``fee_asset``, negative for a rebate.

    ``trade_id`` is the exchange's, unique on it for ever; ``occurred_at`` is the exchange's time.
    """

    trade_id: str
    pair: str
    base: str
    quote: str
    side: Side
    amount: Decimal
    price: Decimal
    fee: Decimal
    fee_asset: str
    liquidity: Liquidity
    occurred_at: datetime

    @property
    def notional(self) -> Decimal:
        """What it moved in quote, rounded once at eighteen decimals."""
        return rounded(EXACT.multiply(self.amount, self.price))

    @property
    def given(self) -> tuple[str, Decimal]:
        """The asset that was given away, and how much of it, without the fee."""
        return (self.quote, self.notional) if self.side == "buy" else (self.base, self.amount)

    @property
    def taken(self) -> tuple[str, Decimal]:
        """The asset that was received, and how much of it, before the fee."""
        return (self.base, self.amount) if self.side == "buy" else (self.quote, self.notional)

    @property
    def base_fee(self) -> Decimal:
        return self.fee_in(self.base)

    def fee_in(self, asset: str) -> Decimal:
        """The fee where it was charged in ``asset``, else zero."""
        return self.fee if self.fee_asset == asset else ZERO
