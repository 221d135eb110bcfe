"""``kit order``"""

import click

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.options import ORDER, account_option, by_key_option, json_option
from kit.cli.page import Example, Page
from kit.cli.parameters import argument
from kit.cli.screen import show
from kit.cli.tables.orders import order_facts
from kit.wire.orders import Order


@click.command(
    cls=Page,
    see_also=("orders", "fills", "amend", "cancel"),
    examples=(
        Example("kit order o-1", "See how an order stands:"),
        Example("kit order rebalance-7 --by-key", "Find out what became of a command whose outcome is unknown:"),
    ),
)
@argument("order_id", metavar="ID", type=ORDER, help="The order.")
@by_key_option
@account_option
@json_option
@click.pass_obj
def order(endpoint: Endpoint, order_id: str, by_key: bool, account: str | None, as_json: bool) -> None:
    """Show one order.

    It shows how the order stands, what was filled at which price, the fee, and its exits. The single fills are what
    kit fills --order ID lists.
    """
    name = "client_order_id" if by_key else "order_id"
    answer = ask(endpoint, Order, "order.get", as_json=as_json, account=account, **{name: order_id})
    show(answer, order_facts, as_json=as_json)
