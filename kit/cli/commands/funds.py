"""``kit deposit`` and ``kit withdraw``"""

from collections.abc import Iterator
from decimal import Decimal

import click
from rich.console import RenderableType

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.options import AMOUNT, account_option, exchange_option, json_option, key_option
from kit.cli.portfolio_tables import asset_table
from kit.cli.screen import show
from kit.wire.portfolio import Asset


def rendered(asset: Asset) -> Iterator[RenderableType]:
    if asset.duplicate:
        yield "This key was used before: nothing was done."
    yield asset_table([asset])


@click.command()
@click.argument("asset")
@click.argument("amount", type=AMOUNT)
@click.option("--cost-usd", type=AMOUNT, metavar="USD", help="What it had cost in all.")
@click.option("--note", metavar="TEXT", help="Kept with the entry.")
@exchange_option
@account_option
@key_option
@json_option
@click.pass_obj
def deposit(endpoint: Endpoint, /, amount: Decimal, key: str | None, as_json: bool, **params: object) -> None:
    """Book what came into an account; on a real exchange this moves no money."""
    answer = ask(endpoint, Asset, "account.deposit", as_json=as_json, amount=amount, idempotency_key=key, **params)
    show(answer, rendered, as_json=as_json)


@click.command()
@click.argument("asset")
@click.argument("amount", type=AMOUNT)
@click.option("--note", metavar="TEXT", help="Kept with the entry.")
@exchange_option
@account_option
@key_option
@json_option
@click.pass_obj
def withdraw(endpoint: Endpoint, /, amount: Decimal, key: str | None, as_json: bool, **params: object) -> None:
    """Book what went out of an account; on a real exchange this moves no money."""
    answer = ask(endpoint, Asset, "account.withdraw", as_json=as_json, amount=amount, idempotency_key=key, **params)
    show(answer, rendered, as_json=as_json)
