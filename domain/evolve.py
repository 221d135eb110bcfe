"""How each event changes an account. Nothing here refuses: it replays history, under whatever rules it was made."""

from datetime import datetime
from decimal import Decimal
from functools import singledispatch

from msgspec.structs import replace

from domain.account import Account, Bracket, Halt, highest, within, without
from domain.events import Entry, Event
from domain.events.amendments import AmendmentRejected, AmendmentRequested, OrderAmended
from domain.events.exits import ExitArmed, ExitDisarmed, ExitTrailed
from domain.events.fills import FillRecorded, OrderFilled, PositionAfter
from domain.events.funds import AccountOpened, FundsDeposited, FundsWithdrawn
from domain.events.linking import OrderLinked, OrderReleased
from domain.events.orders import OrderAccepted, OrderCancelled, OrderPlaced, OrderRejected, OrderTriggered
from domain.events.reconciliation import BalanceAdjusted
from domain.events.risk import EquityMeasured, RiskLimitsSet, TradingHalted, TradingResumed
from domain.money import ZERO, exact
from domain.orders import Order, amended, asked_to_be, placed, with_fill
from domain.positions import position_from
from domain.postings import Posting
from domain.risk.performance import after, counted_anew, is_watched
from domain.risk.placements import ORDERS_PER_MINUTE, within_minute


@exact
def evolve(account: Account, event: Event, at: datetime) -> Account:
    """The account after ``event``, which was written at ``at``."""
    return _step(event, replace(account, version=account.version + 1), at)


def evolve_entry(account: Account, entry: Entry) -> Account:
    assert entry.version == account.version + 1, f"{entry.stream} jumps from {account.version} to {entry.version}"
    return evolve(account, entry.event, entry.stamp.at)


@singledispatch
def _step(event: Event, account: Account, at: datetime) -> Account:
    """Events without a rule of their own (refusals, assertions, proposals) leave the state as it is."""
    return account


@_step.register
def _(event: AccountOpened, account: Account, at: datetime) -> Account:
    return replace(account, account=event.account, exchange=event.exchange, paper=event.paper)


@_step.register(FundsDeposited)
@_step.register(FundsWithdrawn)
@_step.register(BalanceAdjusted)
def _(event: FundsDeposited | FundsWithdrawn | BalanceAdjusted, account: Account, at: datetime) -> Account:
    return account.with_postings(event.postings)


@_step.register
def _(event: OrderPlaced, account: Account, at: datetime) -> Account:
    order = placed(event, account.version, locked_by(event.postings), at)
    if ORDERS_PER_MINUTE in account.limits and event.exit_of is None:
        account = replace(account, placements=(*within_minute(account.placements, at), at))
    return account.with_order(order).with_postings(event.postings)


@_step.register
def _(event: OrderAccepted, account: Account, at: datetime) -> Account:
    order = account.order(event.order_id)
    if not order.is_open:
        return account
    return account.with_order(replace(order.after("accepted"), exchange_order_id=event.exchange_order_id))


@_step.register
def _(event: OrderTriggered, account: Account, at: datetime) -> Account:
    order = account.find(event.order_id)
    return account if order is None else account.with_order(replace(order, triggered=True))


@_step.register
def _(event: OrderFilled, account: Account, at: datetime) -> Account:
    order = account.find(event.order_id)
    if order is not None:
        reserved = order.reserved + locked_by(event.postings, order.paid_asset)
        account = _with_order(account, with_fill(order, event, reserved))
    return _with_position(account.with_postings(event.postings), event.pair, event.position)


@_step.register
def _(event: FillRecorded, account: Account, at: datetime) -> Account:
    return _with_position(account.with_postings(event.postings), event.pair, event.position)


@_step.register
def _(event: OrderAmended, account: Account, at: datetime) -> Account:
    order = account.order(event.order_id)
    changed = amended(order, event, order.reserved + locked_by(event.postings))
    if changed.terms != order.terms:
        # Behind the others, as on the exchange, where it lost its place in time.
        account = replace(account, orders=without(account.orders, order.order_id))
    return _with_order(account, changed).with_postings(event.postings)


@_step.register
def _(event: AmendmentRequested, account: Account, at: datetime) -> Account:
    order = account.order(event.order_id)
    order = replace(order, asked=asked_to_be(event), reserved=order.reserved + locked_by(event.postings))
    return account.with_order(order).with_postings(event.postings)


@_step.register
def _(event: AmendmentRejected, account: Account, at: datetime) -> Account:
    order = account.order(event.order_id)
    order = replace(order, asked=None, reserved=order.reserved + locked_by(event.postings))
    return _with_order(account, order).with_postings(event.postings)


@_step.register
def _(event: OrderLinked, account: Account, at: datetime) -> Account:
    order = account.order(event.order_id)
    order = order.after("accepted") if event.held else order  # By the gateway, in the exchange's place.
    return account.with_order(replace(order, linked_to=event.other_id, held=event.held))


@_step.register
def _(event: OrderReleased, account: Account, at: datetime) -> Account:
    order = account.order(event.order_id)
    order = replace(order, held=False, reserved=order.reserved + locked_by(event.postings))
    return account.with_order(order).with_postings(event.postings)


