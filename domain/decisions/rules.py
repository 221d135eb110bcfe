"""The market's rules for an order, and the amount in base that it comes to."""

from decimal import Decimal
from typing import Final, NamedTuple

from domain.commands import PlaceOrder
from domain.instruments import Instrument
from domain.money import NumberRefused, bought, checked, floor_to, is_multiple, plain, rounded
from domain.refusals import InvalidOrder

# How far from the price it was decided at a market order may fill; also what a buy by base amount has to reserve.
MARKET_PROTECTION: Final = Decimal("0.02")


class Terms(NamedTuple):
    """What an order comes to: ``amount`` in base, the budget ``spend`` in quote, a market order's worst price."""

    amount: Decimal
    spend: Decimal | None
    price_bound: Decimal | None


def terms(command: PlaceOrder) -> Terms:
    """Check ``command`` against its instrument.

    Raises:
        InvalidOrder: names the field, its value and the rule.
    """
    require_type(command)
    price = command.price_seen if command.price is None else command.price
    amount = base_amount(command, price)
    require_minimum(command, amount, price)
    # A buy whose limit lies above the market fills at the market.
    require_exit_levels(command, min(price, command.price_seen) if command.side == "buy" else price)
    if command.type == "limit":
        return Terms(amount, None, None)
    spend = command.amount if command.side == "buy" and command.amount_in == "quote" else None
    return Terms(amount, spend, price_bound(command))


def require_type(command: PlaceOrder) -> None:
    if command.type not in ("market", "limit"):
        raise InvalidOrder("type", command.type, "is not taken by this gateway; market and limit are")
    if command.time_in_force != "GTC":
        raise InvalidOrder("timeInForce", command.time_in_force, "is not taken by this gateway; GTC is")
    if command.type == "limit" and command.price is None:
        raise InvalidOrder("price", "null", "is missing: a limit order needs one")
    if command.type == "market" and command.post_only:
        raise InvalidOrder("postOnly", "true", "does not belong to a market order")
    if command.type == "market" and command.price is not None:
        raise InvalidOrder("price", command.price, "does not belong to a market order")
    if command.price is not None:
        require_price("price", command.price, command.instrument)


def require_price(field: str, price: Decimal, instrument: Instrument) -> None:
    if price <= 0:
        raise InvalidOrder(field, price, "must be above zero")
    if not is_multiple(price, instrument.price_tick):
        tick = plain(instrument.price_tick)
        raise InvalidOrder(field, price, f"is off the tick: {instrument.pair} moves in steps of {tick:f}")


def base_amount(command: PlaceOrder, price: Decimal) -> Decimal:
    """The amount in base: as given, or what the quote amount buys at ``price``, rounded down to the lot."""
    instrument = command.instrument
    unit = instrument.base if command.amount_in == "base" else instrument.quote
    if command.amount <= 0:
        raise InvalidOrder("amount", command.amount, f"{unit} must be above zero")
    if command.amount_in == "quote":
        return bought(command.amount, price, instrument.amount_step)
    if not is_multiple(command.amount, instrument.amount_step):
        step = plain(instrument.amount_step)
        raise InvalidOrder("amount", command.amount, f"{unit} is off the lot: {instrument.pair} has steps of {step:f}")
    return command.amount


def require_minimum(command: PlaceOrder, amount: Decimal, price: Decimal) -> None:
    """Amount and notional within what the exchange takes and the ledger holds."""
    instrument, asked = command.instrument, command.amount
    unit = instrument.base if command.amount_in == "base" else instrument.quote
    notional = rounded(amount * price)
    if amount < instrument.amount_min or not amount:
        raise InvalidOrder(
            "amount", asked, f"{unit} is below the minimum of {instrument.amount_min:f} {instrument.base}"
        )
    least = asked if command.amount_in == "quote" else notional
    if least < instrument.notional_min:
        raise InvalidOrder(
            "amount", asked, f"{unit} is below the minimum of {instrument.notional_min:f} {instrument.quote}"
        )
    for value, asset in ((amount, instrument.base), (notional, instrument.quote)):
        require_held_exactly(asked, unit, value, asset)


def require_held_exactly(asked: Decimal, unit: str, value: Decimal, asset: str) -> None:
    """Refuse an order for ``asked`` that comes to more of ``asset`` than the ledger can hold."""
    try:
        checked(value)
    except NumberRefused as error:
        raise InvalidOrder("amount", asked, f"{unit} comes to {plain(value):f} {asset}, which {error.why}") from None


def require_exit_levels(command: PlaceOrder, price: Decimal) -> None:
    """A stop loss below the entry and a take profit above it; both guard a buy."""
    for field, level in (("stopLoss", command.stop_loss), ("takeProfit", command.take_profit)):
        if level is None:
            continue
        if command.side == "sell":
            raise InvalidOrder(field, level, "guards a buy; a sell on a spot market opens no position")
        require_price(field, level, command.instrument)
        if field == "stopLoss" and level >= price:
            raise InvalidOrder(field, level, f"must be below the entry at {price:f}")
        if field == "takeProfit" and level <= price:
            raise InvalidOrder(field, level, f"must be above the entry at {price:f}")


def price_bound(command: PlaceOrder) -> Decimal:
    """The worst price a market order may fill at, on the tick."""
    tick = command.instrument.price_tick
    if command.side == "sell":
        return max(floor_to(command.price_seen * (1 - MARKET_PROTECTION), tick), tick)
    return floor_to(command.price_seen * (1 + MARKET_PROTECTION), tick)
