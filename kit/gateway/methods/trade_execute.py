"""``trade.execute``: place an order."""

from decimal import Decimal
from typing import Literal

from domain.commands import AmountIn
from domain.events.terms import OrderType, TimeInForce
from domain.refusals import InvalidOrder
from domain.streams import account_stream
from kit.exchanges.protocol import ExchangeError
from kit.gateway.asking import AccountName, Key, PairName, ask
from kit.gateway.finding import OrderName, find_order, order_placed_by
from kit.gateway.moments import Moment, utc
from kit.gateway.params import Params
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.gateway.used_keys import placed_before
from kit.trading.ordering import OrderAsked
from kit.wire.orders import Order


class TradeExecute(Params, frozen=True, kw_only=True):
    """An order. ``amount`` of a market buy is what to spend in quote, of everything else base; ``amountIn`` overrides.

    ``stopLoss`` and ``takeProfit`` are price levels that guard what the order buys, ``trailingStop`` is a distance in
    percent below the highest price since then; they cancel each other. The same ``clientOrderId`` with the same params
    never trades twice.
    """

    action: Literal["buy", "sell"]
    pair: PairName
    amount: Decimal
    type: OrderType
    price: Decimal | None = None
    stop_price: Decimal | None = None
    stop_loss: Decimal | None = None
    take_profit: Decimal | None = None
    trailing_stop: Decimal | None = None
    time_in_force: TimeInForce = "GTC"
    expires_at: Moment | None = None
    post_only: bool = False
    amount_in: AmountIn | None = None
    exchange: str | None = None
    account: AccountName = "main"
    client_order_id: Key | None = None


async def handle(context: Context[Services], params: TradeExecute) -> Order:
    services = context.services
    exchange = services.exchange(params.exchange)
    asked = OrderAsked(
        account=params.account,
        exchange=exchange.id,
        pair=params.pair,
        side=params.action,
        type=params.type,
        amount=params.amount,
        amount_in=params.amount_in,
        price=params.price,
        stop_price=params.stop_price,
        stop_loss=params.stop_loss,
        take_profit=params.take_profit,
        trailing_stop=params.trailing_stop,
        time_in_force=params.time_in_force,
        expires_at=None if params.expires_at is None else utc("expiresAt", params.expires_at),
        post_only=params.post_only,
    )
    content = {name: getattr(asked, name) for name in OrderAsked.__struct_fields__} | {"amount_in": asked.unit}
    asking = ask(context, params.client_order_id, METHOD.name, **content)
    try:
        placed = await services.desk.place(asked, asking)
    except (InvalidOrder, ExchangeError):
        # The key comes before the market: what was placed is told, whether or not its pair is still listed.
        if not await placed_before(services, account_stream(params.account, exchange.id), asking):
            raise
        return await find_order(services, OrderName(None, asking.key, params.account), duplicate=True)
    return await order_placed_by(services, params.account, exchange.id, placed)


METHOD = Method(name="trade.execute", params=TradeExecute, handle=handle, result=Order, role="full", changes=True)