@_step.register
def _(event: OrderCancelled, account: Account, at: datetime) -> Account:
    order = account.order(event.order_id).after("cancelled", reserved=ZERO, reason=event.reason)
    return _with_order(account, order).with_postings(event.postings)


@_step.register
def _(event: OrderRejected, account: Account, at: datetime) -> Account:
    order = account.order(event.order_id).after("rejected", reserved=ZERO, reason=event.reason)
    return _with_order(account, order).with_postings(event.postings)


@_step.register
def _(event: ExitArmed, account: Account, at: datetime) -> Account:
    held = account.brackets.get(event.order_id)
    bracket = Bracket(
        order_id=event.order_id,
        pair=event.pair,
        base=event.base,
        amount=(held.amount if held else ZERO) + event.amount,
        stop_loss=event.stop_loss,
        take_profit=event.take_profit,
        trailing_stop=event.trailing_stop,
        high=event.high,
    )
    brackets, taken = account.brackets | {event.order_id: bracket}, _at_levels_of(bracket, account.taken)
    return replace(account, brackets=brackets, taken=taken).with_postings(event.postings)


@_step.register
def _(event: ExitTrailed, account: Account, at: datetime) -> Account:
    bracket = replace(account.brackets[event.order_id], high=event.high)
    return replace(account, brackets=account.brackets | {event.order_id: bracket})


@_step.register
def _(event: ExitDisarmed, account: Account, at: datetime) -> Account:
    bracket = account.brackets[event.order_id]
    left = replace(bracket, amount=bracket.amount - event.amount)
    brackets = without(account.brackets, event.order_id)
    if left.amount > 0:
        brackets = account.brackets | {event.order_id: left}
    taken = account.taken
    if event.for_order is not None:
        part = replace(bracket, amount=event.amount)
        taken = taken | {event.for_order: (*taken.get(event.for_order, ()), part)}
    return replace(account, brackets=brackets, taken=taken).with_postings(event.postings)


@_step.register
def _(event: TradingHalted, account: Account, at: datetime) -> Account:
    before = 0 if account.halt is None else account.halt.cancels_before
    halt = Halt(event.reason, event.reduce_only, event.check, at, account.version, event.cancel_orders, before)
    return replace(account, halt=halt)


@_step.register
def _(event: TradingResumed, account: Account, at: datetime) -> Account:
    """A loss that caused the halt counts anew: else it would halt again at once."""
    halt, measured = account.halt, account.performance
    if halt is not None and halt.check is not None and measured is not None:
        measured = counted_anew(measured, halt.check)
    return replace(account, halt=None, performance=measured)


@_step.register
def _(event: RiskLimitsSet, account: Account, at: datetime) -> Account:
    limits = {limit.name: limit.value for limit in event.limits}
    performance = account.performance if is_watched(limits) else None
    placements = account.placements if ORDERS_PER_MINUTE in account.limits else placed_within_minute(account, at)
    if ORDERS_PER_MINUTE not in limits:
        placements = ()
    return replace(account, limits=limits, performance=performance, placements=placements)


@_step.register
def _(event: EquityMeasured, account: Account, at: datetime) -> Account:
    return replace(account, performance=after(account.performance, event, at, account.external))


def placed_within_minute(account: Account, at: datetime) -> tuple[datetime, ...]:
    """When clients placed the orders of the last minute, as far as they are still known."""
    orders = (*account.orders.values(), *account.closed.values())
    return within_minute(sorted(order.placed_at for order in orders if order.exit_of is None), at)


def locked_by(postings: tuple[Posting, ...], asset: str | None = None) -> Decimal:
    """What the postings add to ``locked`` (signed), of ``asset`` or of whatever they lock."""
    moves = (p.amount for p in postings if p.bucket == "locked" and asset in (None, p.asset))
    return sum(moves, ZERO)


def _at_levels_of(armed: Bracket, taken: dict[str, tuple[Bracket, ...]]) -> dict[str, tuple[Bracket, ...]]:
    """``taken`` with the levels of ``armed``: what a sell gives back of it is guarded at them."""
    if not any(part.order_id == armed.order_id for parts in taken.values() for part in parts):
        return taken
    return {order_id: tuple(_at_levels(armed, part) for part in parts) for order_id, parts in taken.items()}


def _at_levels(armed: Bracket, part: Bracket) -> Bracket:
    if part.order_id != armed.order_id:
        return part
    return replace(armed, amount=part.amount, high=highest(part.high, armed.high))


def _with_order(account: Account, order: Order) -> Account:
    """``account`` with ``order``; of what it took from exits it has what it still reserves, and nothing once closed.

    What it was asked to be, and held for, is settled then, too.
    """
    if not order.is_open:
        order = replace(order, asked=None, held=False)
    account = account.with_order(order)
    if order.order_id not in account.taken:
        return account
    taken = without(account.taken, order.order_id)
    if order.is_open:
        # Less than remains to be sold, where a fee in base has eaten into it.
        taken[order.order_id] = within(account.taken[order.order_id], order.reserved)
    return replace(account, taken=taken)


def _with_position(account: Account, pair: str, after: PositionAfter | None) -> Account:
    if after is None:
        return account
    position = position_from(pair, after)
    positions = without(account.positions, pair) if position is None else account.positions | {pair: position}
    return replace(account, positions=positions, position_count=account.position_count + after.opened)
