"""``fill.list``: executions, newest first, page by page."""

import asyncio

from kit.gateway.asking import AccountName, PairName
from kit.gateway.methods.order_list import LIMIT_DEFAULT, Cursor, Limit
from kit.gateway.params import Params
from kit.gateway.present.orders import fill_from_row
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.wire.orders import FillPage
from projections import fills
from projections.views import Views


class FillList(Params, frozen=True, kw_only=True):
    """All are optional and narrow the list down."""

    pair: PairName | None = None
    order_id: str | None = None
    limit: Limit = LIMIT_DEFAULT
    cursor: Cursor | None = None
    exchange: str | None = None
    account: AccountName = "main"


async def handle(context: Context[Services], params: FillList) -> FillPage:
    if params.exchange is not None:
        context.services.exchange(params.exchange)
    context.services.require_account(params.account)
    views = await context.services.projector.current()
    # Pages are put together in a thread: a long one takes longer than the loop may wait.
    return await asyncio.to_thread(page_of, views, params)


def page_of(views: Views, params: FillList) -> FillPage:
    before = None if params.cursor is None else int(params.cursor)
    page = fills.newest(
        views.fills,
        params.limit + 1,
        account=params.account,
        exchange=params.exchange,
        order_id=params.order_id,
        pair=params.pair,
        before=before,
    )
    rows = page.to_dicts()
    more = len(rows) > params.limit
    shown = [fill_from_row(row) for row in rows[: params.limit]]
    return FillPage(fills=shown, cursor=str(shown[-1].seq) if more else None)


METHOD = Method(name="fill.list", params=FillList, handle=handle, result=FillPage)
