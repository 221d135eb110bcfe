"""One order by an id of it: in the views, or in the accounts' state where a command that was done must not wait."""

import asyncio
from collections.abc import Mapping

from msgspec import Struct

from domain.account import Account, Bracket
from domain.events.orders import OrderPlaced
from domain.orders import Order as OrderState
from domain.refusals import OrderNotFound
from kit.gateway.order_position import newest_position
from kit.gateway.present.orders import order_document, order_from_row
from kit.gateway.refusals import InvalidRequest
from kit.gateway.services import Services
from kit.trading.settlements import Settled
from kit.trading.tasks import Outcome
from kit.views.projector import ViewsBehind
from kit.wire.orders import Order
from projections.order_lookup import by_client_order_id, by_order_id
from projections.views import Views


class OrderName(Struct, frozen=True):
    """The one id by which a client names an order; a client order id within ``account``."""

    order_id: str | None
    client_order_id: str | None
    account: str

    def __post_init__(self) -> None:
        if (self.order_id is None) == (self.client_order_id is None):
            raise InvalidRequest("orderId: give it or clientOrderId, one of the two", field="orderId")

    @property
    def shown(self) -> str:
        return self.order_id or self.client_order_id or ""


class AnswerBehind(ViewsBehind):
    """The command is done, and only its answer has to be read from views that are behind."""

    def __init__(self, behind: ViewsBehind) -> None:
        super().__init__(behind.lag, behind.problem)
        self.args = ("done, but its answer cannot be read yet: ask again with the same key",)


async def find_order(services: Services, name: OrderName, *, duplicate: bool = False, done: bool = False) -> Order:
    """The order as it stands after everything that was acknowledged.

    With ``duplicate`` the command that asks was done before, and with ``done`` just now: the order only answers it.

    Raises:
        OrderNotFound: no order has that id.
        ViewsBehind: the views could not be brought up to date in time; ``AnswerBehind`` where the command is done.
    """
    # A repeated command is answered while the views are still being built, which after a start can take a while.
    if duplicate and (held := held_order(services, name)) is not None:
        return await _as_it_stands(services, *held, duplicate=True)
    try:
        views = await services.projector.current()
    except ViewsBehind as behind:
        if duplicate or done:
            raise AnswerBehind(behind) from behind
        raise
    return await asyncio.to_thread(_read, views, services.accounts.exits(), name, duplicate=duplicate)


async def known_order(services: Services, name: OrderName) -> Order:
    """As ``find_order``, but from the accounts' state where that has it: it never waits for the views there."""
    held = held_order(services, name)
    return await find_order(services, name) if held is None else await _as_it_stands(services, *held)


def placings_of(outcome: Outcome) -> list[OrderPlaced]:
    """The orders that a command placed, in its order."""
    events = (recorded.entry.event for recorded in outcome.recorded)
    return [event for event in events if isinstance(event, OrderPlaced)]


async def order_placed_by(services: Services, account: str, exchange: str, placed: Outcome | Settled) -> Order:
    """The order as its exchange answered it, or as it stands now where the same key had placed it before."""
    if isinstance(placed, Settled):
        return order_document(services.accounts.get(account, exchange), placed.order, placed.seq)
    (event,) = placings_of(placed)
    return await find_order(services, OrderName(event.order_id, None, ""), duplicate=True)


def held_order(services: Services, name: OrderName) -> tuple[Account, OrderState] | None:
    """The order in its account's state, if it is open there or was closed lately."""
    for account in services.accounts:
        if name.order_id is not None:
            order = account.find(name.order_id)
        elif account.account == name.account:
            known = (*account.orders.values(), *account.closed.values())
            order = next((one for one in known if one.client_order_id == name.client_order_id), None)
        else:
            order = None
        if order is not None:
            return account, order
    return None


async def _as_it_stands(services: Services, account: Account, order: OrderState, *, duplicate: bool = False) -> Order:
    views, head = services.projector.views, services.projector.head
    seq = await asyncio.to_thread(newest_position, services.log, views, account.id, order, head)
    return order_document(account, order, seq, duplicate=duplicate)


def _read(views: Views, exits: Mapping[str, Bracket], name: OrderName, *, duplicate: bool) -> Order:
    if name.order_id is not None:
        found = by_order_id(views.orders, name.order_id)
    else:
        found = by_client_order_id(views.orders, name.account, name.shown)
    if found.is_empty():
        raise OrderNotFound(name.shown)
    row = found.row(0, named=True)
    return order_from_row(row, exits.get(row["order_id"]), duplicate=duplicate)
