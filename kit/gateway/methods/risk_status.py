"""``risk.status``: what is limited, how near it is, and whether trading is halted."""

from kit.gateway.asking import AccountName
from kit.gateway.params import Params
from kit.gateway.registry import Context, Method
from kit.gateway.risk_standing import risk_status
from kit.gateway.services import Services
from kit.wire.risk import RiskStatus


class RiskStatusParams(Params, frozen=True, kw_only=True):
    """On every exchange that the account is on, unless one is named."""

    exchange: str | None = None
    account: AccountName = "main"


async def handle(context: Context[Services], params: RiskStatusParams) -> RiskStatus:
    services = context.services
    return await risk_status(services, params.account, services.exchange_or_all(params.exchange))


METHOD = Method(name="risk.status", params=RiskStatusParams, handle=handle, result=RiskStatus)
