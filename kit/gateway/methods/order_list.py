"""``order.list``: orders, newest first, page by page."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Final, Literal

from msgspec import Meta

from domain.account import Bracket
from domain.events.terms import Status
from domain.orders import OPEN
from kit.gateway.asking import AccountName, PairName
from kit.gateway.moments import Moment, utc
from kit.gateway.params import Params
from kit.gateway.present.orders import order_from_row
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.wire.orders import OrderPage
from projections.order_lookup import OrderFilter, listed
from projections.views import Views

Cursor = Annotated[str, Meta(pattern=r"^[0-9]{1,18}$(?!\n)")]
Limit = Annotated[int, Meta(ge=1, le=1_000)]
LIMIT_DEFAULT: Final = 100


class OrderList(Params, frozen=True, kw_only=True):
    """All are optional and narrow the list down; ``status`` is one of an order's or ``open``."""

    status: Status | Literal["open"] | None = None
    pair: PairName | None = None
    since: Moment | None = None
    limit: Limit = LIMIT_DEFAULT
    cursor: Cursor | None = None
    exchange: str | None = None
    account: AccountName = "main"


async def handle(context: Context[Services], params: OrderList) -> OrderPage:
    if params.exchange is not None:
        context.services.exchange(params.exchange)
    context.services.require_account(params.account)
    views = await context.services.projector.current()
    wanted = OrderFilter(
        account=params.account,
        exchange=params.exchange,
        status=statuses(params.status),
        pair=params.pair,
        since=None if params.since is None else utc("since", params.since),
        cursor=None if params.cursor is None else int(params.cursor),
    )
    # Pages are put together in a thread: a long one takes longer than the loop may wait.
    exits = context.services.accounts.exits()
    return await asyncio.to_thread(page_of, views, exits, wanted, params.limit)


def page_of(views: Views, exits: Mapping[str, Bracket], wanted: OrderFilter, limit: int) -> OrderPage:
    page = listed(views.orders, wanted, limit)
    orders = [order_from_row(row, exits.get(row["order_id"])) for row in page.orders.to_dicts()]
    return OrderPage(orders=orders, cursor=None if page.cursor is None else str(page.cursor))


def statuses(status: str | None) -> tuple[str, ...] | None:
    if status is None:
        return None
    return tuple(sorted(OPEN)) if status == "open" else (status,)


METHOD = Method(name="order.list", params=OrderList, handle=handle, result=OrderPage)
