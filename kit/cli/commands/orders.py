"""``kit orders``"""

from typing import Final, get_args

import click

from domain.events.account import Status
from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.options import PAIR, account_option, cursor_option, exchange_option, json_option, limit_option
from kit.cli.order_tables import order_page
from kit.cli.screen import show
from kit.wire.orders import OrderPage

STATES: Final = ("open", *get_args(Status))


@click.command()
@click.option("--status", type=click.Choice(STATES), help="Only orders that stand so.")
@click.option("--pair", type=PAIR, help="Only orders of this pair.")
@click.option("--since", metavar="TIME", help="Only orders since then: 2026-03-01T12:00:00Z.")
@exchange_option
@account_option
@limit_option
@cursor_option
@json_option
@click.pass_obj
def orders(endpoint: Endpoint, /, as_json: bool, **params: object) -> None:
    """List orders, newest first."""
    show(ask(endpoint, OrderPage, "order.list", as_json=as_json, **params), order_page, as_json=as_json)
