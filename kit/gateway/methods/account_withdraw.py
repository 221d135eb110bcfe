"""``account.withdraw``: book money that went out."""

from decimal import Decimal

from domain.commands import Withdraw
from kit.gateway.asking import AccountName, AssetName, Key, ask
from kit.gateway.methods.account_deposit import Note
from kit.gateway.params import Params
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.gateway.valuing import asset_after
from kit.wire.portfolio import Asset


class AccountWithdraw(Params, frozen=True, kw_only=True):
    """Takes what is free; on a real exchange this records what happened there and never moves money."""

    asset: AssetName
    amount: Decimal
    exchange: str | None = None
    account: AccountName = "main"
    note: Note | None = None
    idempotency_key: Key | None = None


async def handle(context: Context[Services], params: AccountWithdraw) -> Asset:
    services = context.services
    exchange = services.exchange(params.exchange).id
    command = Withdraw(asset=params.asset, amount=params.amount, note=params.note)
    content = {name: getattr(params, name) for name in AccountWithdraw.__struct_fields__ if name != "idempotency_key"}
    asking = ask(context, params.idempotency_key, METHOD.name, **content | {"exchange": exchange})
    outcome = await services.desk.withdraw(params.account, exchange, command, asking)
    return await asset_after(services, outcome, params.asset, asking.key)


METHOD = Method(name="account.withdraw", params=AccountWithdraw, handle=handle, result=Asset, role="full", changes=True)
