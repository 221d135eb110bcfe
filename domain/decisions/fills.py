"""What the exchange reports of an order, and what clients say was executed elsewhere."""

from decimal import Decimal

from domain.account import Account
from domain.commands import RecordFill, ReportOrder, ReportOrders
from domain.decisions.amendments import agree_before, conclude
from domain.decisions.booking import book, book_forgotten, book_unplaced, excess, is_beyond_limit
from domain.decisions.brackets import guarded, rearm
from domain.decisions.funds import require_positive
from domain.decisions.oco import follow_link
from domain.decisions.refuse import refuse_for_funds
from domain.decisions.room import require_countable, require_room
from domain.draft import Draft
from domain.events.orders import OrderAccepted, OrderCancelled, OrderRejected, OrderTriggered
from domain.executions import Execution
from domain.money import ZERO, NumberRefused, checked
from domain.orders import Order
from domain.postings import moved
from domain.refusals import InvalidAmount, InvalidOrder, OverFill
from domain.reservations import fill_postings


def report_order(draft: Draft, command: ReportOrder) -> None:
    """Book what an exchange says happened; never refused, since it has happened."""
    order = draft.account.required().find(command.order_id)
    if order is None:
        for fill in command.fills:
            book_forgotten(draft, command.order_id, fill)
        return
    acknowledge(draft, order, command)
    # Only the exchange knows when a budget is used up; any other order is done when its fills say so. One that is said
    # to be filled stays open until all its fills are here.
    done = command.state == "filled" and order.spend is not None
    for number, fill in enumerate(command.fills, start=1):
        if command.amended:
            agree_before(draft, command.order_id, command.fills[number - 1 :])
        book(draft, draft.account.order(command.order_id), fill, last=done and number == len(command.fills))
    if command.amended is not None:
        conclude(draft, command)
    order = draft.account.order(command.order_id)
    if order.is_open and (done or is_over(command)):
        close(draft, order, command)
    follow_link(draft, command.order_id, both=command.ends_linked)


def acknowledge(draft: Draft, order: Order, command: ReportOrder) -> None:
    """Write that the exchange has taken the order, and that its stop was reached, where that is news."""
    # A client's word on a fill can come before the exchange's on the order: then it is partial, yet not accepted.
    if order.is_open and order.exchange_order_id is None and command.state != "rejected":
        draft.write(
            OrderAccepted(
                order_id=order.order_id,
                exchange_order_id=command.exchange_order_id,
                placed_version=order.placed_version,
            )
        )
    if command.triggered_at is not None and not draft.account.order(command.order_id).triggered:
        draft.write(OrderTriggered(order_id=order.order_id, market_price=command.triggered_at))


def is_over(command: ReportOrder) -> bool:
    """Whether the exchange has ended the order, filled or not; of one amended, all fills come with the answer."""
    return command.state in ("cancelled", "rejected") or (command.amended is not None and command.state == "filled")


def report_orders(draft: Draft, command: ReportOrders) -> None:
    for report in command.reports:
        report_order(draft, report)


def close(draft: Draft, order: Order, command: ReportOrder) -> None:
    """Release what ``order`` still holds, and guard again what it took from exits."""
    taken = draft.account.taken.get(order.order_id, ())
    reason = command.reason or command.state
    postings = moved(("locked", order.paid_asset, -order.reserved), ("free", order.paid_asset, order.reserved))
    rejected = command.state == "rejected" and not order.filled_amount
    event = OrderRejected if rejected else OrderCancelled
    draft.write(event(order_id=order.order_id, reason=reason, postings=postings))
    rearm(draft, taken, order.reserved)


def record_fill(draft: Draft, command: RecordFill) -> None:
    """Book a client's word on an execution made elsewhere: within its order, and within the funds.

    Raises:
        InvalidAmount: amount or price is not above zero, or the notional or a balance would be beyond the limits.
        InvalidOrder: the fill is not of the order's pair and side.
        OrderNotFound, OrderClosed, OverFill: the order cannot take it.
    """
    account, fill = draft.account.required(), command.execution
    require_positive("amount", fill.amount, fill.base)
    require_positive("price", fill.price, fill.quote)
    require_notional(fill)
    require_room(account, *fill.taken)
    require_room(account, fill.fee_asset, max(-fill.fee, ZERO))
    require_countable(account, fill_postings(fill))
    order = None if command.order_id is None else order_for(account, command.order_id, fill)
    short = shortage(account, fill, ZERO if order is None else order.reserved)
    if short is not None:
        asset, needed = short
        refuse_for_funds(draft, "fill.record", asset, needed=needed, free=usable(account, fill, asset), pair=fill.pair)
    elif order is None:
        book_unplaced(draft, None, fill)
    else:
        book(draft, order, fill, last=False)
        follow_link(draft, order.order_id)


def require_notional(fill: Execution) -> None:
    try:
        checked(fill.notional)
    except NumberRefused as error:
        raise InvalidAmount("amount", fill.amount, f"at {fill.price:f} has a notional that {error.why}") from None


def order_for(account: Account, order_id: str, fill: Execution) -> Order:
    """The open order that ``fill`` says it belongs to, if it can."""
    order = account.open_order(order_id)
    if order.held:
        raise InvalidOrder("orderId", order_id, "is held back: no exchange can have filled it")
    for field in ("pair", "side"):
        if getattr(order, field) != getattr(fill, field):
            raise InvalidOrder(field, getattr(fill, field), f"is not that of order {order_id}")
    if is_beyond_limit(order, fill):
        raise InvalidOrder("price", f"{fill.price:f}", f"is beyond the limit of order {order_id} at {order.price:f}")
    beyond = excess(order, fill)
    if beyond is not None:
        raise OverFill(order_id, beyond.asked, beyond.left, beyond.asset)
    return order


def shortage(account: Account, fill: Execution, reserved: Decimal) -> tuple[str, Decimal] | None:
    """The first asset, and how much of it, that ``fill`` needs beyond ``reserved`` and what is free."""
    for posting in fill_postings(fill, reserved):
        if posting.bucket == "free" and -posting.amount > usable(account, fill, posting.asset):
            return posting.asset, -posting.amount
    return None


def usable(account: Account, fill: Execution, asset: str) -> Decimal:
    """How much of ``asset`` the fill may take: what is free, and for a sale also what exits guard."""
    sold = fill.side == "sell" and asset == fill.base
    return account.balance(asset).free + (guarded(account, asset) if sold else ZERO)
