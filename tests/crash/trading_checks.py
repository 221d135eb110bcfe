"""What must hold after each decision that the log has, whatever was killed between two of them."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from domain.account import Account
from domain.events.orders import OrderPlaced
from domain.events.reconciliation import DiscrepancyFound
from domain.orders import Order
from tests.crash.evidence import Evidence, Step
from tests.domain.laws.guards import check_guards


def trading_problems(log: Evidence) -> Iterator[str]:
    """Every decision that breaks a law; the paper exchange gives no reason to find anything amiss."""
    amounts: dict[str, Decimal] = {}
    for step in log.steps:
        event = step.entry.event
        if isinstance(event, DiscrepancyFound):
            yield f"{event} is in the log"
        if isinstance(event, OrderPlaced):
            amounts[event.order_id] = event.amount
    for steps in decisions(log.steps):
        place, after = f"{steps[-1].entry.stream} {steps[-1].entry.version}", steps[-1].after
        orders = {**after.orders, **{order.order_id: order for order in touched(steps)}}.values()
        problems = [*unguarded(steps), *overdrawn(after), *overfilled(orders), *odd_pairs(orders, after, amounts)]
        yield from (f"after {place}: {problem}" for problem in problems)


def decisions(steps: Iterable[Step]) -> Iterator[list[Step]]:
    """Entries that were written together: no two decisions have the same stamp."""
    for _, together in groupby(steps, lambda step: (step.entry.stream, step.entry.stamp)):
        yield list(together)


def touched(steps: Iterable[Step]) -> Iterator[Order]:
    """The orders that a decision was about, as it left them."""
    for step in steps:
        order = step.after.find(getattr(step.entry.event, "order_id", None) or "")
        if order is not None:
            yield order


def unguarded(steps: list[Step]) -> Iterator[str]:
    """Armed exits follow what was bought until it is sold."""
    try:
        check_guards(steps[0].before, tuple(step.entry.event for step in steps), steps[-1].after, set())
    except AssertionError as error:
        yield str(error)


def overdrawn(account: Account) -> Iterator[str]:
    for asset, balance in account.balances.items():
        if balance.free < 0 or balance.locked < 0:
            yield f"{account.id} has {balance} {asset}"


def overfilled(orders: Iterable[Order]) -> Iterator[str]:
    for order in orders:
        beyond_budget = order.spend is not None and order.filled_notional > order.spend
        if order.filled_amount > order.amount or beyond_budget:
            yield f"order {order.order_id} has filled {order.filled_amount} of {order.amount} for {order.spend}"


def odd_pairs(orders: Iterable[Order], account: Account, amounts: dict[str, Decimal]) -> Iterator[str]:
    """Of two linked orders one is on the exchange, both end with it, and they trade no more than one of them."""
    for order in orders:
        other = None if order.linked_to is None else account.find(order.linked_to)
        if other is None:
            continue
        if other.filled_amount + order.filled_amount > amounts[order.order_id]:
            yield f"orders {order.order_id} and {other.order_id} have traded more than {amounts[order.order_id]}"
        if order.held and not other.is_open:
            yield f"order {order.order_id} is held for order {other.order_id}, which is {other.status}"
        if order.is_open and other.is_open and order.held == other.held:
            yield f"orders {order.order_id} and {other.order_id} are both on the exchange, or neither"
