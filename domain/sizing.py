"""How large an order should be: a share of the equity, or so large that its stop loses no more than a share of it."""

from decimal import Decimal

from msgspec import Struct

from domain.instruments import Instrument
from domain.money import HUNDRED, ZERO, bought, divided, exact, floor_to, plain, rounded, rounded_up
from domain.refusals import InvalidOrder


class Size(Struct, frozen=True, kw_only=True):
    """An order's size: ``amount`` in base, a multiple of the lot; the rest in quote.

    ``fee`` is the most that the entry costs. ``risk`` is what is lost if all of it is sold at the stop, both fees
    included; None without a stop. ``limited`` says that what is free allows less than was asked for.
    """

    amount: Decimal
    price: Decimal
    notional: Decimal
    fee: Decimal
    risk: Decimal | None
    limited: bool


@exact
def by_share(equity: Decimal, percent: Decimal, price: Decimal) -> Decimal:
    """The amount in base that ``percent`` of ``equity`` (quote) buys at ``price``, the fee not counted."""
    return divided(equity * percent / HUNDRED, price)


@exact
def by_risk(equity: Decimal, percent: Decimal, price: Decimal, stop: Decimal, fee_rate: Decimal) -> Decimal:
    """The amount in base that loses ``percent`` of ``equity`` (quote) between ``price`` and ``stop``, with both fees.

    ``stop`` is below ``price``; ``fee_rate`` is a fraction of the notional.
    """
    return divided(equity * percent / HUNDRED, lost_for_one(price, stop, fee_rate))


def lost_for_one(price: Decimal, stop: Decimal, fee_rate: Decimal) -> Decimal:
    """What one of base loses, in quote, when it is bought at ``price`` and sold at ``stop``."""
    return price - stop + fee_rate * (price + stop)


@exact
def buy_size(instrument: Instrument, wanted: Decimal, price: Decimal, free: Decimal, stop: Decimal | None) -> Size:
    """A buy of ``wanted`` base at ``price``, or of as much as ``free`` quote pays for, fee included.

    Raises:
        InvalidOrder: it is less than the exchange takes.
    """
    rate = instrument.fees.highest
    affordable = bought(max(free, ZERO), price * (1 + rate), instrument.amount_step)
    asked = floor_to(wanted, instrument.amount_step)
    amount = min(asked, affordable)
    risk = None if stop is None else rounded_up(amount * lost_for_one(price, stop, rate))
    return _checked(instrument, amount, price, risk, limited=affordable < asked)


@exact
def sell_size(instrument: Instrument, percent: Decimal, price: Decimal, held: Decimal) -> Size:
    """A sale of ``percent`` of the ``held`` base at ``price``.

    Raises:
        InvalidOrder: it is less than the exchange takes.
    """
    amount = floor_to(held * percent / HUNDRED, instrument.amount_step)
    return _checked(instrument, amount, price, None, limited=False)


def _checked(instrument: Instrument, amount: Decimal, price: Decimal, risk: Decimal | None, *, limited: bool) -> Size:
    notional = rounded(amount * price)
    for value, least, asset in (
        (amount, instrument.amount_min, instrument.base),
        (notional, instrument.notional_min, instrument.quote),
    ):
        if value < least or not value:
            raise InvalidOrder("amount", f"{plain(value):f}", f"{asset} is below the minimum of {least:f} {asset}")
    fee = rounded_up(notional * instrument.fees.highest)
    return Size(amount=amount, price=price, notional=notional, fee=fee, risk=risk, limited=limited)
