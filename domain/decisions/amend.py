"""Changing an open order in place, and the levels that guard what it bought."""

from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from domain.account import Bracket
from domain.commands import AmendOrder, Spread
from domain.decisions.amendments import write_amended
from domain.decisions.amounts import below, require_held_exactly
from domain.decisions.brackets import EXITS, arm, available, disarm, release_for
from domain.decisions.refuse import refuse_for_funds
from domain.decisions.risk import amending_refused
from domain.decisions.rules import LIMITED, STOPPED, bound_above, require_distance, require_price, require_stop_ahead
from domain.draft import Draft
from domain.events.amendments import AmendmentRequested
from domain.money import ZERO, is_multiple, plain, rounded
from domain.orders import Order
from domain.postings import moved
from domain.refusals import InvalidOrder
from domain.reservations import growth

LEVELS: Final = ("stop_loss", "take_profit")
WIRE_NAMES: Final = {
    "stop_loss": "stopLoss",
    "take_profit": "takeProfit",
    "trailing_stop": "trailingStop",
    "stop_price": "stopPrice",
}


def amend_order(draft: Draft, command: AmendOrder) -> None:
    """Change what ``command`` names and keep the rest.

    Raises:
        OrderNotFound: there is no such order in reach.
        OrderClosed: it is done, and no exits of it are armed.
        InvalidOrder: names the field, its value and the rule.
    """
    account = draft.account.required()
    guards = command.only_levels and command.order_id in account.brackets
    if guards and account.find(command.order_id) is None:
        move_levels(draft, account.brackets[command.order_id], command)
        return
    order = account.order(command.order_id) if guards else account.open_order(command.order_id)
    require_unlinked(order)
    require_answered(order)
    changed = with_changes(order, command)
    require_levels(changed, command)
    if changed.terms == order.terms:
        write_amended(draft, order, changed, ZERO)  # Its exits are the gateway's own: no exchange has to agree.
        return
    require_in_time(order, command)
    if not amending_refused(draft, command, order, changed):
        request(draft, order, changed)


def require_unlinked(order: Order) -> None:
    """What one of two linked orders reserves and sells depends on the other."""
    if order.linked_to is not None:
        why = f"is linked to order {order.linked_to}: cancel both, and place them anew"
        raise InvalidOrder("orderId", order.order_id, why)


def require_answered(order: Order) -> None:
    """One change at a time: the next one builds on what the exchange made of the last."""
    if order.asked is not None:
        raise InvalidOrder("orderId", order.order_id, "is being amended: its exchange has not answered yet")


def require_in_time(order: Order, command: AmendOrder) -> None:
    """The exchange has the order, and it has not expired there."""
    if order.exchange_order_id is None:
        raise InvalidOrder("orderId", order.order_id, "is on its way to its exchange, which has not answered yet")
    if order.expires_at is not None and order.expires_at <= command.exchange_time:
        now = command.exchange_time.isoformat()
        raise InvalidOrder("expiresAt", order.expires_at.isoformat(), f"has passed: it is {now}")


def move_levels(draft: Draft, bracket: Bracket, command: AmendOrder) -> None:
    """Move the exits of an entry that closed too long ago to be in the state itself."""
    exits = {name: getattr(command, name) for name in EXITS if getattr(command, name) is not None}
    for name in LEVELS:
        if name in exits:
            require_price(WIRE_NAMES[name], exits[name], command.instrument)
    moved_to = replace(bracket, **exits)
    if moved_to.trailing_stop is not None:
        require_distance(moved_to.trailing_stop, bracket.high, command.instrument)
    require_apart(moved_to)
    disarm(draft, bracket, bracket.amount, "amended", None)
    arm(draft, moved_to)


def with_changes(order: Order, command: AmendOrder) -> Order:
    """``order`` as it is asked to be, checked against its type and the market's rules."""
    if command.amount is not None:
        require_amount(order, command)
    if command.price is not None and order.type not in LIMITED:
        raise InvalidOrder("price", command.price, f"does not belong to a {order.type} order")
    if command.stop_price is not None:
        require_stop(order, command.stop_price, command.spread)
    changes = {name: getattr(command, name) for name in ("amount", "price", "stop_price", *EXITS)}
    for name, value in changes.items():
        if value is not None and name not in ("amount", "trailing_stop"):
            require_price(WIRE_NAMES.get(name, name), value, command.instrument)
    changed = replace(order, **{name: value for name, value in changes.items() if value is not None})
    if not command.only_levels:
        require_notional(changed, command)
    if changed.stop_price is None or changed.price_bound is None:
        return changed
    return replace(changed, price_bound=bound_above(changed.stop_price, command.instrument.price_tick))


