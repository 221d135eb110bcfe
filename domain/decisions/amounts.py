"""The amount in base that an order comes to, and whether it is within what the market takes and the ledger holds."""

from decimal import Decimal

from domain.commands import PlaceOrder
from domain.instruments import Instrument
from domain.money import NumberRefused, bought, checked, is_multiple, plain, rounded
from domain.refusals import InvalidOrder


def base_amount(command: PlaceOrder, price: Decimal) -> Decimal:
    """The amount in base: as given, or what the quote amount buys at ``price``, rounded down to the lot."""
    instrument = command.instrument
    if command.amount <= 0:
        raise InvalidOrder("amount", command.amount, f"{unit_of(command)} must be above zero")
    if command.amount_in == "quote":
        return bought(command.amount, price, instrument.amount_step)
    if not is_multiple(command.amount, instrument.amount_step):
        step, unit = plain(instrument.amount_step), unit_of(command)
        raise InvalidOrder("amount", command.amount, f"{unit} is off the lot: {instrument.pair} has steps of {step:f}")
    return command.amount


def require_minimum(command: PlaceOrder, amount: Decimal, price: Decimal) -> None:
    """Amount and notional within what the exchange takes and the ledger holds."""
    instrument, asked, unit = command.instrument, command.amount, unit_of(command)
    notional = rounded(amount * price)
    if amount < instrument.amount_min or not amount:
        raise InvalidOrder("amount", asked, below(unit, instrument.amount_min, instrument.base))
    least = asked if command.amount_in == "quote" else notional
    if least < instrument.notional_min:
        raise InvalidOrder("amount", asked, below(unit, instrument.notional_min, instrument.quote))
    for value, asset in ((amount, instrument.base), (notional, instrument.quote)):
        require_held_exactly(asked, unit, value, asset)


def require_held_exactly(asked: Decimal, unit: str, value: Decimal, asset: str) -> None:
    """Refuse an order for ``asked`` that comes to more of ``asset`` than the ledger can hold."""
    try:
        checked(value)
    except NumberRefused as error:
        raise InvalidOrder("amount", asked, f"{unit} comes to {plain(value):f} {asset}, which {error.why}") from None


def below(unit: str, minimum: Decimal, asset: str) -> str:
    return f"{unit} is below the minimum of {minimum:f} {asset}"


def unit_of(command: PlaceOrder) -> str:
    """The asset that the order's amount is given in."""
    instrument: Instrument = command.instrument
    return instrument.base if command.amount_in == "base" else instrument.quote
