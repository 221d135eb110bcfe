"""``kit watch``"""

import asyncio
import os
import sys
from contextlib import suppress

import click

from kit.cli.endpoint import Endpoint
from kit.cli.failures import failure
from kit.cli.options import PAIR, account_option, exchange_option
from kit.cli.watch.feed import Scope
from kit.cli.watch.session import Wish, watch_lines, watch_on_a_terminal, watch_once
from kit.client.errors import KitError


@click.command()
@click.argument("pairs", type=PAIR, nargs=-1)
@click.option("--once", is_flag=True, help="Print one screen and end.")
@click.option("--json", "as_json", is_flag=True, help="A line of JSON for each event, also on a terminal.")
@click.option(
    "--refresh",
    "refresh_s",
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

    Shows the prices of PAIRS, in that order; without any, of what is held or has open orders. Where standard output is
    no terminal, it prints a line for each event, and prices of PAIRS only.

    \b
    Keys:
      1 … 6     one panel on the whole screen; again, 0 or esc: all of them
      tab       the next panel
      ↑ ↓       scroll the panel that has the whole screen
      p         stop drawing, and go on
      ?         help
      q         quit, as Ctrl-C does

    \b
    Examples:
      kit watch                            what is held, and what is on order
      kit watch BTC/USDT ETH/USDT          these prices
      kit watch --once                     one look
      kit watch BTC/USDT | tee day.log     every event and price, to keep
      kit watch --json | jq .event         for programs
    """
    if once and as_json:
        raise click.UsageError("--once prints a screen; kit portfolio --json and kit orders --json are for programs")
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
