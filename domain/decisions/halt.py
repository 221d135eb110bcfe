"""Limits, and the switch that stops trading."""

from domain.commands import HaltTrading, ResumeTrading, SetLimits
from domain.decisions.measure import measure
from domain.draft import Draft
from domain.events.account import RiskLimitsSet, TradingHalted, TradingResumed
from domain.risk.limits import named_values, require_limits


def set_limits(draft: Draft, command: SetLimits) -> None:
    """All limits as they are from now on; losses count from now where none was limited before.

    A halt for a loss ends with its limit.

    Raises:
        InvalidLimit: names the limit, its value and what it must be.
    """
    draft.account.required()
    require_limits(command.limits)
    draft.write(RiskLimitsSet(limits=named_values(command.limits)))
    halt = draft.account.halt
    if halt is not None and halt.check is not None and halt.check not in draft.account.limits:
        draft.write(TradingResumed(reason=f"{halt.check} is no longer limited; the halt was: {halt.reason}"))
    measure(draft, command.prices, always=True)


def halt_trading(draft: Draft, command: HaltTrading) -> None:
    """Stop entries; a halt that there is already is replaced."""
    draft.account.required()
    draft.write(
        TradingHalted(
            reason=command.reason,
            reduce_only=command.reduce_only,
            cancel_orders=command.cancel_orders,
            check=None,
        )
    )


def resume_trading(draft: Draft, command: ResumeTrading) -> None:
    """End a halt, if there is one; after one for a loss, that loss counts from what the account is worth now."""
    halt = draft.account.required().halt
    if halt is None:
        return
    if halt.check is not None:
        measure(draft, command.prices, always=True)
    if draft.account.halt is not None:
        draft.write(TradingResumed(reason=command.reason))
