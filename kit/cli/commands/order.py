"""``kit order``"""

import click

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.options import account_option, json_option
from kit.cli.order_tables import order_facts
from kit.cli.screen import show
from kit.wire.orders import Order


@click.command()
@click.argument("order_id", metavar="ID")
@click.option("--by-key", is_flag=True, help="ID is the client order id: the key that the order was placed under.")
@account_option
@json_option
@click.pass_obj
def order(endpoint: Endpoint, order_id: str, by_key: bool, account: str | None, as_json: bool) -> None:
    """Show one order."""
    name = "client_order_id" if by_key else "order_id"
    answer = ask(endpoint, Order, "order.get", as_json=as_json, account=account, **{name: order_id})
    show(answer, order_facts, as_json=as_json)
