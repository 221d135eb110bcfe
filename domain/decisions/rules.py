"""The market's rules for an order, and what it comes to."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from domain.account import trailing_level
from domain.commands import PlaceOrder
from domain.decisions.amounts import base_amount, require_minimum
from domain.events.terms import OrderType, Side, TimeInForce
from domain.instruments import Instrument
from domain.money import floor_to, is_multiple, plain
from domain.refusals import InvalidOrder

# How far from the price it was decided at a market order may fill; also what a buy by base amount has to reserve.
MARKET_PROTECTION: Final = Decimal("0.02")

LIMITED: Final = frozenset[OrderType]({"limit", "stop-limit"})
STOPPED: Final = frozenset[OrderType]({"stop-limit", "stop-market"})
RESTING: Final = frozenset[TimeInForce]({"GTC", "GTD"})


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
    require_prices(command)
    require_time(command)
    price = expected_price(command)
    amount = base_amount(command, price)
    require_minimum(command, amount, price)
    # A buy whose limit lies above the market fills at the market.
    crosses = command.type == "limit" and command.side == "buy"
    entry = min(price, command.price_seen) if crosses else price
    require_exit_levels(command, entry)
    require_trailing_stop(command, entry)
    if command.type in LIMITED:
        return Terms(amount, None, None)
    spend = command.amount if command.side == "buy" and command.amount_in == "quote" else None
    return Terms(amount, spend, price_bound(command, spend))


def expected_price(command: PlaceOrder) -> Decimal:
    """The price at which the order is expected to fill: its limit, its stop, or the market's."""
    if command.price is not None:
        return command.price
    return command.price_seen if command.stop_price is None else command.stop_price


def require_prices(command: PlaceOrder) -> None:
    """Each type has the prices it needs and no others, on the tick, and a stop on the far side of the market."""
    needs: Mapping[str, tuple[bool, Decimal | None]] = {
        "price": (command.type in LIMITED, command.price),
        "stopPrice": (command.type in STOPPED, command.stop_price),
    }
    for field, (needed, given) in needs.items():
        if needed and given is None:
            raise InvalidOrder(field, "null", f"is missing: a {command.type} order needs one")
        if given is not None and not needed:
            raise InvalidOrder(field, given, f"does not belong to a {command.type} order")
        if given is not None:
            require_price(field, given, command.instrument)
    if command.stop_price is not None:
        require_stop_ahead(command.side, command.stop_price, command.price_seen)


def require_price(field: str, price: Decimal, instrument: Instrument) -> None:
    if price <= 0:
        raise InvalidOrder(field, price, "must be above zero")
    if not is_multiple(price, instrument.price_tick):
        tick = plain(instrument.price_tick)
        raise InvalidOrder(field, price, f"is off the tick: {instrument.pair} moves in steps of {tick:f}")


def require_stop_ahead(side: Side, stop: Decimal, seen: Decimal) -> None:
    """A stop that the market has passed already would trigger at once, which nobody means."""
    if side == "buy" and stop <= seen:
        raise InvalidOrder("stopPrice", stop, f"must be above the market at {seen:f} for a buy")
    if side == "sell" and stop >= seen:
        raise InvalidOrder("stopPrice", stop, f"must be below the market at {seen:f} for a sell")


def require_time(command: PlaceOrder) -> None:
    """How long the order is good for, and that one which never rests is not asked to."""
    force, expires = command.time_in_force, command.expires_at
    if force == "GTD" and command.type not in LIMITED:
        raise InvalidOrder("timeInForce", force, f"does not belong to a {command.type} order")
    if force == "GTD" and expires is None:
        raise InvalidOrder("expiresAt", "null", "is missing: a GTD order needs one")
    if expires is not None and force != "GTD":
        raise InvalidOrder("expiresAt", expires.isoformat(), f"belongs to GTD orders, this one is {force}")
    if expires is not None and expires <= command.exchange_time:
        raise InvalidOrder("expiresAt", expires.isoformat(), f"has passed: it is {command.exchange_time.isoformat()}")
    if command.post_only and (command.type not in LIMITED or force not in RESTING):
        raise InvalidOrder("postOnly", "true", f"does not belong to a {command.type} {force} order: it never rests")


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


def require_trailing_stop(command: PlaceOrder, price: Decimal) -> None:
    """A distance below the highest price since the entry, that leaves a price to sell at; it guards a buy."""
    percent = command.trailing_stop
    if percent is None:
        return
    if command.side == "sell":
        raise InvalidOrder("trailingStop", percent, "guards a buy; a sell on a spot market opens no position")
    require_distance(percent, price, command.instrument)


def require_distance(percent: Decimal, price: Decimal | None, instrument: Instrument) -> None:
    """``percent`` below ``price``, where there is one yet, lies a price that the market can come to."""
    if not 0 < percent < 100:
        raise InvalidOrder("trailingStop", percent, "must be above 0 and below 100 percent")
    if price is None:
        return
    level = trailing_level(price, percent)
    if level < instrument.price_tick:
        why = f"leaves {plain(level):f} of the {price:f}, below the lowest price of {plain(instrument.price_tick):f}"
        raise InvalidOrder("trailingStop", percent, why)


def price_bound(command: PlaceOrder, spend: Decimal | None) -> Decimal | None:
    """The worst price a market order may fill at, on the tick; None for any.

    A stop has to get out, or in for its budget, whatever the gap; one that buys an amount in base has to reserve what
    that can cost, and so has a worst price.
    """
    if command.type == "stop-market" and (command.side == "sell" or spend is not None):
        return None
    tick, price = command.instrument.price_tick, expected_price(command)
    if command.side == "sell":
        return max(floor_to(price * (1 - MARKET_PROTECTION), tick), tick)
    return bound_above(price, tick)


def bound_above(price: Decimal, tick: Decimal) -> Decimal:
    """The worst price of a buy that is expected at ``price``, on the tick."""
    return floor_to(price * (1 + MARKET_PROTECTION), tick)
