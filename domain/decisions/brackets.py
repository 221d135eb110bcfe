"""Arming and disarming: what the exits of an entry guard is locked once for all of them."""

from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from domain.account import Account, Bracket, highest, within
from domain.draft import Draft
from domain.events.exits import ExitArmed, ExitDisarmed
from domain.events.terms import Side
from domain.money import ZERO
from domain.orders import Order
from domain.postings import Posting, moved

EXITS: Final = ("stop_loss", "take_profit", "trailing_stop")


def arm_for_fill(draft: Draft, order: Order, gained: Decimal, price: Decimal) -> None:
    """Guard the ``gained`` base of a fill at ``price`` by the exits that its entry was given."""
    if order.side == "buy" and order.has_exits:
        arm(draft, bracket_of(order, gained, price))


def bracket_of(order: Order, amount: Decimal, high: Decimal | None) -> Bracket:
    return Bracket(
        order_id=order.order_id,
        pair=order.pair,
        base=order.base,
        amount=amount,
        stop_loss=order.stop_loss,
        take_profit=order.take_profit,
        trailing_stop=order.trailing_stop,
        high=high,
    )


def arm(draft: Draft, bracket: Bracket) -> None:
    """Lock what ``bracket`` guards, as far as it is free, at the levels that its entry has now."""
    bracket = at_present(draft.account, bracket)
    amount = min(bracket.amount, draft.account.balance(bracket.base).free)
    if amount <= 0:
        return
    draft.write(
        ExitArmed(
            order_id=bracket.order_id,
            pair=bracket.pair,
            base=bracket.base,
            amount=amount,
            stop_loss=bracket.stop_loss,
            take_profit=bracket.take_profit,
            trailing_stop=bracket.trailing_stop,
            high=high_of(bracket, draft.account.brackets.get(bracket.order_id)),
            postings=moved(("free", bracket.base, -amount), ("locked", bracket.base, amount)),
        )
    )


def high_of(bracket: Bracket, armed: Bracket | None) -> Decimal | None:
    """The high to arm ``bracket`` with: that of what is ``armed`` already never falls."""
    if bracket.trailing_stop is None:
        return None
    return highest(bracket.high, None if armed is None else armed.high)


def at_present(account: Account, bracket: Bracket) -> Bracket:
    """``bracket`` with its entry's levels, which may have been amended while a sell had it."""
    entry = account.find(bracket.order_id)
    if entry is None:
        return bracket
    return replace(bracket, stop_loss=entry.stop_loss, take_profit=entry.take_profit, trailing_stop=entry.trailing_stop)


def rearm_at(draft: Draft, order: Order, changed: Order) -> None:
    """Guard what is bought already at the levels that ``order`` has now that it is ``changed``."""
    bracket = draft.account.brackets.get(order.order_id)
    exits = {name: getattr(changed, name) for name in EXITS}
    if bracket is None:
        if not order.has_exits and changed.has_exits:
            arm(draft, bracket_of(changed, unguarded(draft.account, changed), None))
    elif any(getattr(bracket, name) != value for name, value in exits.items()):
        disarm(draft, bracket, bracket.amount, "amended", None)
        arm(draft, replace(bracket, **exits))


def unguarded(account: Account, order: Order) -> Decimal:
    """How much of what ``order`` bought so far is still in its position, and guarded by nobody."""
    position = account.positions.get(order.pair)
    held = (position.amount if position else ZERO) - guarded(account, order.base)
    return max(min(order.filled_amount - order.fees.get(order.base, ZERO), held), ZERO)


def disarm(draft: Draft, bracket: Bracket, amount: Decimal, reason: str, for_order: str | None) -> None:
    draft.write(
        ExitDisarmed(
            order_id=bracket.order_id,
            amount=amount,
            reason=reason,
            for_order=for_order,
            postings=moved(("locked", bracket.base, -amount), ("free", bracket.base, amount)),
        )
    )


def guarded(account: Account, base: str) -> Decimal:
    """How much of ``base`` all exits together guard."""
    return sum((bracket.amount for bracket in account.brackets.values() if bracket.base == base), ZERO)


def available(account: Account, side: Side, asset: str) -> Decimal:
    """How much of ``asset`` an order of that side may take.

    A sell may take what exits guard: they follow the position, they do not hold it captive.
    """
    return account.balance(asset).free + (guarded(account, asset) if side == "sell" else ZERO)


def make_room(draft: Draft, postings: tuple[Posting, ...], base: str) -> None:
    """Disarm exits for a sale that takes more base than is free: what they guarded is sold, whoever sold it."""
    for posting in postings:
        if posting.bucket == "free" and posting.asset == base:
            release_for(draft, None, base, -posting.amount - draft.account.balance(base).free)


def release_for(draft: Draft, order_id: str | None, base: str, needed: Decimal) -> None:
    """Disarm exits, oldest first, until the sell ``order_id`` has the ``needed`` base that is not free.

    Without an order it is sold already, and nothing of it will be armed again.
    """
    for bracket in list(draft.account.brackets.values()):
        if needed <= 0:
            return
        if bracket.base == base:
            amount = min(bracket.amount, needed)
            disarm(draft, bracket, amount, "sold by another order", order_id)
            needed -= amount


def rearm(draft: Draft, taken: tuple[Bracket, ...], unsold: Decimal) -> None:
    """Guard again what a sell that has ended had ``taken`` from exits, as far as it left base ``unsold``."""
    for bracket in within(taken, unsold):
        arm(draft, bracket)
