"""``order.cancel``: cancel what is left of an order."""

from msgspec.structs import replace

from domain.orders import OPEN
from domain.refusals import OrderClosed
from domain.streams import account_stream
from kit.gateway.asking import AccountName, Key, ask
from kit.gateway.finding import OrderName, find_order, known_order
from kit.gateway.params import Params
from kit.gateway.present.orders import order_document
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.trading.tasks import Ask
from kit.wire.orders import Order


class OrderCancel(Params, frozen=True, kw_only=True):
    """Either id. Cancelling a cancelled order answers with it again; a filled one can no longer be cancelled."""

    order_id: str | None = None
    client_order_id: str | None = None
    account: AccountName = "main"
    idempotency_key: Key | None = None


async def handle(context: Context[Services], params: OrderCancel) -> Order:
    services = context.services
    name = OrderName(params.order_id, params.client_order_id, params.account)
    ids = {"order_id": params.order_id, "client_order_id": params.client_order_id}
    asking = ask(context, params.idempotency_key, METHOD.name, **ids, account=params.account)
    # What another request does under this key has to be known before the exchange is asked to do anything.
    found = services.open_order(name.order_id, name.client_order_id, name.account)
    owner = params.account if found is None else found[0].account
    async with services.desk.turns.turn(owner, asking.key):
        return await open_order(services, name, asking) or await closed_order(services, name, asking)


async def open_order(services: Services, name: OrderName, asking: Ask) -> Order | None:
    """Cancel the order if it is open; None where no open order has that name."""
    found = services.open_order(name.order_id, name.client_order_id, name.account)
    if found is None:
        return None
    account, order = found
    if await services.earlier_use(account.id, asking) is not None:
        return await find_order(services, name, duplicate=True)
    outcome = await services.desk.cancel(account, order, asking)
    if outcome.duplicate or not outcome.recorded or outcome.account is None:
        return await find_order(services, name, duplicate=outcome.duplicate, done=True)
    return order_document(outcome.account, outcome.account.order(order.order_id), outcome.newest_of(order.order_id))


async def closed_order(services: Services, name: OrderName, asking: Ask) -> Order:
    """The order where it was cancelled before, or where this very command had its answer before.

    Raises:
        OrderNotFound: there is none.
        OrderClosed: it ended in another way.
        KeyReused: the key was used for something else.
    """
    order = await known_order(services, name)
    if order.status in OPEN:  # It was placed while we looked.
        cancelled = await open_order(services, name, asking)
        if cancelled is not None:
            return cancelled
        order = await known_order(services, name)
    if await services.earlier_use(account_stream(order.account, order.exchange), asking) is not None:
        return replace(order, duplicate=True)
    if order.status != "cancelled":
        raise OrderClosed(order.order_id, order.status)
    return order


METHOD = Method(name="order.cancel", params=OrderCancel, handle=handle, result=Order, role="full", changes=True)
