"""``kit amend``: change an open order in place."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

import click

from kit.cli.asking import ask, confirmed
from kit.cli.endpoint import Endpoint
from kit.cli.figures import distance, exact, price
from kit.cli.options import AMOUNT, account_option, json_option, key_option, yes_option
from kit.cli.order_tables import order_facts
from kit.cli.screen import show
from kit.wire.orders import Order

WRITTEN: Final[Mapping[str, Callable[[Decimal], str]]] = {"amount": exact, "trailing_stop": distance}


@click.command()
@click.argument("order_id", metavar="ORDER")
@click.option("--amount", type=AMOUNT, metavar="AMOUNT", help="The whole amount in base, what is filled included.")
@click.option("--limit", type=AMOUNT, metavar="PRICE", help="The worst price to accept.")
@click.option("--stop", type=AMOUNT, metavar="PRICE", help="Where a stop order triggers, while it has not.")
@click.option("--stop-loss", type=AMOUNT, metavar="PRICE", help="Sell what it buys, or bought, when the price falls.")
@click.option("--take-profit", type=AMOUNT, metavar="PRICE", help="Sell what it buys, or bought, when the price rises.")
@click.option(
    "--trailing-stop", type=AMOUNT, metavar="PERCENT", help="Sell it so far below the highest price from now on."
)
@click.option("--by-key", is_flag=True, help="ORDER is the client order id: the key that the order was placed under.")
@account_option
@key_option
@yes_option
@json_option
@click.pass_obj
def amend(
    endpoint: Endpoint,
    /,
    *,
    order_id: str,
    amount: Decimal | None,
    limit: Decimal | None,
    stop: Decimal | None,
    stop_loss: Decimal | None,
    take_profit: Decimal | None,
    trailing_stop: Decimal | None,
    by_key: bool,
    account: str | None,
    key: str | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Change ORDER in place: what is not given stays. At another amount or price it goes behind the others there."""
    exits = {"stop_loss": stop_loss, "take_profit": take_profit, "trailing_stop": trailing_stop}
    changes = {"amount": amount, "price": limit, "stop_price": stop, **exits}
    if all(value is None for value in changes.values()):
        raise click.UsageError(
            "say what to change: --amount, --limit, --stop, --stop-loss, --take-profit or --trailing-stop"
        )
    name = {"client_order_id" if by_key else "order_id": order_id, "account": account}
    now = ask(endpoint, Order, "order.get", as_json=as_json, **name).document
    click.echo(f"Changing order {now.order_id}: {', '.join(differences(now, changes))}.", err=as_json)
    confirmed("Change the order?", yes=yes, as_json=as_json)
    answer = ask(endpoint, Order, "order.amend", as_json=as_json, idempotency_key=key, **name, **changes)
    show(answer, order_facts, as_json=as_json)


def differences(now: Order, changes: dict[str, Decimal | None]) -> Iterator[str]:
    """Each change as ``price 60,000.00 to 61,000.00``."""
    for field, value in changes.items():
        if value is None:
            continue
        before: Decimal | None = getattr(now, field)
        written = WRITTEN.get(field, price)
        words = field.replace("_", " ")
        yield f"{words} {written(value)}" if before is None else f"{words} {written(before)} to {written(value)}"
