"""``risk.resume``: end a halt."""

from msgspec.structs import replace

from kit.gateway.asking import AccountName, Key, Reason, ask
from kit.gateway.params import Params
from kit.gateway.registry import Context, Method
from kit.gateway.risk_standing import risk_status
from kit.gateway.services import Services
from kit.wire.risk import RiskStatus


class RiskResume(Params, frozen=True, kw_only=True):
    """On every exchange that the account is on, unless one is named. Where nothing is halted, nothing is done."""

    reason: Reason
    exchange: str | None = None
    account: AccountName = "main"
    idempotency_key: Key | None = None


async def handle(context: Context[Services], params: RiskResume) -> RiskStatus:
    services = context.services
    exchange = services.exchange_or_all(params.exchange)
    content = {"reason": params.reason, "exchange": exchange, "account": params.account}
    asking = ask(context, params.idempotency_key, METHOD.name, **content)
    outcome = await services.desk.resume(params.account, exchange, params.reason, asking)
    return replace(
        await risk_status(services, params.account, exchange),
        unchanged=not outcome.recorded,
        idempotency_key=asking.key,
        duplicate=outcome.duplicate,
    )


METHOD = Method(name="risk.resume", params=RiskResume, handle=handle, result=RiskStatus, role="full", changes=True)
