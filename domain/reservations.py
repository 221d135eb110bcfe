"""What an order locks, and how a fill moves value out of it."""

from decimal import Decimal
from typing import Final

from domain.executions import Execution
from domain.money import ZERO, rounded_up
from domain.orders import Order
from domain.postings import Bucket, Posting

ONE: Final = Decimal(1)


def cost_max(notional: Decimal, fee_rate: Decimal) -> Decimal:
    """The most that buying for ``notional`` can take, fee included."""
    return rounded_up(notional * (ONE + fee_rate))


def reserved_after(order: Order, fill: Execution, *, final: bool) -> Decimal:
    """What stays locked for the rest of ``order`` after ``fill``; never more than the fill leaves of it."""
    if final:
        return ZERO
    asset, given = fill.given
    left = order.reserved - given - fill.fee_in(asset)
    spent = fill.notional if order.side == "buy" else ZERO
    # While an amendment is under way nobody knows at which terms the rest is filled.
    terms = (order, order.as_asked)
    needed = max(needed_for(one, max(one.remaining - fill.amount, ZERO), spent) for one in terms)
    return max(min(needed, left), ZERO)


def needed_for(order: Order, remaining: Decimal, spent: Decimal = ZERO) -> Decimal:
    """What ``remaining`` base of ``order`` can take, at most; of a budget, what is left of it without ``spent``."""
    if order.side == "sell":
        return remaining
    if order.budget_left is not None:
        return cost_max(max(order.budget_left - spent, ZERO), order.fee_rate_max)
    price = order.price_bound if order.price is None else order.price
    assert price is not None, f"order {order.order_id} has neither a price nor a bound"
    return cost_max(remaining * price, order.fee_rate_max)


def growth(order: Order, changed: Order) -> Decimal:
    """How much more ``changed`` can take than ``order``; zero where it is less.

    What fees have eaten of the reservation is no part of it: it was not there before, and is not to be after.
    """
    return max(needed_for(changed, changed.remaining) - needed_for(order, order.remaining), ZERO)


def fill_postings(fill: Execution, released: Decimal = ZERO) -> tuple[Posting, ...]:
    """The postings of ``fill``, of which ``released`` comes out of what its order had locked.

    Base and quote meet in ``market``, so that an entry balances at any price without a rate.
    """
    (give, given), (take, taken) = fill.given, fill.taken
    moves: tuple[tuple[Bucket, str, Decimal], ...] = (
        ("locked", give, -released),
        ("free", give, released - given),
        ("market", give, given),
        ("market", take, -taken),
        ("free", take, taken),
        ("free", fill.fee_asset, -fill.fee),
        ("fees", fill.fee_asset, fill.fee),
    )
    sums: dict[tuple[Bucket, str], Decimal] = {}
    for bucket, asset, amount in moves:
        sums[bucket, asset] = sums.get((bucket, asset), ZERO) + amount
    return tuple(Posting(bucket, asset, amount) for (bucket, asset), amount in sums.items() if amount)
