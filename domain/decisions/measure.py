"""Measuring an account's equity: written down where it matters, and acted on where a loss has reached its limit."""

from datetime import datetime
from typing import Final

from domain.account import Account, Halt
from domain.commands import MeasureEquity
from domain.draft import Draft
from domain.events.risk import EquityMeasured, TradingHalted, TradingResumed
from domain.money import exact
from domain.risk.breach import about, exactly
from domain.risk.equity import measurement
from domain.risk.losses import reached_losses
from domain.risk.market import UsdPrices
from domain.risk.performance import after, is_watched, monday

NEW_HIGH: Final = 10_000  # A high counts as new where it is a ten-thousandth (0.01 %) above the last one.
CLOSING_MINUTE: Final = (23, 59)


def measure_equity(draft: Draft, command: MeasureEquity) -> None:
    draft.account.required()
    measure(draft, command.prices)


@exact
def matters(account: Account, prices: UsdPrices, now: datetime) -> bool:
    """Whether a measurement of ``account`` at ``now`` would write anything."""
    if not is_watched(account.limits):
        return False
    found = measurement(account, prices)
    return found is not None and worth_writing(account, found, now)


def measure(draft: Draft, prices: UsdPrices, *, always: bool = False) -> None:
    """Measure where losses are limited and all prices are there; a halt of an earlier day or week ends with it.

    A loss that has reached its limit halts trading, once.
    """
    if not is_watched(draft.account.limits):
        return
    found = measurement(draft.account, prices)
    if found is None or not (always or worth_writing(draft.account, found, draft.at)):
        return
    resume_after_its_time(draft)
    draft.write(found)
    halt_for_loss(draft)


def worth_writing(account: Account, found: EquityMeasured, now: datetime) -> bool:
    """Whether ``found`` says something new, or is the first of an hour.

    So no day or week begins far from its last measurement. New is money that came or went, a high, what has no price, a
    halt that has had its time, and a loss that has reached its limit.
    """
    before = account.performance
    if before is None or found.inflow or before.external != account.external:
        return True
    if slot(now) != slot(before.at) or has_had_its_time(account.halt, now):
        return True
    then = after(before, found, now, account.external)
    if then.nav * NEW_HIGH > before.peak_nav * (NEW_HIGH + 1) or found.unpriced != before.unpriced:
        return True
    return account.halt is None and bool(reached_losses(account, then))


def slot(at: datetime) -> datetime:
    """The UTC hour of ``at``; the last minute of a day counts as one of its own, which closes it."""
    closing = (at.hour, at.minute) == CLOSING_MINUTE
    return at.replace(minute=at.minute if closing else 0, second=0, microsecond=0)


def resume_after_its_time(draft: Draft) -> None:
    """Before the new day's first measurement: the present day's loss counts from the last one before it."""
    halt = draft.account.halt
    if halt is not None and has_had_its_time(halt, draft.at):
        period = "day" if halt.check == "dailyLossPercent" else "week"
        draft.write(TradingResumed(reason=f"a new {period} has begun; the halt was: {halt.reason}"))


def has_had_its_time(halt: Halt | None, now: datetime) -> bool:
    if halt is None or halt.at is None:
        return False
    if halt.check == "dailyLossPercent":
        return now.date() > halt.at.date()
    return halt.check == "weeklyLossPercent" and monday(now) > monday(halt.at)


def halt_for_loss(draft: Draft) -> None:
    account = draft.account
    if account.halt is not None or account.performance is None:
        return
    for loss in reached_losses(account, account.performance):
        reason = f"{loss.title} of {about(loss.percent)} % has reached the limit of {exactly(loss.limit)} %"
        draft.write(TradingHalted(reason=reason, reduce_only=True, cancel_orders=False, check=loss.check))
        return
