"""``kit amend``: change an open order in place."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

import click

from domain.decisions.rules import LIMITED, MARKET_PROTECTION
from domain.money import ROUNDING, ZERO
from domain.orders import OPEN
from kit.cli.asking import ask, confirmed
from kit.cli.endpoint import Endpoint
from kit.cli.exit_codes import CHANGING
from kit.cli.figures import about, distance, exact, price
from kit.cli.language import text as _
from kit.cli.options import (
    AMOUNT,
    LEVELS,
    OPEN_ORDER,
    PRICES,
    SIZE,
    account_option,
    by_key_option,
    json_option,
    key_option,
    yes_option,
)
from kit.cli.page import Example, Page
from kit.cli.parameters import argument, option
from kit.cli.screen import show
from kit.cli.tables.orders import order_facts
from kit.wire.market import Price
from kit.wire.orders import Order

# What can be changed, as it is said.
CHANGED: Final = {
    "amount": "amount",
    "price": "price",
    "stop_price": "stop price",
    "stop_loss": "stop loss",
    "take_profit": "take profit",
    "trailing_stop": "trailing stop",
}
WRITTEN: Final[Mapping[str, Callable[[Decimal], str]]] = {"amount": exact, "trailing_stop": distance}


@click.command(
    cls=Page,
    exits=CHANGING,
    see_also=("order", "cancel", "buy"),
    examples=(
        Example("kit amend o-1 --limit 61000", "Move the limit, after a question:"),
        Example("kit amend o-1 --amount 0.5 --yes", "Make it smaller or larger, without being asked:"),
        Example("kit amend o-1 --stop-loss 58000 --take-profit 75000", "Move the exits, of a filled order too:"),
    ),
)
@argument("order_id", metavar="ID", type=OPEN_ORDER, help="The order.")
@option("--amount", group=SIZE, type=AMOUNT, metavar="AMOUNT", help="The whole of it in base, what is filled included.")
@option("--limit", group=PRICES, type=AMOUNT, metavar="PRICE", help="The worst price to accept.")
@option("--stop", group=PRICES, type=AMOUNT, metavar="PRICE", help="Where a stop order triggers, while it has not.")
@option(
    "--stop-loss",
    group=LEVELS,
    type=AMOUNT,
    metavar="PRICE",
    help="Sell what it buys, or bought, when the price falls.",
)
@option(
    "--take-profit",
    group=LEVELS,
    type=AMOUNT,
    metavar="PRICE",
    help="Sell what it buys, or bought, when the price rises.",
)
@option(
    "--trailing-stop",
    group=LEVELS,
    type=AMOUNT,
    metavar="PERCENT",
    help="Sell it so many percent below the highest price.",
)
@by_key_option
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
    """Change an open order in place, or move the exits of what it bought.

    What is not given stays. At another amount or price the order goes behind the others there. Pair, side and type
    cannot be changed: cancel the order and place another.
    """
    exits = {"stop_loss": stop_loss, "take_profit": take_profit, "trailing_stop": trailing_stop}
    changes = {"amount": amount, "price": limit, "stop_price": stop, **exits}
    if all(value is None for value in changes.values()):
        raise click.UsageError(
            _("say what to change: --amount, --limit, --stop, --stop-loss, --take-profit or --trailing-stop")
        )
    name = {"client_order_id" if by_key else "order_id": order_id, "account": account}
    now = ask(endpoint, Order, "order.get", as_json=as_json, **name).document
    said = ", ".join(differences(now, changes))
    click.echo(_("Changing order {order}: {changes}.", order=now.order_id, changes=said), err=as_json)
    if now.status in OPEN:
        click.echo(reserves(endpoint, now, changes, as_json=as_json), err=as_json)
    confirmed(_("Change the order?"), yes=yes, as_json=as_json)
    answer = ask(endpoint, Order, "order.amend", as_json=as_json, idempotency_key=key, **name, **changes)
    show(answer, order_facts, as_json=as_json)


def reserves(endpoint: Endpoint, now: Order, changes: dict[str, Decimal | None], *, as_json: bool) -> str:
    """``It will reserve at most about 610.61 USDT, fee included.``"""
    base, quote = now.pair.split("/")
    left = (changes["amount"] or now.amount) - now.filled_amount
    if now.side == "sell":
        return _("It will reserve {amount} {asset}.", amount=exact(left), asset=base)
    limit, stop = changes["price"] or limit_of(now), changes["stop_price"] or now.stop_price
    market = ask(
        endpoint, Price, "market.data", as_json=as_json, action="price", pair=now.pair, exchange=now.exchange
    ).document
    worst = limit or ROUNDING.multiply(stop or market.ask, 1 + MARKET_PROTECTION)
    cost = ROUNDING.multiply(ROUNDING.multiply(left, worst), 1 + (market.taker_fee or ZERO))
    return _("It will reserve at most about {amount} {asset}, fee included.", amount=about(cost), asset=quote)


def limit_of(order: Order) -> Decimal | None:
    """The limit; ``price`` shows the average instead once something is filled, which is no worse."""
    return order.price if order.type in LIMITED else None


def differences(now: Order, changes: dict[str, Decimal | None]) -> Iterator[str]:
    """Each change as ``price 60,000.00 to 61,000.00``."""
    for field, value in changes.items():
        if value is None:
            continue
        before: Decimal | None = getattr(now, field)
        written = WRITTEN.get(field, price)
        name = _(CHANGED[field])
        if before is None:
            yield f"{name} {written(value)}"
        else:
            yield _("{name} {before} to {after}", name=name, before=written(before), after=written(value))
