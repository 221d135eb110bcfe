"""The losses that an account limits, and how far each has come."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from domain.account import Account
from domain.risk.limits import NAMES, limits_from
from domain.risk.performance import REFERENCES, Performance

TITLES: Final[Mapping[str, str]] = {
    "dailyLossPercent": "The loss of the day",
    "weeklyLossPercent": "The loss of the week",
    "drawdownPercent": "The drawdown from the peak",
}
FIELDS: Final[Mapping[str, str]] = {name: field for field, name in NAMES.items() if name in REFERENCES}


class Loss(NamedTuple):
    """A loss of ``percent`` under ``check``, which is limited to ``limit`` percent."""

    check: str
    percent: Decimal
    limit: Decimal

    @property
    def reached(self) -> bool:
        return self.percent >= self.limit

    @property
    def title(self) -> str:
        return TITLES[self.check]


def losses(account: Account, performance: Performance) -> list[Loss]:
    """The losses that are limited, as ``performance`` has them."""
    limits = limits_from(account.limits)
    limited = {check: getattr(limits, FIELDS[check]) for check in TITLES}
    return [Loss(check, performance.loss(check), most) for check, most in limited.items() if most is not None]


def reached_losses(account: Account, performance: Performance) -> list[Loss]:
    return [loss for loss in losses(account, performance) if loss.reached]
