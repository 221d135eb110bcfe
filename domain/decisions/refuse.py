"""A refusal that is remembered: as an event, so that a retry never turns a no into a late yes."""

from decimal import Decimal
from typing import Final

from domain.draft import Draft
from domain.events.orders import OrderRefused
from domain.events.terms import NamedValue
from domain.money import plain

WORK: Final = {
    "trade.execute": "execute order",
    "order.oco": "place the orders",
    "order.amend": "amend the order",
    "account.withdraw": "withdraw",
}


def refuse_for_funds(
    draft: Draft,
    method: str,
    asset: str,
    *,
    needed: Decimal,
    free: Decimal,
    client_order_id: str | None = None,
    pair: str | None = None,
    hint: str = "",
) -> None:
    """Write that ``needed`` of ``asset`` is more than the ``free`` there is."""
    needs, has = f"{plain(needed):f}", f"{plain(free):f}"
    what = WORK.get(method, "book it")
    draft.write(
        OrderRefused(
            method=method,
            code="INSUFFICIENT_FUNDS",
            message=f"Not enough {asset} to {what}: needs {needs}, free {has}{hint}",
            check="funds",
            limit=has,
            inputs=(NamedValue("asset", asset), NamedValue("needed", needs), NamedValue("free", has)),
            client_order_id=client_order_id,
            pair=pair,
            asset=asset,
        )
    )
