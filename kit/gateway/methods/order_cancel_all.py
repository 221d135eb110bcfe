"""``order.cancelAll``: cancel all open orders, or those of one pair."""

from collections.abc import Iterable

from domain.account import Account
from domain.events import Recorded
from domain.events.orders import OrderCancelled
from domain.streams import account_stream
from kit.gateway.asking import AccountName, Key, PairName, ask
from kit.gateway.params import Params
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.trading.tasks import Ask
from kit.wire.orders import Cancelled


class OrderCancelAll(Params, frozen=True, kw_only=True):
    """Narrowed down to one pair where given; on the first configured exchange unless one is named."""

    pair: PairName | None = None
    exchange: str | None = None
    account: AccountName = "main"
    idempotency_key: Key | None = None


async def handle(context: Context[Services], params: OrderCancelAll) -> Cancelled:
    services = context.services
    exchange = services.exchange(params.exchange).id
    asking = ask(
        context, params.idempotency_key, METHOD.name, pair=params.pair, exchange=exchange, account=params.account
    )
    async with services.desk.turns.turn(params.account, asking.key):
        earlier = await services.earlier_use(account_stream(params.account, exchange), asking)
        account = services.accounts.get(params.account, exchange)
        pair = params.pair if earlier is None else ""  # Used before: ask for nothing, and get the first answer.
        return await cancel(services, account, pair, asking)


async def cancel(services: Services, account: Account, pair: str | None, asking: Ask) -> Cancelled:
    orders = [order for order in account.orders.values() if pair in (None, order.pair)]
    outcome, failed = await services.desk.cancel_all(account, orders, asking)
    return Cancelled(
        cancelled=cancelled_in(outcome.recorded),
        failed=tuple(failed),
        idempotency_key=asking.key,
        duplicate=outcome.duplicate,
    )


def cancelled_in(recorded: Iterable[Recorded]) -> list[str]:
    events = (one.entry.event for one in recorded)
    return [event.order_id for event in events if isinstance(event, OrderCancelled)]


METHOD = Method(
    name="order.cancelAll", params=OrderCancelAll, handle=handle, result=Cancelled, role="full", changes=True
)
