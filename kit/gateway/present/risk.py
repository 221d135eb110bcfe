"""Where accounts stand against their limits, as documents."""

from typing import Final

from domain.account import Account, Halt
from domain.money import plain
from domain.risk.limits import RiskLimits
from domain.risk.standing import CheckStanding, RiskStanding
from kit.wire import risk as wire


def limits_document(limits: RiskLimits) -> wire.RiskLimits:
    return wire.RiskLimits(
        max_position_percent=limits.max_position_percent,
        daily_loss_percent=limits.daily_loss_percent,
        weekly_loss_percent=limits.weekly_loss_percent,
        drawdown_percent=limits.drawdown_percent,
        max_open_positions=limits.max_open_positions,
        min_order_notional=limits.min_order_notional,
        max_order_notional=limits.max_order_notional,
        price_collar_percent=limits.price_collar_percent,
        max_price_age_seconds=limits.max_price_age_s,
        allowed_pairs=limits.allowed_pairs or (),
        blocked_pairs=limits.blocked_pairs,
        max_orders_per_minute=limits.max_orders_per_minute,
    )


def check_document(check: CheckStanding) -> wire.RiskCheck:
    return wire.RiskCheck(
        check=check.check,
        limit=plain(check.limit),
        value=None if check.value is None else plain(check.value),
        unit=check.unit,
        reached=check.reached,
    )


def risk_document(account: Account, standing: RiskStanding, halted_by: str | None) -> wire.ExchangeRisk:
    """``account`` as it stands; ``halted_by`` is the client that halted it."""
    halt = standing.halt or NO_HALT
    return wire.ExchangeRisk(
        exchange=account.exchange,
        halted=standing.halt is not None,
        limits=limits_document(standing.limits),
        equity=None if standing.equity is None else plain(standing.equity),
        checks=tuple(map(check_document, standing.checks)),
        reason=halt.reason or None,
        reduce_only=halt.reduce_only,
        check=halt.check,
        halted_at=halt.at,
        halted_by=halted_by,
        missing=standing.missing,
        unpriced=standing.unpriced,
    )


NO_HALT: Final = Halt(reason="", reduce_only=False)
