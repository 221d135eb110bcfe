"""``kit risk limits``: show the limits, set some, and take some away."""

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import Any, Final, NamedTuple

import click

from kit.cli import risk_words
from kit.cli.asking import ask, confirmed
from kit.cli.endpoint import Endpoint
from kit.cli.exit_codes import CHANGING
from kit.cli.language import text as _
from kit.cli.options import AMOUNT, PAIR, account_option, each_exchange_option, json_option, key_option, yes_option
from kit.cli.page import Example, Page
from kit.cli.parameters import option
from kit.cli.screen import show
from kit.cli.tables.risk import changed_tables, risk_tables
from kit.wire.risk import RiskStatus

HALTING: Final = "Losses that halt trading"
REFUSING: Final = "Orders that are refused"
COUNT: Final = click.IntRange(min=1)


class Limit(NamedTuple):
    """An option: the limit that it sets, by its name on the wire, what it takes, and its line in the help."""

    name: str
    kind: click.ParamType[Any]
    metavar: str
    summary: str
    group: str = REFUSING

    @property
    def several(self) -> bool:
        return self.kind is PAIR


# By the name of the option, which is also what --remove takes, in the order of the help.
LIMITS: Final[Mapping[str, Limit]] = {
    "daily-loss": Limit("dailyLossPercent", AMOUNT, "PERCENT", "Since the UTC day began.", HALTING),
    "weekly-loss": Limit("weeklyLossPercent", AMOUNT, "PERCENT", "Since the UTC week began, on Monday.", HALTING),
    "drawdown": Limit("drawdownPercent", AMOUNT, "PERCENT", "From the highest equity so far.", HALTING),
    "position-share": Limit("maxPositionPercent", AMOUNT, "PERCENT", "The most of the equity in one position."),
    "open-positions": Limit("maxOpenPositions", COUNT, "N", "The most positions at the same time."),
    "order-min": Limit("minOrderNotional", AMOUNT, "USD", "The smallest order that buys."),
    "order-max": Limit("maxOrderNotional", AMOUNT, "USD", "The largest order."),
    "collar": Limit("priceCollarPercent", AMOUNT, "PERCENT", "The most that a price may be beyond the last one."),
    "price-age": Limit("maxPriceAgeSeconds", AMOUNT, "SECONDS", "The oldest last price to trade on."),
    "allow": Limit("allowedPairs", PAIR, "PAIR", "Buy this pair and no other; repeatable."),
    "block": Limit("blockedPairs", PAIR, "PAIR", "Never buy this pair; repeatable."),
    "orders-per-minute": Limit("maxOrdersPerMinute", COUNT, "N", "The most orders within a minute."),
}


def limit_options(function: Callable[..., None]) -> Callable[..., None]:
    options = [
        option(
            f"--{name}",
            limit.name,
            group=limit.group,
            type=limit.kind,
            metavar=limit.metavar,
            help=limit.summary,
            multiple=limit.several,
        )
        for name, limit in LIMITS.items()
    ]
    remove = option(
        "--remove",
        "removed",
        group="Taking away",
        multiple=True,
        type=click.Choice(list(LIMITS)),
        metavar="OPTION",
        help="This limit, named as its option without the dashes; repeatable.",
    )
    return reduce(lambda decorated, one: one(decorated), (remove, *reversed(options)), function)


@click.command(
    cls=Page,
    exits=CHANGING,
    see_also=("risk", "risk halt"),
    examples=(
        Example("kit risk limits --daily-loss 5 --order-max 5000", "Limit the loss of a day, and the largest order:"),
        Example("kit risk limits --allow BTC/USDT --allow ETH/USDT --yes", "Buy two pairs only, without being asked:"),
        Example("kit risk limits --remove daily-loss --remove allow", "Take limits away:"),
        Example("kit risk limits", "Show them:"),
    ),
)
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

    Those that are not named stay as they are. A loss that reaches its limit halts trading by itself; every other limit
    refuses the order that is beyond it. Positions can be closed whatever is limited.
    """
    where = {"exchange": exchange, "account": account}
    changes = changed(given, removed)
    if not changes:
        answer = ask(endpoint, RiskStatus, "risk.status", as_json=as_json, **where)
        show(answer, risk_tables, as_json=as_json)
        return
    said, whose = ", ".join(sentences(changes)), risk_words.place(**where)
    click.echo(_("Changing the limits of {where}: {changes}.", where=whose, changes=said), err=as_json)
    confirmed(_("Change the limits?"), yes=yes, as_json=as_json)
    answer = ask(endpoint, RiskStatus, "risk.limits", as_json=as_json, limits=changes, idempotency_key=key, **where)
    show(answer, changed_tables, as_json=as_json)


def changed(given: Mapping[str, Any], removed: tuple[str, ...]) -> dict[str, Any]:
    """The limits to change, by name; None for those to take away.

    Raises:
        click.UsageError: one is to be set and taken away.
    """
    # A repeatable option that is not given is an empty tuple.
    changes: dict[str, Any] = {name: value for name, value in given.items() if value}
    for name in removed:
        if changes.get(LIMITS[name].name) is not None:
            raise click.UsageError(_("--{option} cannot be set and removed at once", option=name))
        changes[LIMITS[name].name] = None
    return changes


def sentences(changes: Mapping[str, Any]) -> Iterator[str]:
    """``daily loss 5 %``, ``drawdown not limited``."""
    for limit, value in changes.items():
        words = risk_words.LIMITS[limit]
        name = _(words.name)
        yield (
            _("{limit} not limited", limit=name) if value is None else f"{name} {risk_words.figure(value, words.unit)}"
        )
