"""``risk.limits``: read the limits, or set some of them."""

from decimal import Decimal
from typing import Any, Final, TypeAlias

from msgspec import UNSET, UnsetType, structs
from msgspec.structs import replace

from domain.risk.limits import RiskLimits
from kit.gateway.asking import AccountName, Key, PairName, ask
from kit.gateway.params import Params
from kit.gateway.registry import Context, Method
from kit.gateway.risk_standing import risk_status
from kit.gateway.services import Services
from kit.wire.risk import RiskStatus

Number: TypeAlias = Decimal | UnsetType | None
Count: TypeAlias = int | UnsetType | None
Pairs: TypeAlias = tuple[PairName, ...] | UnsetType | None


class LimitChanges(Params, frozen=True, kw_only=True):
    """The limits to change: a value sets one, null takes it away, and one that is left out stays as it is."""

    max_position_percent: Number = UNSET
    daily_loss_percent: Number = UNSET
    weekly_loss_percent: Number = UNSET
    drawdown_percent: Number = UNSET
    max_open_positions: Count = UNSET
    min_order_notional: Number = UNSET
    max_order_notional: Number = UNSET
    price_collar_percent: Number = UNSET
    max_price_age_seconds: Number = UNSET
    allowed_pairs: Pairs = UNSET
    blocked_pairs: Pairs = UNSET
    max_orders_per_minute: Count = UNSET


class RiskLimitsParams(Params, frozen=True, kw_only=True):
    """On every exchange that the account is on, unless one is named."""

    limits: LimitChanges | None = None
    exchange: str | None = None
    account: AccountName = "main"
    idempotency_key: Key | None = None


async def handle(context: Context[Services], params: RiskLimitsParams) -> RiskStatus:
    services = context.services
    exchange = services.exchange_or_all(params.exchange)
    changes = changes_in(params)
    if not changes:
        return await risk_status(services, params.account, exchange)
    content = {"limits": changes, "exchange": exchange, "account": params.account}
    asking = ask(context, params.idempotency_key, METHOD.name, **content)
    limits, named = RiskLimits(**given(changes)), frozenset(changes)
    outcome = await services.desk.set_limits(params.account, exchange, limits, asking, named)
    status = await risk_status(services, params.account, exchange)
    return replace(status, idempotency_key=asking.key, duplicate=outcome.duplicate)


def changes_in(params: RiskLimitsParams) -> dict[str, Any]:
    """The limits to change, by the field of ``RiskLimits``; None for those to take away."""
    changes = {} if params.limits is None else structs.asdict(params.limits)
    return {FIELDS.get(name, name): value for name, value in changes.items() if value is not UNSET}


def given(changes: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in changes.items() if value is not None}


FIELDS: Final = {"max_price_age_seconds": "max_price_age_s"}  # The wire spells the unit out.
METHOD = Method(
    name="risk.limits",
    params=RiskLimitsParams,
    handle=handle,
    result=RiskStatus,
    role="full",
    changes=True,
    reads=lambda params: not changes_in(params),
)
