"""``kit oco``: two orders of which one cancels the other."""

from collections.abc import Iterator
from decimal import Decimal

import click
from rich.console import RenderableType

from domain.events.terms import Side
from kit.cli.asking import ask, confirmed
from kit.cli.endpoint import Endpoint
from kit.cli.exit_codes import CHANGING
from kit.cli.figures import exact, price
from kit.cli.language import text as _
from kit.cli.options import (
    AMOUNT,
    PRICES,
    account_option,
    exchange_option,
    json_option,
    key_option,
    pair_argument,
    yes_option,
)
from kit.cli.page import Example, Page
from kit.cli.parameters import argument, option
from kit.cli.screen import show
from kit.cli.tables.orders import order_table
from kit.wire.orders import LinkedOrders


def rendered(answer: LinkedOrders) -> Iterator[RenderableType]:
    if answer.duplicate:
        yield _("This key was used before: nothing was done; these are the orders it made.")
    yield order_table(answer.orders)


@click.command(
    cls=Page,
    exits=CHANGING,
    see_also=("sell", "buy", "orders", "cancel"),
    examples=(
        Example(
            "kit oco sell BTC/USDT 0.1 --limit 75000 --stop 60000", "Take the profit or cut the loss, after a question:"
        ),
        Example(
            "kit oco buy BTC/USDT 0.1 --limit 60000 --stop 70000 --stop-limit 70500 --yes",
            "Buy the dip or the breakout, without being asked:",
        ),
    ),
)
@argument("side", metavar="SIDE", type=click.Choice(["buy", "sell"]), help="Which way both orders trade.")
@pair_argument
@argument("amount", type=AMOUNT, help="How much of the base, for both together.")
@option("--limit", group=PRICES, required=True, type=AMOUNT, metavar="PRICE", help="The limit of the order that rests.")
@option("--stop", group=PRICES, required=True, type=AMOUNT, metavar="PRICE", help="Where the other order triggers.")
@option(
    "--stop-limit",
    group=PRICES,
    type=AMOUNT,
    metavar="PRICE",
    help="Its worst price; the market unless said otherwise.",
)
@exchange_option
@account_option
@key_option
@yes_option
@json_option
@click.pass_obj
def oco(
    endpoint: Endpoint,
    /,
    *,
    side: Side,
    pair: str,
    amount: Decimal,
    limit: Decimal,
    stop: Decimal,
    stop_limit: Decimal | None,
    exchange: str | None,
    account: str | None,
    key: str | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Place a limit order and a stop of which one cancels the other.

    A sale has its limit above the market and its stop below it, a buy the other way round. What the limit order trades
    the stop trades no more, and the amount is reserved once. Cancelling either ends both.
    """
    click.echo(sentence(side, pair, amount, limit, stop, stop_limit), err=as_json)
    confirmed(_("Send the orders?"), yes=yes, as_json=as_json)
    answer = ask(
        endpoint,
        LinkedOrders,
        "order.oco",
        as_json=as_json,
        action=side,
        pair=pair,
        amount=amount,
        price=limit,
        stop_price=stop,
        stop_limit_price=stop_limit,
        exchange=exchange,
        account=account,
        client_order_id=key,
    )
    show(answer, rendered, as_json=as_json)


def sentence(side: Side, pair: str, amount: Decimal, limit: Decimal, stop: Decimal, stop_limit: Decimal | None) -> str:
    """``Selling 0.1 BTC at 75,000.00 or better, or once the price falls to 60,000.00: at the market``."""
    base, then = pair.partition("/")[0], _("at the market")
    if stop_limit is not None:
        then = _("at {price} or better", price=price(stop_limit))
    words = {"amount": exact(amount), "base": base, "limit": price(limit), "stop": price(stop), "then": then}
    if side == "sell":
        return _("Selling {amount} {base} at {limit} or better, or once the price falls to {stop}: {then}", **words)
    return _("Buying {amount} {base} at {limit} or better, or once the price rises to {stop}: {then}", **words)
