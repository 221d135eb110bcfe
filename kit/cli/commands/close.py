"""``kit close``: sell a position."""

import sys
from decimal import Decimal

import click

from domain.money import ROUNDING
from kit.cli.asking import ask, confirmed
from kit.cli.endpoint import Endpoint
from kit.cli.exits import REFUSED
from kit.cli.figures import about, exact, price
from kit.cli.options import AMOUNT, account_option, exchange_option, json_option, key_option, yes_option
from kit.cli.order_tables import order_facts
from kit.cli.screen import show
from kit.wire.orders import Order, Position
from kit.wire.portfolio import Positions


@click.command()
@click.argument("name", metavar="PAIR|ID")
@click.argument("amount", type=AMOUNT, required=False)
@exchange_option
@account_option
@key_option
@yes_option
@json_option
@click.pass_obj
def close(
    endpoint: Endpoint,
    /,
    *,
    name: str,
    amount: Decimal | None,
    exchange: str | None,
    account: str | None,
    key: str | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Sell the position PAIR or ID at the market, whatever its exits guard: all of it, or AMOUNT of the base."""
    where = {"exchange": exchange, "account": account}
    held = ask(endpoint, Positions, "portfolio.snapshot", as_json=as_json, action="positions", **where).document
    found = next((one for one in held.positions if name in (one.id, one.pair)), None)
    # Under a key it may have been closed before; then the gateway answers with that order.
    if found is None and key is None:
        click.echo(f"There is no open position {name}.", err=True)
        sys.exit(REFUSED)
    if found is not None:
        click.echo(sentence(found, amount), err=as_json)
        confirmed("Close it?", yes=yes, as_json=as_json)
    named = {"pair" if "/" in name else "id": name}
    answer = ask(
        endpoint,
        Order,
        "position.close",
        as_json=as_json,
        amount=amount,
        client_order_id=key,
        **named,
        **where,
    )
    show(answer, order_facts, as_json=as_json)


def sentence(position: Position, amount: Decimal | None) -> str:
    """``Selling 0.4 of 1 ETH for about 1,400.00 USDT at about 3,500.00``."""
    base, _, quote = position.pair.partition("/")
    sold = position.amount if amount is None else amount
    what = f"all {exact(sold)}" if sold == position.amount else f"{exact(sold)} of {exact(position.amount)}"
    if position.current_price is None:
        return f"Selling {what} {base} at the market"
    worth = about(ROUNDING.multiply(sold, position.current_price))
    return f"Selling {what} {base} for about {worth} {quote} at about {price(position.current_price)}"
