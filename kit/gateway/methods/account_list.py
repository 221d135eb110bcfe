"""``account.list``: the accounts of this ledger."""

from kit.gateway.params import NoParams
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.wire.portfolio import Account, Accounts


async def handle(context: Context[Services], params: NoParams) -> Accounts:
    accounts = sorted(context.services.accounts, key=lambda account: (account.account, account.exchange))
    return Accounts(accounts=[Account(account=one.account, exchange=one.exchange, paper=one.paper) for one in accounts])


METHOD = Method(name="account.list", params=NoParams, handle=handle, result=Accounts)
