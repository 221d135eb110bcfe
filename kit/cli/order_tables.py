"""Orders and fills as tables."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table

from kit.cli.figures import distance, exact, moment, price
from kit.cli.screen import facts, table
from kit.wire.orders import Fill, FillPage, Order, OrderPage


def order_facts(order: Order) -> Iterator[RenderableType]:
    if order.duplicate:
        yield "This key was used before: nothing was done; this is the order it made."
    base = order.pair.partition("/")[0]
    yield facts(
        [
            ("Order", f"{order.order_id}: {order.status}{f' ({order.reason})' if order.reason else ''}"),
            ("", f"{order.type} {order.side} of {exact(order.amount)} {base} on {order.pair}"),
            ("Filled", f"{exact(order.filled_amount)} of {exact(order.amount)} {base}"),
            ("Price", price(order.price)),
            ("Fee", f"{exact(order.fee)} {order.fee_currency}"),
            ("Stop", price(order.stop_price) if order.stop_price is not None else None),
            ("Stop loss", price(order.stop_loss) if order.stop_loss is not None else None),
            ("Take profit", price(order.take_profit) if order.take_profit is not None else None),
            ("Trailing stop", trailing(order)),
            ("On", f"{order.exchange}, account {order.account}"),
            ("At", moment(order.timestamp)),
            ("Key", order.client_order_id),
        ]
    )


def trailing(order: Order) -> str | None:
    """How far the stop follows the price, and the level it has come to where it is armed."""
    if order.trailing_stop is None:
        return None
    words = f"{distance(order.trailing_stop)} below the highest price"
    return words if order.trailing_level is None else f"{words}: {price(order.trailing_level)} now"


def order_page(page: OrderPage) -> Iterator[RenderableType]:
    yield order_table(page.orders) if page.orders else "No orders."
    if page.cursor is not None:
        yield f"There are more: --cursor {page.cursor}"


def order_table(orders: Sequence[Order]) -> Table:
    numbers = ("Amount", "Filled", "Price")
    made = table("Order", "Time", "Pair", "Side", "Type", *numbers, "Status", right=numbers)
    for order in orders:
        amounts = (exact(order.amount), exact(order.filled_amount), price(order.price))
        made.add_row(
            order.order_id, moment(order.timestamp), order.pair, order.side, order.type, *amounts, order.status
        )
    return made


def fill_page(page: FillPage) -> Iterator[RenderableType]:
    yield fill_table(page.fills) if page.fills else "No fills."
    if page.cursor is not None:
        yield f"There are more: --cursor {page.cursor}"


def fill_table(fills: Sequence[Fill]) -> Table:
    numbers = ("Amount", "Price", "Fee")
    made = table("Trade", "Time", "Pair", "Side", *numbers, "In", "Order", right=numbers)
    for fill in fills:
        amounts = (exact(fill.amount), price(fill.price), exact(fill.fee), fill.fee_currency)
        made.add_row(fill.trade_id, moment(fill.executed_at), fill.pair, fill.side, *amounts, fill.order_id or "–")
    return made
