"""A change that an exchange has to agree to: reserved for before it is asked, and booked as it answers.

Until it has answered, the order locks what the larger of both terms can take: it may be filled at either.
"""

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from domain.account import Bracket, within
from domain.commands import ReportOrder
from domain.decisions.booking import is_beyond_limit
from domain.decisions.brackets import arm, rearm_at
from domain.draft import Draft
from domain.events.amendments import AmendmentRejected, OrderAmended
from domain.executions import Execution
from domain.money import ZERO
from domain.orders import Order
from domain.postings import moved
from domain.reservations import growth, needed_for


def agree_before(draft: Draft, order_id: str, fills: Sequence[Execution]) -> None:
    """Book the change that the exchange has made, unless the first of ``fills`` can have come before it."""
    order = draft.account.order(order_id)
    if order.asked is not None and not may_precede(order, fills[0]):
        agree(draft, order, sum((fill.amount for fill in fills), ZERO))


def may_precede(order: Order, fill: Execution) -> bool:
    """Whether ``fill`` is within the terms that the order had, and completes it neither then nor now."""
    asked = order.as_asked
    filled = order.filled_amount + fill.amount
    return not is_beyond_limit(order, fill) and filled < min(order.amount, asked.amount)


def conclude(draft: Draft, command: ReportOrder) -> None:
    """After its fills: book the change where that is not done yet, or give back what was reserved for it."""
    order = draft.account.order(command.order_id)
    if order.asked is None:
        return
    if command.amended and order.as_asked.remaining:
        agree(draft, order, ZERO)
    elif command.state == "open":
        reject(draft, order, command.reason or "the exchange left the order as it was")


def agree(draft: Draft, order: Order, coming: Decimal) -> None:
    """Book the change; ``coming`` base are the fills after it, which may be more than was left to be had."""
    asked = order.as_asked
    changed = replace(asked, amount=max(asked.amount, order.filled_amount + coming))
    back = max(order.reserved - needed_for(changed, changed.remaining), ZERO)
    write_amended(draft, order, changed, -back)


def write_amended(draft: Draft, order: Order, changed: Order, more: Decimal) -> None:
    """Write what the order is from now on, reserving ``more`` (signed), and have its exits follow."""
    taken, asset = draft.account.taken.get(order.order_id, ()), order.paid_asset
    draft.write(
        OrderAmended(
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
    rearm_released(draft, taken, order.reserved, order.reserved + more)
    rearm_at(draft, order, changed)


def reject(draft: Draft, order: Order, reason: str) -> None:
    taken, asset = draft.account.taken.get(order.order_id, ()), order.paid_asset
    back = min(growth(order, order.as_asked), order.reserved)
    postings = moved(("locked", asset, -back), ("free", asset, back))
    draft.write(AmendmentRejected(order_id=order.order_id, reason=reason, postings=postings))
    rearm_released(draft, taken, order.reserved, order.reserved - back)


def rearm_released(draft: Draft, taken: tuple[Bracket, ...], before: Decimal, now: Decimal) -> None:
    """Guard again what a sell had ``taken`` from exits and gives back: it reserved ``before`` base, and ``now``."""
    kept = within(taken, now)
    for had, keeps in zip(within(taken, before), kept, strict=True):
        arm(draft, replace(had, amount=had.amount - keeps.amount))
