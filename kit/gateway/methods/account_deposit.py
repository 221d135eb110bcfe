"""``account.deposit``: book money that came in."""

from decimal import Decimal
from typing import Annotated

from msgspec import Meta

from domain.commands import Deposit
from kit.gateway.asking import AccountName, AssetName, Key, ask
from kit.gateway.params import Params
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.gateway.valuing import asset_after
from kit.wire.portfolio import Asset

Note = Annotated[str, Meta(max_length=1_000)]


class AccountDeposit(Params, frozen=True, kw_only=True):
    """``costUsd`` is what the amount had cost in all, where known. An account that does not exist yet is opened.

    On a real exchange this records what happened there; it never moves money.
    """

    asset: AssetName
    amount: Decimal
    exchange: str | None = None
    account: AccountName = "main"
    cost_usd: Decimal | None = None
    note: Note | None = None
    idempotency_key: Key | None = None


async def handle(context: Context[Services], params: AccountDeposit) -> Asset:
    services = context.services
    exchange = services.exchange(params.exchange).id
    command = Deposit(asset=params.asset, amount=params.amount, cost_usd=params.cost_usd, note=params.note)
    content = {name: getattr(params, name) for name in AccountDeposit.__struct_fields__ if name != "idempotency_key"}
    asking = ask(context, params.idempotency_key, METHOD.name, **content | {"exchange": exchange})
    outcome = await services.desk.deposit(params.account, exchange, command, asking)
    return await asset_after(services, outcome, params.asset, asking.key)


METHOD = Method(name="account.deposit", params=AccountDeposit, handle=handle, result=Asset, role="full", changes=True)
