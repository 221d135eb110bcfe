"""``kit watch``"""

import asyncio
import os
import sys
from contextlib import suppress

import click

from kit.cli.endpoint import Endpoint
from kit.cli.failures import failure
from kit.cli.language import text as _
from kit.cli.options import OUTPUT, PAIR, account_option, exchange_option
from kit.cli.page import Example, Page
from kit.cli.parameters import argument, option
from kit.cli.watch.feed import Scope
from kit.cli.watch.panels.help import KEYS
from kit.cli.watch.session import Wish, watch_lines, watch_on_a_terminal, watch_once
from kit.client.errors import KitError


class WatchPage(Page):
    """The keys stand in the help as on the screen."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Keys")):
            formatter.write_dl([(_(key), _(does)) for key, does in KEYS])
        super().format_epilog(ctx, formatter)


@click.command(
    cls=WatchPage,
    see_also=("portfolio", "orders", "market price"),
    examples=(
        Example("kit watch", "What is held, and what is on order:"),
        Example("kit watch BTC/USDT ETH/USDT", "These prices:"),
        Example("kit watch --once", "One look:"),
        Example("kit watch --json | jq .event", "Every event, for a program:"),
    ),
)
@argument(
    "pairs", type=PAIR, nargs=-1, metavar="[PAIR]...", help="Whose prices; of what is held unless said otherwise."
)
@option("--once", group=OUTPUT, is_flag=True, help="Print one screen and end.")
@option("--json", "as_json", group=OUTPUT, is_flag=True, help="A line of JSON for each event, also on a terminal.")
@option(
    "--refresh",
    "refresh_s",
    group=OUTPUT,
    type=click.FloatRange(min=0.05, max=60),
    default=0.5,
    show_default=True,
    metavar="SECONDS",
    help="Draw at most once in so long.",
)
@exchange_option
@account_option
@click.pass_obj
def watch(
    endpoint: Endpoint,
    /,
    *,
    pairs: tuple[str, ...],
    once: bool,
    as_json: bool,
    refresh_s: float,
    exchange: str | None,
    account: str | None,
) -> None:
    """Watch prices, portfolio, orders, fills and events in one screen. It never trades.

    It shows the prices of each PAIR, in that order; without any, of what is held or has open orders. Where standard
    output is no terminal, it prints a line for each event, and prices of each PAIR only.
    """
    if once and as_json:
        raise click.UsageError(_("--once prints a screen; kit portfolio --json and kit orders --json are for programs"))
    wish = Wish(endpoint, pairs, Scope(account, exchange), refresh_s)
    if once:
        watching = watch_once(wish)
    elif as_json or not can_be_drawn_on():
        watching = watch_lines(wish, as_json=as_json)
    else:
        watching = watch_on_a_terminal(wish)
    try:
        with suppress(KeyboardInterrupt):
            asyncio.run(watching)
    except KitError as error:
        raise failure(error, url=endpoint.url, as_json=as_json) from error


def can_be_drawn_on() -> bool:
    """Whether standard output is a terminal that can move its cursor."""
    return sys.stdout.isatty() and os.environ.get("TERM", "") not in {"", "dumb"}
