"""``order.get``: one order by its id or by the client's."""

from kit.gateway.asking import AccountName
from kit.gateway.finding import OrderName, find_order
from kit.gateway.params import Params
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.wire.orders import Order


class OrderGet(Params, frozen=True, kw_only=True):
    """Either id; a client order id is looked up within ``account``."""

    order_id: str | None = None
    client_order_id: str | None = None
    account: AccountName = "main"


async def handle(context: Context[Services], params: OrderGet) -> Order:
    return await find_order(context.services, OrderName(params.order_id, params.client_order_id, params.account))


METHOD = Method(name="order.get", params=OrderGet, handle=handle, result=Order)
