"""Booking an execution: on its order, on no order, and what it breaks when it comes late or too large."""

from decimal import Decimal
from typing import NamedTuple

from domain.decisions.brackets import arm_for_fill, make_room, rearm
from domain.draft import Draft
from domain.events.fills import FillRecorded, OrderFilled, PositionAfter
from domain.events.reconciliation import DiscrepancyFound
from domain.executions import Execution
from domain.money import ZERO
from domain.orders import Order, after_fill
from domain.positions import position_after
from domain.reservations import fill_postings, reserved_after


def book(draft: Draft, order: Order, fill: Execution, *, last: bool) -> None:
    """One execution of ``order``, even a late one or one too large; ``last`` says that nothing more will come."""
    taken = draft.account.taken.get(order.order_id, ())
    event = order_filled(draft, order, fill, last=last)
    make_room(draft, event.postings, fill.base)
    draft.write(event)
    if not order.is_open:
        flag(draft, "late fill", order.order_id, fill, expected=f"nothing: the order is {order.status}")
    elif (beyond := excess(order, fill)) is not None:
        flag(draft, "over fill", order.order_id, fill, expected=f"at most {beyond.left:f} {beyond.asset}")
    if is_beyond_limit(order, fill):
        flag(draft, "beyond limit", order.order_id, fill, expected=f"a price no worse than {order.price:f}")
    flag_negative(draft, order.order_id, fill)
    if order.order_id not in draft.account.orders:  # It may have reserved more, for an amendment that came too late.
        rearm(draft, taken, max(order.reserved - fill.amount - fill.base_fee, ZERO))
    arm_for_fill(draft, order, fill.amount - fill.base_fee, fill.price)


class Excess(NamedTuple):
    """A fill that takes ``asked`` of ``asset`` where its order leaves only ``left``."""

    asked: Decimal
    left: Decimal
    asset: str


def excess(order: Order, fill: Execution) -> Excess | None:
    """By how much ``fill`` goes beyond its order: the budget of one that has a budget, else the amount in base."""
    if order.budget_left is None:
        taken = Excess(fill.amount, order.remaining, order.base)
    else:
        taken = Excess(fill.notional, order.budget_left, order.quote)
    return taken if taken.asked > taken.left else None


def is_beyond_limit(order: Order, fill: Execution) -> bool:
    """Whether ``fill`` is at a worse price than its order allows."""
    if order.price is None:
        return False
    return fill.price > order.price if order.side == "buy" else fill.price < order.price


def book_unplaced(draft: Draft, order_id: str | None, fill: Execution) -> None:
    """An execution that no order in reach accounts for."""
    postings = fill_postings(fill)
    make_room(draft, postings, fill.base)
    draft.write(
        FillRecorded(
            trade_id=fill.trade_id,
            order_id=order_id,
            pair=fill.pair,
            base=fill.base,
            quote=fill.quote,
            side=fill.side,
            amount=fill.amount,
            price=fill.price,
            fee=fill.fee,
            fee_asset=fill.fee_asset,
            occurred_at=fill.occurred_at,
            position=next_position(draft, fill),
            postings=postings,
        )
    )


def book_forgotten(draft: Draft, order_id: str, fill: Execution) -> None:
    """An execution of an order that closed too long ago to be in the state: booked, and written down as found."""
    book_unplaced(draft, order_id, fill)
    flag(draft, "late fill", order_id, fill, expected="nothing: the order closed long ago")
    flag_negative(draft, order_id, fill)


def order_filled(draft: Draft, order: Order, fill: Execution, *, last: bool) -> OrderFilled:
    final = last or (order.spend is None and order.filled_amount + fill.amount >= order.amount)
    released = order.reserved - reserved_after(order, fill, final=final)
    return OrderFilled(
        order_id=order.order_id,
        trade_id=fill.trade_id,
        pair=fill.pair,
        base=fill.base,
        quote=fill.quote,
        side=fill.side,
        amount=fill.amount,
        price=fill.price,
        fee=fill.fee,
        fee_asset=fill.fee_asset,
        liquidity=fill.liquidity,
        final=final,
        occurred_at=fill.occurred_at,
        order=after_fill(order, fill.amount, fill.notional, final=final),
        position=next_position(draft, fill),
        postings=fill_postings(fill, released),
    )


def next_position(draft: Draft, fill: Execution) -> PositionAfter | None:
    account = draft.account
    new_id = f"pos-{account.exchange}-{account.position_count + 1}"
    return position_after(account.positions.get(fill.pair), new_id, fill)


def flag_negative(draft: Draft, order_id: str, fill: Execution) -> None:
    """Write down each asset of which the account now has less than nothing."""
    for asset in dict.fromkeys((fill.base, fill.quote, fill.fee_asset)):
        free = draft.account.balance(asset).free
        if free < 0:
            expected = f"{asset} at least 0"
            flag(draft, "negative balance", order_id, fill, expected=expected, found=f"{free:f} {asset} free")


def flag(draft: Draft, kind: str, order_id: str, fill: Execution, *, expected: str, found: str | None = None) -> None:
    draft.write(
        DiscrepancyFound(
            kind=kind,
            subject=f"order {order_id}",
            expected=expected,
            found=found or f"{fill.amount:f} {fill.base} filled at {fill.price:f}",
            order_id=order_id,
            trade_id=fill.trade_id,
        )
    )
