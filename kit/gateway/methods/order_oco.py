"""``order.oco``: two orders of which one cancels the other."""

from decimal import Decimal
from typing import Literal

from domain.events.orders import OrderPlaced
from domain.refusals import InvalidOrder
from domain.streams import account_stream
from kit.exchanges.protocol import ExchangeError
from kit.gateway.asking import AccountName, Key, PairName, ask
from kit.gateway.finding import OrderName, find_order, known_order, placings_of
from kit.gateway.params import Params
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.gateway.used_keys import placed_before
from kit.trading.ordering import OrderAsked, StopAsked
from kit.wire.orders import LinkedOrders, Order


class OrderOco(Params, frozen=True, kw_only=True):
    """``price`` is the limit of the order that rests; ``stopPrice`` is where the other one triggers.

    A sell has its limit above the market and its stop below, a buy the other way round. ``amount`` is in base. Without
    ``stopLimitPrice`` the stop trades at the market. Both stand until they are cancelled.
    """

    action: Literal["buy", "sell"]
    pair: PairName
    amount: Decimal
    price: Decimal
    stop_price: Decimal
    stop_limit_price: Decimal | None = None
    exchange: str | None = None
    account: AccountName = "main"
    client_order_id: Key | None = None


async def handle(context: Context[Services], params: OrderOco) -> LinkedOrders:
    services = context.services
    exchange = services.exchange(params.exchange)
    asked = OrderAsked(
        account=params.account,
        exchange=exchange.id,
        pair=params.pair,
        side=params.action,
        type="limit",
        amount=params.amount,
        price=params.price,
    )
    stop = StopAsked(stop_price=params.stop_price, limit=params.stop_limit_price)
    content = {name: getattr(params, name) for name in OrderOco.__struct_fields__ if name != "client_order_id"}
    asking = ask(context, params.client_order_id, METHOD.name, **content | {"exchange": exchange.id})
    try:
        outcome = await services.desk.place_linked(asked, stop, asking)
    except (InvalidOrder, ExchangeError):
        # The key comes before the market: what was placed is told, whether or not its pair is still listed.
        if not await placed_before(services, account_stream(params.account, exchange.id), asking):
            raise
        limit = await find_order(services, OrderName(None, asking.key, params.account), duplicate=True)
        other = await find_order(services, OrderName(limit.linked_to, None, ""), duplicate=True)
        return LinkedOrders(orders=[limit, other], duplicate=True)
    placed = [await as_placed(services, event, duplicate=outcome.duplicate) for event in placings_of(outcome)]
    return LinkedOrders(orders=placed, duplicate=outcome.duplicate)


async def as_placed(services: Services, event: OrderPlaced, *, duplicate: bool) -> Order:
    name = OrderName(event.order_id, None, "")
    return await (find_order(services, name, duplicate=True) if duplicate else known_order(services, name))


METHOD = Method(name="order.oco", params=OrderOco, handle=handle, result=LinkedOrders, role="full", changes=True)
