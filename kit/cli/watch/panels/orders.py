"""Open orders: what is left of them, and how far the market is from them."""

from decimal import Decimal
from typing import Final

from rich.text import Text

from domain.money import EXACT
from kit.cli.figures import NONE, percent, price
from kit.cli.language import text as _
from kit.cli.watch.columns import Column
from kit.cli.watch.figures import age, amount
from kit.cli.watch.model import Model
from kit.cli.watch.panels.room import Room
from kit.cli.watch.text import BAD, GOOD, QUIET, styled
from kit.wire.orders import Order

COLUMNS: Final = (
    Column("Pair"),
    Column("Side"),
    Column("Type", rank=3),
    Column("Remaining", rank=1, right=True),
    Column("Of", rank=5, right=True),
    Column("Price", right=True),
    Column("Stop", rank=4, right=True),
    Column("Away", rank=2, right=True),
    Column("Age", rank=6, right=True),
    Column("Status", rank=7),
    Column("Order", rank=8),
)


def orders(model: Model, room: Room) -> list[Text]:
    return room.table(COLUMNS, model.orders, lambda order: row(order, model, room), _("none open"))


def row(order: Order, model: Model, room: Room) -> list[Text]:
    return [
        styled(order.pair, "bold"),
        styled(_(order.side), GOOD if order.side == "buy" else BAD),
        styled(_(order.type)),
        styled(amount(EXACT.subtract(order.amount, order.filled_amount))),
        styled(amount(order.amount)),
        styled(price(order.price)),
        styled(price(order.stop_price) if order.stop_price is not None else ""),
        styled(away(order, model)),
        styled(age(order.timestamp, room.now)),
        styled(_(order.status)),
        styled(order.order_id, QUIET),
    ]


def away(order: Order, model: Model) -> str:
    """How far the price has to move to what the order waits for, in percent of it: below zero is down."""
    waits_for = awaited(order)
    quote = model.quotes.get(order.pair)
    if waits_for is None or quote is None or not quote.now.price:
        return NONE
    return percent(float(waits_for / quote.now.price - 1) * 100)


def awaited(order: Order) -> Decimal | None:
    """The stop while it was not reached, else the limit; what is filled has an average there, which is no limit."""
    if order.stop_price is not None and not order.triggered:
        return order.stop_price
    return order.price if order.avg_price is None else None
