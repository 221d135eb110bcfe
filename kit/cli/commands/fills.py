"""``kit fills``"""

import click

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.options import (
    ORDER,
    PAIR,
    WHICH,
    account_option,
    cursor_option,
    exchange_option,
    json_option,
    limit_option,
)
from kit.cli.page import Example, Page
from kit.cli.parameters import option
from kit.cli.screen import show
from kit.cli.tables.orders import fill_page
from kit.wire.orders import FillPage


@click.command(
    cls=Page,
    see_also=("orders", "portfolio"),
    examples=(
        Example("kit fills --limit 20", "The last twenty:"),
        Example("kit fills --order o-1", "How one order was filled:"),
        Example("kit fills --pair BTC/USDT --json", "All about one pair, for a program:"),
    ),
)
@option("--pair", group=WHICH, type=PAIR, help="Only fills of this pair.")
@option("--order", "order_id", group=WHICH, metavar="ID", type=ORDER, help="Only fills of this order.")
@exchange_option
@account_option
@limit_option
@cursor_option
@json_option
@click.pass_obj
def fills(endpoint: Endpoint, /, as_json: bool, **params: object) -> None:
    """List fills, newest first.

    A fill is one execution at the exchange: one order can have many, at different prices. It lists one page; where
    there are more, it ends with the --cursor of the next.
    """
    show(ask(endpoint, FillPage, "fill.list", as_json=as_json, **params), fill_page, as_json=as_json)
