"""``kit deposit`` and ``kit withdraw``"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import click
from rich.console import RenderableType

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.exit_codes import CHANGING
from kit.cli.language import text as _
from kit.cli.options import AMOUNT, ASSET, account_option, exchange_option, json_option, key_option
from kit.cli.page import Example, Page
from kit.cli.parameters import argument, option
from kit.cli.screen import show
from kit.cli.tables.portfolio import asset_table
from kit.wire.portfolio import Asset

ENTRY: Final = "Booking"
note_option: Final = option("--note", group=ENTRY, metavar="TEXT", help="Kept with the entry.")


def rendered(asset: Asset) -> Iterator[RenderableType]:
    if asset.duplicate:
        yield _("This key was used before: nothing was done.")
    yield asset_table([asset])


@click.command(
    cls=Page,
    exits=CHANGING,
    see_also=("withdraw", "portfolio"),
    examples=(
        Example("kit deposit USDT 500", "Book 500 USDT that came in:"),
        Example("kit deposit BTC 0.25 --cost-usd 12000 --note 'cold wallet'", "Book coins with what they had cost:"),
        Example("kit deposit USDT 500 --key 2026-03-salary", "Book it once, however often this runs:"),
    ),
)
@argument("asset", type=ASSET, help="The asset, such as USDT.")
@argument("amount", type=AMOUNT, help="How much of it.")
@option("--cost-usd", group=ENTRY, type=AMOUNT, metavar="USD", help="What it had cost in all, for profit and loss.")
@note_option
@exchange_option
@account_option
@key_option
@json_option
@click.pass_obj
def deposit(endpoint: Endpoint, /, amount: Decimal, key: str | None, as_json: bool, **params: object) -> None:
    """Book what came into an account.

    This is an entry in the ledger and moves no money: on a real exchange it says what has happened there. What is
    booked can be traded with at once.
    """
    answer = ask(endpoint, Asset, "account.deposit", as_json=as_json, amount=amount, idempotency_key=key, **params)
    show(answer, rendered, as_json=as_json)


@click.command(
    cls=Page,
    exits=CHANGING,
    see_also=("deposit", "portfolio"),
    examples=(
        Example("kit withdraw USDT 200", "Book 200 USDT that went out:"),
        Example("kit withdraw USDT 200 --note rent --key rent-2026-03", "Book it with a note, and once:"),
    ),
)
@argument("asset", type=ASSET, help="The asset, such as USDT.")
@argument("amount", type=AMOUNT, help="How much of it.")
@note_option
@exchange_option
@account_option
@key_option
@json_option
@click.pass_obj
def withdraw(endpoint: Endpoint, /, amount: Decimal, key: str | None, as_json: bool, **params: object) -> None:
    """Book what went out of an account.

    This is an entry in the ledger and moves no money. Only what is free can go out: what open orders and exits have
    locked stays until they are cancelled.
    """
    answer = ask(endpoint, Asset, "account.withdraw", as_json=as_json, amount=amount, idempotency_key=key, **params)
    show(answer, rendered, as_json=as_json)
