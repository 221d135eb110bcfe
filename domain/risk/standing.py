"""Where an account stands against its limits: what risk is asked for, at a glance."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from domain.account import Account, Halt
from domain.money import HUNDRED, ZERO, divided, exact
from domain.risk.equity import assets_to_price, equity_of, held_assets, measurement
from domain.risk.limits import KINDS, NAMES, RiskLimits, limits_from
from domain.risk.losses import FIELDS
from domain.risk.market import UsdPrices
from domain.risk.performance import Performance, after, is_watched
from domain.risk.placements import within_minute
from domain.risk.sizes import held_and_coming, pairs_entered


class CheckStanding(Struct, frozen=True, kw_only=True):
    """One limit that is set: its present ``value`` in ``unit``; ``reached`` says that it forbids entries now.

    The value is None where a price for it is missing, or where the limit judges each order by itself.
    """

    check: str
    value: Decimal | None
    limit: Decimal
    unit: str
    reached: bool


class RiskStanding(Struct, frozen=True, kw_only=True):
    """``halt`` is None where trading goes on; ``performance`` is as of now, None where losses are not limited.

    ``equity`` is in USD, None where a price in ``missing`` cannot be had; ``unpriced`` assets count nothing.
    """

    halt: Halt | None
    limits: RiskLimits
    checks: tuple[CheckStanding, ...]
    equity: Decimal | None
    performance: Performance | None
    missing: tuple[str, ...]
    unpriced: tuple[str, ...]


@exact
def risk_standing(account: Account, prices: UsdPrices, now: datetime) -> RiskStanding:
    """How ``account`` stands at ``prices``; nothing is written."""
    limits, performance = limits_from(account.limits), performance_now(account, prices, now)
    missing = prices.missing(assets_to_price(account))
    equity = None if missing else equity_of(account, prices)
    values: dict[str, Decimal | None] = {
        "max_position_percent": largest_share(account, prices, equity),
        "max_open_positions": Decimal(len(pairs_entered(account))),
        "max_orders_per_minute": Decimal(len(within_minute(account.placements, now))),
        **{field: None if performance is None else performance.loss(check) for check, field in FIELDS.items()},
    }
    return RiskStanding(
        halt=account.halt,
        limits=limits,
        checks=checks_of(limits, values),
        equity=equity,
        performance=performance,
        missing=missing,
        unpriced=tuple(sorted(held_assets(account) & set(prices.unlisted))),
    )


def checks_of(limits: RiskLimits, values: dict[str, Decimal | None]) -> tuple[CheckStanding, ...]:
    return tuple(
        check_standing(field, values.get(field), getattr(limits, field))
        for field in KINDS
        if getattr(limits, field) is not None
    )


def check_standing(field: str, value: Decimal | None, limit: Any) -> CheckStanding:
    """A loss, a number of positions and a pace are reached at the limit; a share only above it."""
    most = Decimal(limit)
    reached = value is not None and (value > most if field == "max_position_percent" else value >= most)
    return CheckStanding(check=NAMES[field], value=value, limit=most, unit=KINDS[field].unit, reached=reached)


def performance_now(account: Account, prices: UsdPrices, now: datetime) -> Performance | None:
    """The account's performance if it were measured now; as it was last where a price is missing."""
    if not is_watched(account.limits):
        return None
    found = measurement(account, prices)
    return account.performance if found is None else after(account.performance, found, now, account.external)


def largest_share(account: Account, prices: UsdPrices, equity: Decimal | None) -> Decimal | None:
    """The largest share of one asset in equity, cash left out, with what is being bought of it, in percent."""
    if equity is None or equity <= 0:
        return None
    entered = {pair.partition("/")[0] for pair in pairs_entered(account)}
    if prices.cash:
        entered |= held_assets(account) - {*prices.cash}
    worths = [held_and_coming(account, asset, prices) for asset in entered]
    return divided(max(worths, default=ZERO) * HUNDRED, equity)
