"""``kit orders``"""

from typing import Final, get_args

import click

from domain.events.terms import Status
from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.options import PAIR, WHICH, account_option, cursor_option, exchange_option, json_option, limit_option
from kit.cli.page import Example, Page
from kit.cli.parameters import option
from kit.cli.screen import show
from kit.cli.tables.orders import order_page
from kit.wire.orders import OrderPage

STATES: Final = ("open", *get_args(Status))


@click.command(
    cls=Page,
    see_also=("order", "fills", "cancel"),
    examples=(
        Example("kit orders --status open", "What still stands:"),
        Example("kit orders --pair BTC/USDT --since 2026-03-01T00:00:00Z", "What was ordered on one pair since March:"),
        Example("kit orders --limit 500 --json", "For a program:"),
    ),
)
@option("--status", group=WHICH, type=click.Choice(STATES), help="Only orders that stand so; open is what can fill.")
@option("--pair", group=WHICH, type=PAIR, help="Only orders of this pair.")
@option("--since", group=WHICH, metavar="TIME", help="Only orders since then: 2026-03-01T12:00:00Z.")
@exchange_option
@account_option
@limit_option
@cursor_option
@json_option
@click.pass_obj
def orders(endpoint: Endpoint, /, as_json: bool, **params: object) -> None:
    """List orders, newest first.

    It lists one page; where there are more, it ends with the --cursor of the next. Stop loss and take profit of a
    position are no orders until they trigger: kit order shows them with the order that they belong to.
    """
    show(ask(endpoint, OrderPage, "order.list", as_json=as_json, **params), order_page, as_json=as_json)
