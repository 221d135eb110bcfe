"""``kit risk limits``: show the limits, set some, and take some away."""

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import Any, Final, NamedTuple

import click

from kit.cli import risk_words
from kit.cli.asking import ask, confirmed
from kit.cli.endpoint import Endpoint
from kit.cli.options import AMOUNT, PAIR, account_option, each_exchange_option, json_option, key_option, yes_option
from kit.cli.risk_tables import changed_tables, risk_tables
from kit.cli.screen import show
from kit.wire.risk import RiskStatus


class Limit(NamedTuple):
    """An option: the limit that it sets, by its name on the wire, what it takes, and its line in the help."""

    name: str
    kind: click.ParamType[Any]
    metavar: str
    summary: str
    several: bool = False


COUNT: Final = click.IntRange(min=1)
# By the name of the option, which is also what --remove takes, in the order of the help.
LIMITS: Final[Mapping[str, Limit]] = {
    "daily-loss": Limit("dailyLossPercent", AMOUNT, "PERCENT", "Halt at this loss since the UTC day began."),
    "weekly-loss": Limit("weeklyLossPercent", AMOUNT, "PERCENT", "Halt at this loss since the UTC week began."),
    "drawdown": Limit("drawdownPercent", AMOUNT, "PERCENT", "Halt this far below the highest equity."),
    "position-share": Limit("maxPositionPercent", AMOUNT, "PERCENT", "What one position may be of the equity."),
    "open-positions": Limit("maxOpenPositions", COUNT, "N", "Positions open at the same time."),
    "order-min": Limit("minOrderNotional", AMOUNT, "USD", "The smallest order."),
    "order-max": Limit("maxOrderNotional", AMOUNT, "USD", "The largest order."),
    "collar": Limit("priceCollarPercent", AMOUNT, "PERCENT", "How far from the last price an order's may be."),
    "price-age": Limit("maxPriceAgeSeconds", AMOUNT, "SECONDS", "How old the price may be that an order goes by."),
    "allow": Limit("allowedPairs", PAIR, "PAIR", "Buy this pair and no other; may be repeated.", several=True),
    "block": Limit("blockedPairs", PAIR, "PAIR", "Never buy this pair; may be repeated.", several=True),
    "orders-per-minute": Limit("maxOrdersPerMinute", COUNT, "N", "Orders placed within any minute."),
}


def limit_options(function: Callable[..., None]) -> Callable[..., None]:
    options = [
        click.option(
            f"--{option}",
            limit.name,
            type=limit.kind,
            metavar=limit.metavar,
            help=limit.summary,
            multiple=limit.several,
        )
        for option, limit in LIMITS.items()
    ]
    remove = click.option(
        "--remove",
        "removed",
        multiple=True,
        type=click.Choice(list(LIMITS)),
        metavar="NAME",
        help="Take this limit away, named as its option without the dashes; may be repeated.",
    )
    return reduce(lambda decorated, option: option(decorated), (remove, *reversed(options)), function)


@click.command()
@limit_options
@each_exchange_option
@account_option
@key_option
@yes_option
@json_option
@click.pass_obj
def limits(
    endpoint: Endpoint,
    /,
    *,
    removed: tuple[str, ...],
    exchange: str | None,
    account: str | None,
    key: str | None,
    yes: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Show the limits, or set some of them.

    Those that are not named stay as they are. Losses and drawdown halt trading by themselves; every other limit
    refuses the order that is beyond it.
    """
    where = {"exchange": exchange, "account": account}
    changes = changed(given, removed)
    if not changes:
        answer = ask(endpoint, RiskStatus, "risk.status", as_json=as_json, **where)
        show(answer, risk_tables, as_json=as_json)
        return
    click.echo(f"Changing the limits of {place(**where)}: {', '.join(sentences(changes))}.", err=as_json)
    confirmed("Change the limits?", yes=yes, as_json=as_json)
    answer = ask(endpoint, RiskStatus, "risk.limits", as_json=as_json, limits=changes, idempotency_key=key, **where)
    show(answer, changed_tables, as_json=as_json)


def changed(given: Mapping[str, Any], removed: tuple[str, ...]) -> dict[str, Any]:
    """The limits to change, by name; None for those to take away.

    Raises:
        click.UsageError: one is to be set and taken away.
    """
    # A repeatable option that is not given is an empty tuple.
    changes: dict[str, Any] = {name: value for name, value in given.items() if value}
    for option in removed:
        if changes.get(LIMITS[option].name) is not None:
            raise click.UsageError(f"--{option} cannot be set and removed at once")
        changes[LIMITS[option].name] = None
    return changes


def sentences(changes: Mapping[str, Any]) -> Iterator[str]:
    """``daily loss 5 %``, ``drawdown not limited``."""
    for limit, value in changes.items():
        name, unit = risk_words.LIMITS[limit]
        yield f"{name.lower()} not limited" if value is None else f"{name.lower()} {risk_words.figure(value, unit)}"


def place(exchange: str | None, account: str | None) -> str:
    """``account main on every exchange``."""
    return f"account {account or 'main'} on {exchange or 'every exchange'}"
