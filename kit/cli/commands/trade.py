"""``kit buy`` and ``kit sell``: what will happen is said before it does."""

import sys
from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from typing import Any, Final, Literal

import click

from domain.events.account import Side
from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.failures import REFUSED
from kit.cli.options import AMOUNT, PAIR, account_option, exchange_option, json_option, key_option
from kit.cli.order_tables import order_facts
from kit.cli.screen import show
from kit.cli.ticket import Ticket, preview
from kit.wire.market import Price
from kit.wire.orders import Order

# In the order of the help.
PARTS: Final = (
    click.argument("pair", type=PAIR),
    click.argument("amount", type=AMOUNT),
    click.option(
        "--type", "kind", type=click.Choice(["market", "limit"]), help="limit where --limit is given, else market."
    ),
    click.option("--limit", type=AMOUNT, metavar="PRICE", help="The worst price to accept."),
    click.option("--stop-loss", type=AMOUNT, metavar="PRICE", help="Sell again when the price falls this low."),
    click.option("--take-profit", type=AMOUNT, metavar="PRICE", help="Sell again when the price rises this high."),
    click.option("--in", "amount_in", type=click.Choice(["base", "quote"]), help="The currency that AMOUNT is in."),
    exchange_option,
    account_option,
    key_option,
    click.option("--yes", is_flag=True, help="Do not ask."),
    json_option,
    click.pass_obj,
)


def order_command(function: Callable[..., None]) -> Callable[..., None]:
    return reduce(lambda decorated, part: part(decorated), reversed(PARTS), function)


@click.command()
@order_command
def buy(endpoint: Endpoint, **options: Any) -> None:
    """Buy on PAIR. A market order spends AMOUNT of the quote currency; a limit order buys AMOUNT of the base."""
    trade(endpoint, "buy", **options)


@click.command()
@order_command
def sell(endpoint: Endpoint, **options: Any) -> None:
    """Sell AMOUNT of the base currency of PAIR."""
    trade(endpoint, "sell", **options)


def trade(
    endpoint: Endpoint,
    side: Side,
    *,
    pair: str,
    amount: Decimal,
    kind: Literal["market", "limit"] | None,
    limit: Decimal | None,
    amount_in: Literal["base", "quote"] | None,
    exchange: str | None,
    key: str | None,
    yes: bool,
    as_json: bool,
    **others: object,
) -> None:
    kind = kind or ("market" if limit is None else "limit")
    if (kind == "limit") != (limit is not None):
        raise click.UsageError("a limit order needs --limit PRICE, and a market order takes none")
    spends = side == "buy" and kind == "market"
    ticket = Ticket(
        side=side, pair=pair, amount=amount, amount_in=amount_in or ("quote" if spends else "base"), limit=limit
    )
    agree_on(endpoint, ticket, exchange=exchange, yes=yes, as_json=as_json)
    answer = ask(
        endpoint,
        Order,
        "trade.execute",
        as_json=as_json,
        action=side,
        pair=pair,
        amount=amount,
        type=kind,
        price=limit,
        amount_in=ticket.amount_in,
        exchange=exchange,
        client_order_id=key,
        **others,
    )
    show(answer, order_facts, as_json=as_json)


def agree_on(endpoint: Endpoint, ticket: Ticket, *, exchange: str | None, yes: bool, as_json: bool) -> None:
    """Say what the order will do; ask whether to send it where there is somebody to ask."""
    now = ask(
        endpoint, Price, "market.data", as_json=as_json, action="price", pair=ticket.pair, exchange=exchange
    ).document
    click.echo(preview(ticket, now), err=as_json)
    if not yes and sys.stdin.isatty() and not click.confirm("Send the order?", err=as_json):
        click.echo("Nothing was sent.", err=True)
        sys.exit(REFUSED)