def require_stop(order: Order, stop: Decimal, spread: Spread | None) -> None:
    if order.type not in STOPPED or order.triggered:
        raise InvalidOrder("stopPrice", stop, f"cannot be changed: the {order.type} order waits for none")
    if spread is not None:
        require_stop_ahead(order.side, stop, spread.seen_by(order.side))


def require_amount(order: Order, command: AmendOrder) -> None:
    amount, instrument = command.amount, command.instrument
    assert amount is not None
    if order.spend is not None:
        raise InvalidOrder("amount", amount, "cannot be changed: the order has a budget")
    if order.exit_of is not None and amount > order.amount:
        raise InvalidOrder(
            "amount", amount, f"{order.base} is more than the {plain(order.amount):f} that the exit guarded"
        )
    if not is_multiple(amount, instrument.amount_step):
        raise InvalidOrder("amount", amount, f"{order.base} is off the lot: steps of {instrument.amount_step:f}")
    if amount <= order.filled_amount or amount < instrument.amount_min:
        least = max(order.filled_amount, instrument.amount_min)
        raise InvalidOrder("amount", amount, f"{order.base} must be above the {least:f} filled or allowed at least")


def require_notional(changed: Order, command: AmendOrder) -> None:
    """What the changed order comes to is within what the exchange takes and the ledger holds."""
    instrument, price = command.instrument, changed.price_expected
    notional = rounded(changed.amount * price)
    if notional < instrument.notional_min:
        raise InvalidOrder("amount", changed.amount, below(changed.base, instrument.notional_min, instrument.quote))
    for value, asset in ((changed.amount, changed.base), (notional, changed.quote)):
        require_held_exactly(changed.amount, changed.base, value, asset)


def require_levels(order: Order, command: AmendOrder) -> None:
    """Exits guard buys, a stop below and a target above the price of entry, or above each other once it is bought."""
    for name in EXITS:
        level = getattr(command, name)
        if level is not None and order.side == "sell":
            raise InvalidOrder(WIRE_NAMES[name], level, "guards a buy; this order sells")
    entry = order.price_expected
    if order.trailing_stop is not None:
        require_distance(order.trailing_stop, entry, command.instrument)
    require_apart(order)
    stop, target = order.stop_loss, order.take_profit
    if order.filled_amount:
        return  # What is bought already may be guarded above its price: that is how a profit is kept.
    if stop is not None and stop >= entry:
        raise InvalidOrder("stopLoss", stop, f"must be below the entry at {entry:f}")
    if target is not None and target <= entry:
        raise InvalidOrder("takeProfit", target, f"must be above the entry at {entry:f}")


def require_apart(guarding: Order | Bracket) -> None:
    stop, target = guarding.stop_loss, guarding.take_profit
    if stop is not None and target is not None and stop >= target:
        raise InvalidOrder("stopLoss", stop, f"must be below the takeProfit at {target:f}")


def request(draft: Draft, order: Order, changed: Order) -> None:
    """Reserve what the change can take beyond the present terms, so that the exchange can be asked for it."""
    more = growth(order, changed)
    asset = order.paid_asset
    usable = available(draft.account, order.side, asset)
    if more > max(usable, ZERO):
        asked = {"client_order_id": order.client_order_id, "pair": order.pair}
        refuse_for_funds(draft, "order.amend", asset, needed=more, free=usable, **asked)
        return
    release_for(draft, order.order_id, asset, more - draft.account.balance(asset).free)
    draft.write(
        AmendmentRequested(
            order_id=order.order_id,
            amount=changed.amount,
            price=changed.price,
            price_bound=changed.price_bound,
            stop_price=changed.stop_price,
            stop_loss=changed.stop_loss,
            take_profit=changed.take_profit,
            trailing_stop=changed.trailing_stop,
            postings=moved(("free", asset, -more), ("locked", asset, more)),
        )
    )
