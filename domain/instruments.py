"""What can be traded, by which steps, and what it costs."""

from decimal import Decimal

from msgspec import Struct

from domain.money import ZERO


class Fees(Struct, frozen=True):
    """Fee rates as fractions of the notional (0.001 is 0.1 %); negative is a rebate."""

    maker: Decimal
    taker: Decimal

    @property
    def highest(self) -> Decimal:
        """The most a fill can cost; never below zero, since a rebate is not counted on."""
        return max(self.maker, self.taker, ZERO)


class Instrument(Struct, frozen=True, kw_only=True):
    """A spot pair and its market rules.

    ``price_tick`` and ``amount_step`` are the smallest steps of price (quote per base) and amount (base);
    ``amount_min`` is in base, ``notional_min`` in quote.
    """

    pair: str
    base: str
    quote: str
    price_tick: Decimal
    amount_step: Decimal
    amount_min: Decimal
    notional_min: Decimal
    fees: Fees
