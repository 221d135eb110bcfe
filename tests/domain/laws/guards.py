"""Whether what guarded entries bought is guarded: armed, or in a sell that gives back what it does not sell."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from domain.account import Account, Bracket, within
from domain.events import Event
from domain.events.exits import ExitDisarmed, ExitTriggered
from domain.events.fills import FillRecorded, OrderFilled
from domain.money import ZERO, exact

Amounts = dict[str, Decimal]


def guarding(account: Account) -> Iterable[Bracket]:
    """Armed exits, and what sells have of exits and would give back now; a fee in base may have eaten into it."""
    yield from account.brackets.values()
    for order_id, taken in account.taken.items():
        order = account.orders.get(order_id)
        if order is None:  # It is being placed.
            yield from taken
        else:
            yield from within(taken, order.reserved)


@exact
def guarded_by_entry(account: Account) -> Amounts:
    guarded: defaultdict[str, Decimal] = defaultdict(Decimal)
    for bracket in guarding(account):
        guarded[bracket.order_id] += bracket.amount
    return guarded


@exact
def check_guards(before: Account, events: tuple[Event, ...], after: Account, owing: set[str]) -> None:
    """What was guarded still is, and so is what guarded entries bought now, but for what was sold or is too little.

    By asset: a sell that grows makes up for the fee that ate into what it had of one entry from what it takes of the
    next. An asset of which the account owes something cannot be guarded in full.
    """
    had, has = guarded_by_entry(before), guarded_by_entry(after)
    for event in events:
        if isinstance(event, OrderFilled) and event.side == "buy" and after.order(event.order_id).has_exits:
            had[event.order_id] = had.get(event.order_id, ZERO) + max(gained(event), ZERO)
    check_highs(before, after)
    lost: defaultdict[str, Decimal] = defaultdict(Decimal)
    for entry, amount in had.items():
        lost[base_of(entry, before, after)] += amount - has.get(entry, ZERO)
    gone = sold(events)
    for entry, amount in let_go(events).items():
        gone[base_of(entry, before, after)] += amount
    for base, amount in lost.items():
        assert amount <= gone[base] or base in owing, f"{amount} {base} lost its exits, {gone[base]} was sold"


def check_highs(before: Account, after: Account) -> None:
    """What stays armed, and what a closed sell gave back, has risen as high as it had before."""
    known = [*before.brackets.values()]
    for order_id in before.taken.keys() - after.taken.keys():
        known += [part for part in within(before.taken[order_id], after.order(order_id).remaining) if part.amount]
    for bracket in known:
        armed = after.brackets.get(bracket.order_id)
        if armed is not None and bracket.high is not None:
            assert armed.high is not None
            assert armed.high >= bracket.high, f"{armed} has fallen from {bracket.high}"


def sold(events: Iterable[Event]) -> defaultdict[str, Decimal]:
    """By asset: what fills took, fees among it; a rebate gives nothing of it back to exits."""
    sold: defaultdict[str, Decimal] = defaultdict(Decimal)
    for event in events:
        if isinstance(event, OrderFilled | FillRecorded) and event.side == "sell":
            sold[event.base] += max(event.amount, -gained(event))
    return sold


def let_go(events: Iterable[Event]) -> Amounts:
    """By entry: what a triggered exit leaves because no exchange would take an order for it."""
    triggered = {event.order_id: event.amount for event in events if isinstance(event, ExitTriggered)}
    return {
        event.order_id: event.amount - triggered.get(event.order_id, ZERO)
        for event in events
        if isinstance(event, ExitDisarmed) and event.reason.endswith(("is too little to be sold", "triggered"))
    }


def gained(event: OrderFilled | FillRecorded) -> Decimal:
    """The base that came in, less the fee where it is taken in base; below zero for a sale."""
    fee = event.fee if event.fee_asset == event.base else ZERO
    return (event.amount if event.side == "buy" else -event.amount) - fee


def base_of(entry: str, *accounts: Account) -> str:
    for account in accounts:
        for bracket in guarding(account):
            if bracket.order_id == entry:
                return bracket.base
        if (order := account.find(entry)) is not None:
            return order.base
    raise LookupError(entry)
