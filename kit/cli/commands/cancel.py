"""``kit cancel``"""

from collections.abc import Iterator

import click
from rich.console import RenderableType

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.exit_codes import CHANGING
from kit.cli.language import text as _
from kit.cli.options import (
    OPEN_ORDER,
    PAIR,
    WHICH,
    account_option,
    by_key_option,
    json_option,
    key_option,
)
from kit.cli.page import Example, Page
from kit.cli.parameters import argument, option
from kit.cli.screen import show
from kit.cli.tables.orders import order_facts
from kit.wire.orders import Cancelled, Order


def rendered(answer: Cancelled) -> Iterator[RenderableType]:
    count, orders = len(answer.cancelled), ", ".join(answer.cancelled)
    yield _("Cancelled {count}: {orders}", count=count, orders=orders) if orders else _("Nothing to cancel.")
    if answer.failed:
        yield _("Not cancelled, since the exchange did not answer: {orders}", orders=", ".join(answer.failed))


@click.command(
    cls=Page,
    exits=CHANGING,
    see_also=("orders", "amend", "close"),
    examples=(
        Example("kit cancel o-1", "Cancel one order:"),
        Example("kit cancel --all --pair BTC/USDT", "Cancel all of one pair:"),
        Example("kit cancel --all", "Cancel everything that still stands:"),
    ),
)
@argument("order_id", metavar="[ID]", type=OPEN_ORDER, required=False, help="The order; without it --all is needed.")
@option("--all", "everything", group=WHICH, is_flag=True, help="Cancel every open order.")
@option("--pair", group=WHICH, type=PAIR, help="With --all: only those of this pair.")
@by_key_option
@account_option
@key_option
@json_option
@click.pass_obj
def cancel(
    endpoint: Endpoint,
    /,
    *,
    order_id: str | None,
    everything: bool,
    pair: str | None,
    by_key: bool,
    account: str | None,
    key: str | None,
    as_json: bool,
) -> None:
    """Cancel one order, or all.

    What is filled already stays bought or sold, with its stop loss and take profit. Cancelling asks nobody and sells
    nothing: kit close ends a position.
    """
    if everything == (order_id is not None) or (pair and not everything):
        raise click.UsageError(_("name one order, or --all, which --pair can narrow"))
    common = {"account": account, "idempotency_key": key}
    if everything:
        all_of_them = ask(endpoint, Cancelled, "order.cancelAll", as_json=as_json, pair=pair, **common)
        show(all_of_them, rendered, as_json=as_json, prices=False)
    else:
        name = "client_order_id" if by_key else "order_id"
        one = ask(endpoint, Order, "order.cancel", as_json=as_json, **{name: order_id}, **common)
        show(one, order_facts, as_json=as_json)
