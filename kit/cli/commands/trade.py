"""``kit buy`` and ``kit sell``: what will happen is said before it does."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import reduce
from typing import Any, Final, Literal, get_args

import click

from domain.decisions.rules import LIMITED, STOPPED
from domain.events.terms import OrderType, Side, TimeInForce
from kit.cli.asking import ask, confirmed
from kit.cli.endpoint import Endpoint
from kit.cli.exit_codes import CHANGING
from kit.cli.language import text as _
from kit.cli.options import (
    AMOUNT,
    AMOUNT_OR_SHARE,
    LEVELS,
    LIFE,
    PRICES,
    SHARE,
    SIZE,
    TIME,
    account_option,
    exchange_option,
    json_option,
    key_option,
    pair_argument,
    yes_option,
)
from kit.cli.page import Example, Page
from kit.cli.parameters import Decorator, argument, option
from kit.cli.screen import show
from kit.cli.sizing import Share, sentences, size, wanted
from kit.cli.tables.orders import order_facts
from kit.cli.ticket import Ticket, preview
from kit.wire.market import Price
from kit.wire.orders import Order
from kit.wire.sizing import OrderSize

KINDS: Final = get_args(OrderType)


def amount_argument(*, required: bool) -> Decorator[Any]:
    return argument("amount", type=AMOUNT_OR_SHARE, required=required, help="How much, or a share such as 5%.")


RISK: Final = option(
    "--risk", group=SIZE, type=SHARE, metavar="PERCENT", help="Buy as much as loses this share at --stop-loss."
)
EXITS: Final = (
    option("--stop-loss", group=LEVELS, type=AMOUNT, metavar="PRICE", help="Sell again when the price falls this low."),
    option(
        "--take-profit", group=LEVELS, type=AMOUNT, metavar="PRICE", help="Sell again when the price rises this high."
    ),
    option(
        "--trailing-stop",
        group=LEVELS,
        type=AMOUNT,
        metavar="PERCENT",
        help="Sell again when the price falls so many percent below its highest since then.",
    ),
)
BUYING_ALONE: Final = (RISK, *EXITS)  # A sale on a spot market opens no position that could be guarded.
# In the order of the help.
PARTS: Final = (
    option("--in", "amount_in", group=SIZE, type=click.Choice(["base", "quote"]), help="The currency of AMOUNT."),
    RISK,
    option(
        "--type",
        "kind",
        group=PRICES,
        type=click.Choice(KINDS),
        help="What --stop and --limit make of it, unless said otherwise.",
    ),
    option("--limit", group=PRICES, type=AMOUNT, metavar="PRICE", help="The worst price to accept."),
    option("--stop", group=PRICES, type=AMOUNT, metavar="PRICE", help="Wait until the market has come to this price."),
    *EXITS,
    option(
        "--tif",
        "time_in_force",
        group=LIFE,
        type=click.Choice(["GTC", "IOC", "FOK", "GTD"]),
        help="GTC until cancelled, IOC what fills at once, FOK at once all of it or nothing, GTD until --expires; "
        "GTC unless said otherwise.",
    ),
    option(
        "--expires",
        "expires_at",
        group=LIFE,
        type=TIME,
        metavar="TIME",
        help="When a GTD order ends, as 2026-03-01T12:00Z; implies GTD.",
    ),
    option("--post-only", group=LIFE, is_flag=True, help="Rest, or be refused: never take."),
    exchange_option,
    account_option,
    key_option,
    yes_option,
    json_option,
    click.pass_obj,
)
BUYING: Final = (
    Example("kit buy BTC/USDT 100", "Spend 100 USDT at the market, after a question:"),
    Example("kit buy BTC/USDT 0.01 --limit 60000 --stop-loss 57000", "Wait for a price, and guard what it buys:"),
    Example("kit buy BTC/USDT --risk 1% --stop-loss 60000 --yes", "Risk 1 % of the account, without being asked:"),
    Example("kit buy ETH/USDT 50 --yes --key dca-2026-03", "In a script, once however often it runs:"),
)
SELLING: Final = (
    Example("kit sell BTC/USDT 0.01", "Sell at the market, after a question:"),
    Example("kit sell BTC/USDT 50% --limit 75000", "Half of what is held, at 75000 or better:"),
    Example("kit sell BTC/USDT 0.01 --stop 58000 --yes", "Only if the price falls to 58000:"),
)


def order_command(amount: Decorator[Any], parts: Sequence[Decorator[Any]]) -> Decorator[Any]:
    """The arguments and options of a command that places an order."""
    return lambda function: reduce(lambda made, part: part(made), reversed((pair_argument, amount, *parts)), function)


@click.command(cls=Page, exits=CHANGING, examples=BUYING, see_also=("sell", "size", "orders", "amend", "market price"))
@order_command(amount_argument(required=False), PARTS)
def buy(endpoint: Endpoint, **options: Any) -> None:
    """Buy on PAIR. A market order spends AMOUNT of the quote currency; a limit order buys AMOUNT of the base.

    AMOUNT may be a share of what the account is worth (5%), or be left to --risk. It says first what will be spent and
    for about which fee, and on a terminal asks.

    An order that is sent is not always filled: the answer says how it stands. A limit or stop order may wait for long;
    kit orders --status open lists it, kit cancel withdraws it.
    """
    trade(endpoint, "buy", **options)


@click.command(cls=Page, exits=CHANGING, examples=SELLING, see_also=("buy", "close", "orders", "amend"))
@order_command(amount_argument(required=True), [part for part in PARTS if part not in BUYING_ALONE])
def sell(endpoint: Endpoint, **options: Any) -> None:
    """Sell AMOUNT of the base currency of PAIR, or a share of what is held (50%).

    It says first what will be sold and for about how much, and on a terminal asks. What a stop
    loss or take profit guards can be sold too: they give up as much as the sale needs.
    """
    trade(endpoint, "sell", **options)


def trade(
    endpoint: Endpoint,
    side: Side,
    *,
    pair: str,
    amount: Decimal | Share | None,
    risk: Share | None = None,
    kind: OrderType | None,
    limit: Decimal | None,
    stop: Decimal | None,
    stop_loss: Decimal | None = None,
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
        raise click.UsageError(_("a GTD order needs --expires TIME"))
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
    for name, kinds, given in (("--limit", LIMITED, limit), ("--stop", STOPPED, stop)):
        if (kind in kinds) != (given is not None):
            missing = _("a {kind} order needs {option} PRICE", kind=kind, option=name)
            raise click.UsageError(
                missing if kind in kinds else _("a {kind} order takes no {option} PRICE", kind=kind, option=name)
            )


def agree_on(endpoint: Endpoint, ticket: Ticket, *, exchange: str | None, yes: bool, as_json: bool) -> None:
    """Say what the order will do; ask whether to send it where there is somebody to ask."""
    now = ask(
        endpoint, Price, "market.data", as_json=as_json, action="price", pair=ticket.pair, exchange=exchange
    ).document
    click.echo(preview(ticket, now), err=as_json)
    confirmed(_("Send the order?"), yes=yes, as_json=as_json)
