"""One cancels the other: a limit order that rests, and a stop that is held back until its price is reached.

Value is locked once: the limit order reserves what it needs, the held one only what it would need beyond that.
"""

from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from domain.account import Account
from domain.commands import PlaceLinked, PlaceOrder, TriggerStop
from domain.decisions.amendments import write_amended
from domain.decisions.brackets import available, release_for
from domain.decisions.intent import order_placed, reserve, reserved_asset
from domain.decisions.place import proceeds, require_room_for_order
from domain.decisions.refuse import refuse_for_funds
from domain.decisions.risk import placing_refused
from domain.decisions.room import require_countable, require_room
from domain.decisions.rules import Terms, terms
from domain.draft import Draft
from domain.events.linking import OrderLinked, OrderReleased
from domain.events.orders import OrderCancelled, OrderTriggered
from domain.money import ZERO
from domain.orders import Order
from domain.postings import moved
from domain.refusals import InvalidOrder
from domain.reservations import needed_for

LEGS: Final = 2
METHOD: Final = "order.oco"


def place_linked(draft: Draft, command: PlaceLinked) -> None:
    """Place both orders of a pair, or neither.

    Raises:
        InvalidOrder: names the field, its value and the rule.
    """
    account, limit, stop = draft.account.required(), command.limit, command.stop
    require_around(limit)
    agreed, agreed_stop = terms(limit), terms(stop)
    require_room_for_order(account, LEGS)
    asset, needed = reserved_asset(limit), max(reserve(limit, agreed), reserve(stop, agreed_stop))
    gained, amount = proceeds(limit, agreed)
    require_room(account, gained, amount)
    require_countable(account, moved(("market", asset, needed), ("market", gained, -amount)))
    if any(placing_refused(draft, one, its, METHOD) for one, its in ((limit, agreed), (stop, agreed_stop))):
        return
    usable = available(account, limit.side, asset)
    if needed > usable:
        asked = {"client_order_id": limit.client_order_id, "pair": limit.instrument.pair}
        refuse_for_funds(draft, METHOD, asset, needed=needed, free=usable, **asked)
        return
    release_for(draft, limit.order_id, asset, needed - account.balance(asset).free)
    write_pair(draft, command, agreed, agreed_stop)


def require_around(limit: PlaceOrder) -> None:
    """The limit lies beyond the market, as its stop does on the other side: it is to rest, not to trade at once."""
    price, seen = limit.price, limit.price_seen
    if price is None:
        raise InvalidOrder("price", "null", "is missing: one of the two orders is a limit order")
    if limit.side == "buy" and price >= seen:
        raise InvalidOrder("price", price, f"must be below the market at {seen:f} for a buy")
    if limit.side == "sell" and price <= seen:
        raise InvalidOrder("price", price, f"must be above the market at {seen:f} for a sell")


def write_pair(draft: Draft, command: PlaceLinked, agreed: Terms, agreed_stop: Terms) -> None:
    limit, stop = command.limit, command.stop
    asset, needed = reserved_asset(limit), reserve(limit, agreed)
    beyond = max(reserve(stop, agreed_stop) - needed, ZERO)
    draft.write(order_placed(limit, agreed, asset, needed))
    draft.write(order_placed(stop, agreed_stop, asset, beyond))
    link(draft, limit.order_id, stop.order_id, held=False)
    link(draft, stop.order_id, limit.order_id, held=True)


def link(draft: Draft, order_id: str, other_id: str, *, held: bool) -> None:
    version = draft.account.order(order_id).placed_version
    draft.write(OrderLinked(order_id=order_id, other_id=other_id, held=held, placed_version=version))


def trigger_stop(draft: Draft, command: TriggerStop) -> None:
    """Write that the market reached the stop of a held order; it is released once the other one has ended.

    Raises:
        OrderNotFound, OrderClosed: it waits no more.
        InvalidOrder: it is not held, or was reached before.
    """
    order = draft.account.required().open_order(command.order_id)
    if not order.held or order.triggered:
        raise InvalidOrder("orderId", order.order_id, "waits for no stop here")
    draft.write(OrderTriggered(order_id=order.order_id, market_price=command.market_price))


def follow_link(draft: Draft, order_id: str, *, both: bool = False) -> None:
    """Have the order that is held for ``order_id`` follow what became of that; with ``both`` it ends with it."""
    order = draft.account.find(order_id)
    held = None if order is None else held_for(draft.account, order)
    if order is None or held is None:
        return
    left = order.remaining
    if order.is_open:
        shrink(draft, order, held, left)
    elif both or not held.triggered or not left:
        cancel_held(draft, held, f"order {order_id} is {order.status}")
    else:
        shrink(draft, order, held, left)
        release(draft, draft.account.order(held.order_id))


def held_for(account: Account, order: Order) -> Order | None:
    """The order that is held back while ``order`` is open, if there is one."""
    other = None if order.linked_to is None else account.orders.get(order.linked_to)
    return other if other is not None and other.held else None


def shrink(draft: Draft, order: Order, held: Order, left: Decimal) -> None:
    """What ``order`` has traded is not left for the ``held`` one; ``left`` base is."""
    if not left or left >= held.amount:
        return
    smaller = replace(held, amount=left)
    beyond = max(needed_for(smaller, left) - order.reserved, ZERO) if order.is_open else held.reserved
    back = max(held.reserved - beyond, ZERO)
    write_amended(draft, held, smaller, -back)


def release(draft: Draft, held: Order) -> None:
    """Send the held order: lock all that it needs, which the one that has ended gave back just now."""
    asset = held.paid_asset
    lacking = needed_for(held, held.remaining) - held.reserved
    usable = available(draft.account, held.side, asset)
    if lacking > usable:
        cancel_held(draft, held, f"it needs {lacking:f} {asset} more, and {usable:f} are free")
        return
    release_for(draft, held.order_id, asset, lacking - draft.account.balance(asset).free)
    postings = moved(("free", asset, -lacking), ("locked", asset, lacking))
    draft.write(OrderReleased(order_id=held.order_id, postings=postings))


def cancel_held(draft: Draft, held: Order, reason: str) -> None:
    postings = moved(("locked", held.paid_asset, -held.reserved), ("free", held.paid_asset, held.reserved))
    draft.write(OrderCancelled(order_id=held.order_id, reason=reason, postings=postings))
