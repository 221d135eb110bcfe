"""Limits, and the switch that stops trading."""

from msgspec.structs import replace

from domain.account import Account
from domain.commands import HaltTrading, ResumeTrading, SetLimits
from domain.decisions.measure import halt_for_loss, measure
from domain.draft import Draft
from domain.events.risk import RiskLimitsSet, TradingHalted, TradingResumed
from domain.risk.limits import RiskLimits, limits_from, named_values, require_limits


def set_limits(draft: Draft, command: SetLimits) -> None:
    """Write all limits as they are from now on; losses count from now where none was limited before.

    A halt for a loss ends with its limit.

    Raises:
        InvalidLimit: names the limit, its value and what it must be.
    """
    limits = limits_after(draft.account.required(), command)
    require_limits(limits)
    draft.write(RiskLimitsSet(limits=named_values(limits)))
    halt = draft.account.halt
    if halt is not None and halt.check is not None and halt.check not in draft.account.limits:
        draft.write(TradingResumed(reason=f"{halt.check} is no longer limited; the halt was: {halt.reason}"))
    measure(draft, command.prices, always=True)


def limits_after(account: Account, command: SetLimits) -> RiskLimits:
    if command.named is None:
        return command.limits
    changed = {field: getattr(command.limits, field) for field in command.named}
    return replace(limits_from(account.limits), **changed)


def halt_trading(draft: Draft, command: HaltTrading) -> None:
    """Stop entries. A halt that there is already is replaced, save where it does all that this one would."""
    halt = draft.account.required().halt
    as_strict = halt is not None and halt.check is None and halt.reduce_only == command.reduce_only
    if as_strict and not command.cancel_orders:
        return
    draft.write(
        TradingHalted(
            reason=command.reason,
            reduce_only=command.reduce_only,
            cancel_orders=command.cancel_orders,
            check=None,
        )
    )


def resume_trading(draft: Draft, command: ResumeTrading) -> None:
    """End a halt, if there is one; after one for a loss, that loss counts from what the account is worth now.

    Another loss that has reached its limit halts again at once.
    """
    if draft.account.required().halt is None:
        return
    measure(draft, command.prices, always=True)
    if draft.account.halt is not None:  # Else a new day has ended it just now.
        draft.write(TradingResumed(reason=command.reason))
        halt_for_loss(draft)
