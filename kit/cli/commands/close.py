"""``kit close``: sell a position."""

import sys
from decimal import Decimal

import click

from domain.money import ROUNDING
from kit.cli.asking import ask, confirmed
from kit.cli.endpoint import Endpoint
from kit.cli.exit_codes import CHANGING, REFUSED
from kit.cli.figures import about, exact, price
from kit.cli.language import text as _
from kit.cli.options import AMOUNT, POSITION, account_option, exchange_option, json_option, key_option, yes_option
from kit.cli.page import Example, Page
from kit.cli.parameters import argument
from kit.cli.screen import show
from kit.cli.tables.orders import order_facts
from kit.wire.orders import Order, Position
from kit.wire.portfolio import Positions


@click.command(
    cls=Page,
    exits=CHANGING,
    see_also=("sell", "portfolio", "cancel"),
    examples=(
        Example("kit close BTC/USDT", "Sell the whole position, after a question:"),
        Example("kit close BTC/USDT 0.1 --yes", "Sell a part of it, without being asked:"),
        Example("kit close BTC/USDT --yes --key exit-btc-1", "In a script, once however often it runs:"),
    ),
)
@argument("name", metavar="PAIR|ID", type=POSITION, help="The position, by its pair or its id.")
@argument("amount", type=AMOUNT, required=False, help="How much of the base; all of it unless said otherwise.")
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
    """Sell the position PAIR or ID at the market, whatever its exits guard: all of it, or AMOUNT of the base.

    The exits of what is sold are withdrawn with it; those of the rest stay. It says first what is sold and for about
    how much, and on a terminal asks. It does not touch open orders: kit cancel does.
    """
    where = {"exchange": exchange, "account": account}
    held = ask(endpoint, Positions, "portfolio.snapshot", as_json=as_json, action="positions", **where).document
    found = next((one for one in held.positions if name in (one.id, one.pair)), None)
    # Under a key it may have been closed before; then the gateway answers with that order.
    if found is None and key is None:
        click.echo(_("There is no open position {name}.", name=name), err=True)
        sys.exit(REFUSED)
    if found is not None:
        click.echo(sentence(found, amount), err=as_json)
        confirmed(_("Close it?"), yes=yes, as_json=as_json)
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
    base, quote = position.pair.split("/")
    sold = position.amount if amount is None else amount
    held = {"amount": exact(sold), "held": exact(position.amount), "base": base}
    what = _("all {amount} {base}", **held) if sold == position.amount else _("{amount} of {held} {base}", **held)
    if position.current_price is None:
        return _("Selling {what} at the market", what=what)
    return _(
        "Selling {what} for about {worth} {quote} at about {price}",
        what=what,
        worth=about(ROUNDING.multiply(sold, position.current_price)),
        quote=quote,
        price=price(position.current_price),
    )
