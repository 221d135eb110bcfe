"""Orders and fills as tables."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table

from kit.cli.figures import distance, exact, moment, price
from kit.cli.language import text as _
from kit.cli.screen import facts, table
from kit.wire.orders import Fill, FillPage, Order, OrderPage


def order_facts(order: Order) -> Iterator[RenderableType]:
    if order.duplicate:
        yield _("This key was used before: nothing was done; this is the order it made.")
    yield facts(
        [
            (_("Order"), f"{order.order_id}: {state(order)}"),
            ("", intent(order)),
            (_("Filled"), filled(order)),
            (_("Price"), price(order.price)),
            (_("Fee"), f"{exact(order.fee)} {order.fee_currency}"),
            (_("Stop"), price(order.stop_price) if order.stop_price is not None else None),
            (_("Stop loss"), price(order.stop_loss) if order.stop_loss is not None else None),
            (_("Take profit"), price(order.take_profit) if order.take_profit is not None else None),
            (_("Trailing stop"), trailing(order)),
            (_("Linked to"), order.linked_to),
            (_("On"), _("{exchange}, account {account}", exchange=order.exchange, account=order.account)),
            (_("At"), moment(order.timestamp)),
            (_("Key"), order.client_order_id),
        ]
    )


def trailing(order: Order) -> str | None:
    """How far the stop follows the price, and the level it has come to where it is armed."""
    if order.trailing_stop is None:
        return None
    percent, level = distance(order.trailing_stop), order.trailing_level
    if level is None:
        return _("{percent} below the highest price", percent=percent)
    return _("{percent} below the highest price: {level} now", percent=percent, level=price(level))


def state(order: Order) -> str:
    """The status, with what the exchange or the ledger said about it as it came."""
    return f"{_(order.status)} ({_(order.reason)})" if order.reason else _(order.status)


def intent(order: Order) -> str:
    return _(
        "{type} {side} of {amount} {base} on {pair}",
        type=_(order.type),
        side=_(order.side),
        amount=exact(order.amount),
        base=order.pair.partition("/")[0],
        pair=order.pair,
    )


def filled(order: Order) -> str:
    base = order.pair.partition("/")[0]
    return _("{filled} of {amount} {base}", filled=exact(order.filled_amount), amount=exact(order.amount), base=base)


def order_page(page: OrderPage) -> Iterator[RenderableType]:
    yield order_table(page.orders) if page.orders else _("No orders.")
    if page.cursor is not None:
        yield _("There are more: --cursor {cursor}", cursor=page.cursor)


def order_table(orders: Sequence[Order]) -> Table:
    numbers = (_("Amount"), _("Filled"), _("Price"))
    made = table(_("Order"), _("Time"), _("Pair"), _("Side"), _("Type"), *numbers, _("Status"), right=numbers)
    for order in orders:
        amounts = (exact(order.amount), exact(order.filled_amount), price(order.price))
        kind = (_(order.side), _(order.type))
        made.add_row(order.order_id, moment(order.timestamp), order.pair, *kind, *amounts, _(order.status))
    return made


def fill_page(page: FillPage) -> Iterator[RenderableType]:
    yield fill_table(page.fills) if page.fills else _("No fills.")
    if page.cursor is not None:
        yield _("There are more: --cursor {cursor}", cursor=page.cursor)


def fill_table(fills: Sequence[Fill]) -> Table:
    numbers = (_("Amount"), _("Price"), _("Fee"))
    made = table(_("Trade"), _("Time"), _("Pair"), _("Side"), *numbers, _("In"), _("Order"), right=numbers)
    for fill in fills:
        amounts = (exact(fill.amount), price(fill.price), exact(fill.fee), fill.fee_currency)
        made.add_row(fill.trade_id, moment(fill.executed_at), fill.pair, _(fill.side), *amounts, fill.order_id or "–")
    return made
