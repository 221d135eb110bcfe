"""``kit fills``"""

import click

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.options import PAIR, account_option, cursor_option, exchange_option, json_option, limit_option
from kit.cli.order_tables import fill_page
from kit.cli.screen import show
from kit.wire.orders import FillPage


@click.command()
@click.option("--pair", type=PAIR, help="Only fills of this pair.")
@click.option("--order", "order_id", metavar="ID", help="Only fills of this order.")
@exchange_option
@account_option
@limit_option
@cursor_option
@json_option
@click.pass_obj
def fills(endpoint: Endpoint, /, as_json: bool, **params: object) -> None:
    """List fills, newest first."""
    show(ask(endpoint, FillPage, "fill.list", as_json=as_json, **params), fill_page, as_json=as_json)
