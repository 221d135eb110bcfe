"""``risk.halt``: the switch that stops trading."""

from msgspec.structs import replace

from kit.gateway.asking import AccountName, Key, Reason, ask
from kit.gateway.params import Params
from kit.gateway.registry import Context, Method
from kit.gateway.risk_standing import risk_status
from kit.gateway.services import Services
from kit.trading.rested import Rested
from kit.wire.risk import RiskStatus


class RiskHalt(Params, frozen=True, kw_only=True):
    """Nothing is bought any more, on every exchange that the account is on, unless one is named.

    With ``reduceOnly`` positions can still be sold by any order. Exits go on guarding, and ``position.close`` closes,
    in any case. ``cancelOrders`` cancels what rests.
    """

    reason: Reason
    reduce_only: bool = True
    cancel_orders: bool = False
    exchange: str | None = None
    account: AccountName = "main"
    idempotency_key: Key | None = None


async def handle(context: Context[Services], params: RiskHalt) -> RiskStatus:
    services = context.services
    exchange = services.exchange_or_all(params.exchange)
    content = {name: getattr(params, name) for name in RiskHalt.__struct_fields__ if name != "idempotency_key"}
    asking = ask(context, params.idempotency_key, METHOD.name, **content | {"exchange": exchange})
    before = services.accounts.of(params.account, exchange)
    outcome = await services.desk.halt(
        params.account, exchange, params.reason, params.reduce_only, params.cancel_orders, asking
    )
    sweeps = params.cancel_orders and not outcome.duplicate
    rested = await services.desk.swept(before) if sweeps else Rested()
    return replace(
        await risk_status(services, params.account, exchange),
        cancelled=rested.cancelled,
        unconfirmed=rested.unconfirmed,
        unchanged=not outcome.recorded,
        idempotency_key=asking.key,
        duplicate=outcome.duplicate,
    )


METHOD = Method(name="risk.halt", params=RiskHalt, handle=handle, result=RiskStatus, role="full", changes=True)
