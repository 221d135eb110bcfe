"""``order.amend``: change an open order in place, or the levels that guard what it bought."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from domain.account import Account
from domain.commands import AmendOrder, Spread
from domain.refusals import InvalidOrder
from kit.exchanges.protocol import Exchange, ExchangeError
from kit.gateway.amendments import require_made
from kit.gateway.asking import AccountName, Key, ask
from kit.gateway.finding import OrderName, find_order, held_order
from kit.gateway.params import Params
from kit.gateway.present.orders import order_document
from kit.gateway.refusals import InvalidRequest
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.gateway.used_keys import used_before
from kit.wire.orders import Order

CHANGES = ("amount", "price", "stop_price", "stop_loss", "take_profit", "trailing_stop")


class OrderAmend(Params, frozen=True, kw_only=True):
    """What is not given stays as it is. ``amount`` is the whole amount in base, what is filled included.

    ``stopLoss``, ``takeProfit`` and ``trailingStop`` can also be changed after the order is filled, as long as exits of
    it are armed.
    """

    order_id: str | None = None
    client_order_id: str | None = None
    amount: Decimal | None = None
    price: Decimal | None = None
    stop_price: Decimal | None = None
    stop_loss: Decimal | None = None
    take_profit: Decimal | None = None
    trailing_stop: Decimal | None = None
    account: AccountName = "main"
    idempotency_key: Key | None = None


async def handle(context: Context[Services], params: OrderAmend) -> Order:
    services = context.services
    name = OrderName(params.order_id, params.client_order_id, params.account)
    changes = {field: getattr(params, field) for field in CHANGES}
    if all(value is None for value in changes.values()):
        raise InvalidRequest("amount: nothing to change is given", field="amount")
    account, order_id, pair = await amendable(services, name)
    asking = ask(context, params.idempotency_key, METHOD.name, order=order_id, **changes)
    try:
        command = await amendment(services.exchange(account.exchange), order_id, pair, changes)
    except (InvalidOrder, ExchangeError):
        # The key comes before the market: what was done is told, whether or not the pair is still listed.
        if not await used_before(services, account.id, asking):
            raise
        await require_made(services, account.id, order_id, asking)
        return await find_order(services, OrderName(order_id, None, ""), duplicate=True)
    outcome = await services.desk.amend(account, command, asking)
    if outcome.duplicate:
        await require_made(services, account.id, order_id, asking)
        return await find_order(services, OrderName(order_id, None, ""), duplicate=True)
    amended = None if outcome.account is None else outcome.account.find(order_id)
    if not outcome.recorded or outcome.account is None or amended is None:
        return await find_order(services, OrderName(order_id, None, ""))
    return order_document(outcome.account, amended, outcome.newest_of(order_id))


async def amendment(exchange: Exchange, order_id: str, pair: str, changes: Mapping[str, Any]) -> AmendOrder:
    """The command on the market as it is now.

    Raises:
        InvalidOrder: the pair is not listed.
        ExchangeError: the price that a new stop has to be ahead of cannot be had.
    """
    instrument = exchange.instruments().get(pair)
    if instrument is None:
        raise InvalidOrder("pair", pair, f"is not listed on {exchange.id}")
    spread = None
    if changes["stop_price"] is not None:
        ticker = await exchange.ticker(pair)
        spread = Spread(ticker.bid, ticker.ask)
    return AmendOrder(order_id=order_id, instrument=instrument, exchange_time=exchange.now(), spread=spread, **changes)


async def amendable(services: Services, name: OrderName) -> tuple[Account, str, str]:
    """The account, id and pair of the order, which may have closed long ago and still have exits.

    Raises:
        OrderNotFound: there is none.
    """
    found = held_order(services, name)
    if found is not None:
        account, order = found
        return account, order.order_id, order.pair
    shown = await find_order(services, name)
    return services.accounts.get(shown.account, shown.exchange), shown.order_id, shown.pair


METHOD = Method(name="order.amend", params=OrderAmend, handle=handle, result=Order, role="full", changes=True)
