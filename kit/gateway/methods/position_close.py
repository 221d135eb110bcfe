"""``position.close``: sell a position, or a part of it, at the market."""

from decimal import Decimal

from domain.account import Account
from domain.money import floor_to
from domain.positions import Position
from domain.refusals import InvalidOrder
from kit.exchanges.protocol import Exchange
from kit.gateway.asking import AccountName, Key, PairName, ask
from kit.gateway.finding import OrderName, find_order, order_placed_by
from kit.gateway.params import Params
from kit.gateway.refusals import InvalidRequest, NotFound
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.gateway.used_keys import placed_before
from kit.trading.ordering import OrderAsked
from kit.wire.orders import Order


class PositionClose(Params, frozen=True, kw_only=True):
    """Names the position by its ``id`` or its ``pair``; without ``amount`` (base) all of it is sold.

    What its exits guard is sold with it. The same ``clientOrderId`` never sells twice.
    """

    id: str | None = None
    pair: PairName | None = None
    amount: Decimal | None = None
    exchange: str | None = None
    account: AccountName = "main"
    client_order_id: Key | None = None


async def handle(context: Context[Services], params: PositionClose) -> Order:
    services = context.services
    if (params.id is None) == (params.pair is None):
        raise InvalidRequest("id: give it or pair, one of the two", field="id")
    exchange = services.exchange(params.exchange)
    account = services.accounts.get(params.account, exchange.id)
    content = {"id": params.id, "pair": params.pair, "amount": params.amount, "account": params.account}
    asking = ask(context, params.client_order_id, METHOD.name, **content, exchange=exchange.id)
    if await placed_before(services, account.id, asking):
        return await find_order(services, OrderName(None, asking.key, params.account), duplicate=True)
    position = position_named(account, params)
    asked = OrderAsked(
        account=params.account,
        exchange=exchange.id,
        pair=position.pair,
        side="sell",
        type="market",
        amount=amount_of(position, params.amount, step_of(exchange, position.pair)),
        closes=True,
    )
    placed = await services.desk.place(asked, asking)
    return await order_placed_by(services, params.account, exchange.id, placed)


def position_named(account: Account, params: PositionClose) -> Position:
    """The open position of that id or pair.

    Raises:
        NotFound: the account has none.
    """
    for position in account.positions.values():
        if position.position_id == params.id or position.pair == params.pair:
            return position
    named = f"'{params.id}'" if params.pair is None else f"of {params.pair}"
    raise NotFound(f"there is no open position {named}", field="id" if params.pair is None else "pair")


def step_of(exchange: Exchange, pair: str) -> Decimal:
    instrument = exchange.instruments().get(pair)
    if instrument is None:
        raise InvalidOrder("pair", pair, f"is not listed on {exchange.id}")
    return instrument.amount_step


def amount_of(position: Position, asked: Decimal | None, step: Decimal) -> Decimal:
    """How much to sell: what was asked for, within the position, or all of it down to the lot."""
    if asked is None:
        return floor_to(position.amount, step)
    if asked > position.amount:
        base = position.pair.partition("/")[0]
        raise InvalidOrder("amount", asked, f"{base} is more than the {position.amount:f} of {position.position_id}")
    return asked


METHOD = Method(name="position.close", params=PositionClose, handle=handle, result=Order, role="full", changes=True)
