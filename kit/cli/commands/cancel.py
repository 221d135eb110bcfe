"""``kit cancel``"""

from collections.abc import Iterator

import click
from rich.console import RenderableType

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.options import PAIR, account_option, json_option, key_option
from kit.cli.order_tables import order_facts
from kit.cli.screen import show
from kit.wire.orders import Cancelled, Order


def rendered(answer: Cancelled) -> Iterator[RenderableType]:
    yield (
        f"Cancelled {len(answer.cancelled)}: {', '.join(answer.cancelled)}"
        if answer.cancelled
        else "Nothing to cancel."
    )
    if answer.failed:
        yield f"Not cancelled, since the exchange did not answer: {', '.join(answer.failed)}"


@click.command()
@click.argument("order_id", metavar="[ID]", required=False)
@click.option("--all", "everything", is_flag=True, help="Cancel every open order.")
@click.option("--pair", type=PAIR, help="With --all: only those of this pair.")
@click.option("--by-key", is_flag=True, help="ID is the client order id: the key that the order was placed under.")
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
    """Cancel one order, or all."""
    if everything == (order_id is not None) or (pair and not everything):
        raise click.UsageError("name one order, or --all, which --pair can narrow")
    common = {"account": account, "idempotency_key": key}
    if everything:
        all_of_them = ask(endpoint, Cancelled, "order.cancelAll", as_json=as_json, pair=pair, **common)
        show(all_of_them, rendered, as_json=as_json, prices=False)
    else:
        name = "client_order_id" if by_key else "order_id"
        one = ask(endpoint, Order, "order.cancel", as_json=as_json, **{name: order_id}, **common)
        show(one, order_facts, as_json=as_json)
