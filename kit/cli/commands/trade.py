"""``kit buy`` and ``kit sell``: what will happen is said before it does."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import reduce
from typing import Any, Final, Literal, get_args

import click

from domain.decisions.rules import LIMITED, STOPPED
from domain.events.account import OrderType, Side, TimeInForce
from kit.cli.asking import ask, confirmed
from kit.cli.endpoint import Endpoint
from kit.cli.options import (
    AMOUNT,
    AMOUNT_OR_SHARE,
    PAIR,
    SHARE,
    TIME,
    account_option,
    exchange_option,
    json_option,
    key_option,
    yes_option,
)
from kit.cli.order_tables import order_facts
from kit.cli.screen import show
from kit.cli.sizing import Share, sentences, size, wanted
from kit.cli.ticket import Ticket, preview
from kit.wire.market import Price
from kit.wire.orders import Order
from kit.wire.sizing import OrderSize

KINDS: Final = get_args(OrderType)
# In the order of the help.
PARTS: Final = (
    click.argument("pair", type=PAIR),
    click.argument("amount", type=AMOUNT_OR_SHARE, required=False),
    click.option("--risk", type=SHARE, metavar="PERCENT", help="Buy as much as loses this share at --stop-loss."),
    click.option(
        "--type", "kind", type=click.Choice(KINDS), help="What --stop and --limit make of it, unless said otherwise."
    ),
    click.option("--limit", type=AMOUNT, metavar="PRICE", help="The worst price to accept."),
    click.option("--stop", type=AMOUNT, metavar="PRICE", help="Wait until the market has come to this price."),
    click.option("--stop-loss", type=AMOUNT, metavar="PRICE", help="Sell again when the price falls this low."),
    click.option("--take-profit", type=AMOUNT, metavar="PRICE", help="Sell again when the price rises this high."),
    click.option(
        "--trailing-stop",
        type=AMOUNT,
        metavar="PERCENT",
        help="Sell again when the price falls so far below its highest since then.",
    ),
    click.option(
        "--tif", "time_in_force", type=click.Choice(["GTC", "IOC", "FOK", "GTD"]), help="How long it stands; GTC."
    ),
    click.option("--expires", "expires_at", type=TIME, metavar="TIME", help="When a GTD order ends; implies GTD."),
    click.option("--post-only", is_flag=True, help="Rest, or be refused: never take."),
    click.option("--in", "amount_in", type=click.Choice(["base", "quote"]), help="The currency that AMOUNT is in."),
    exchange_option,
    account_option,
    key_option,
    yes_option,
    json_option,
    click.pass_obj,
)


def order_command(function: Callable[..., None]) -> Callable[..., None]:
    return reduce(lambda decorated, part: part(decorated), reversed(PARTS), function)


@click.command()
@order_command
def buy(endpoint: Endpoint, **options: Any) -> None:
    """Buy on PAIR. A market order spends AMOUNT of the quote currency; a limit order buys AMOUNT of the base.

    AMOUNT may be a share of what the account is worth (5%), or be left to --risk.
    """
    trade(endpoint, "buy", **options)


@click.command()
@order_command
def sell(endpoint: Endpoint, **options: Any) -> None:
    """Sell AMOUNT of the base currency of PAIR, or a share of what is held (50%)."""
    trade(endpoint, "sell", **options)


def trade(
    endpoint: Endpoint,
    side: Side,
    *,
    pair: str,
    amount: Decimal | Share | None,
    risk: Share | None,
    kind: OrderType | None,
    limit: Decimal | None,
    stop: Decimal | None,
    stop_loss: Decimal | None,
    time_in_force: TimeInForce | None,
    expires_at: datetime | None,
    post_only: bool,
    amount_in: Literal["base", "quote"] | None,
    exchange: str | None,
    account: str | None,
    key: str | None,
    yes: bool,
    as_json: bool,
    **others: object,
) -> None:
    kind = kind or kind_of(limit, stop)
    require_prices(kind, limit, stop)
    if time_in_force == "GTD" and expires_at is None:
        raise click.UsageError("a GTD order needs --expires TIME")
    unit = amount_in or ("quote" if side == "buy" and kind == "market" else "base")
    what = wanted(amount, risk, stop_loss)
    if what is not None:
        entry = limit or stop
        sized = size(endpoint, side, pair, what, entry=entry, as_json=as_json, exchange=exchange, account=account)
        amount = worked_out(sized.document, unit, as_json=as_json)
    assert isinstance(amount, Decimal)
    ticket = Ticket(side=side, pair=pair, amount=amount, amount_in=unit, limit=limit, stop=stop)
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
        stop_price=stop,
        stop_loss=stop_loss,
        time_in_force=time_in_force or (None if expires_at is None else "GTD"),
        expires_at=expires_at,
        post_only=post_only or None,
        amount_in=ticket.amount_in,
        exchange=exchange,
        account=account,
        client_order_id=key,
        **others,
    )
    show(answer, order_facts, as_json=as_json)


def worked_out(sized: OrderSize, unit: Literal["base", "quote"], *, as_json: bool) -> Decimal:
    """The amount of an order that is sized by a share, said aloud."""
    for sentence in sentences(sized):
        click.echo(sentence, err=as_json)
    return sized.amount if unit == "base" else sized.notional


def kind_of(limit: Decimal | None, stop: Decimal | None) -> OrderType:
    """The type that an order with these prices has."""
    if stop is None:
        return "market" if limit is None else "limit"
    return "stop-market" if limit is None else "stop-limit"


def require_prices(kind: OrderType, limit: Decimal | None, stop: Decimal | None) -> None:
    for option, kinds, given in (("--limit", LIMITED, limit), ("--stop", STOPPED, stop)):
        if (kind in kinds) != (given is not None):
            wants = "needs" if kind in kinds else "takes no"
            raise click.UsageError(f"a {kind} order {wants} {option} PRICE")


def agree_on(endpoint: Endpoint, ticket: Ticket, *, exchange: str | None, yes: bool, as_json: bool) -> None:
    """Say what the order will do; ask whether to send it where there is somebody to ask."""
    now = ask(
        endpoint, Price, "market.data", as_json=as_json, action="price", pair=ticket.pair, exchange=exchange
    ).document
    click.echo(preview(ticket, now), err=as_json)
    confirmed("Send the order?", yes=yes, as_json=as_json)
