"""``kit portfolio``"""

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

import click
from rich.console import RenderableType

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.options import ASSET, WHICH, account_option, exchange_option, json_option
from kit.cli.page import Example, Page
from kit.cli.parameters import option
from kit.cli.screen import show
from kit.cli.tables.portfolio import balance_tables, history_tables, pnl_tables, position_tables, snapshot_tables
from kit.wire.portfolio import Balances, History, Pnl, Positions, Snapshot


class View(NamedTuple):
    kind: type[Any]
    render: Callable[[Any], Iterable[RenderableType]]


VIEW: Final = "View"
VIEWS: Final = {
    "snapshot": View(Snapshot, snapshot_tables),
    "balance": View(Balances, balance_tables),
    "positions": View(Positions, position_tables),
    "pnl": View(Pnl, pnl_tables),
    "history": View(History, history_tables),
}


@click.command(
    cls=Page,
    see_also=("orders", "fills", "close"),
    examples=(
        Example("kit portfolio", "Everything at a glance:"),
        Example("kit portfolio --positions", "Open positions, with profit and loss so far:"),
        Example("kit portfolio --pnl --period month --asset BTC", "What Bitcoin brought, month by month:"),
        Example("kit portfolio --balances --json", "Balances, for a program:"),
    ),
)
@option("--balances", "action", group=VIEW, flag_value="balance", help="Only what is held.")
@option("--positions", "action", group=VIEW, flag_value="positions", help="Only open positions.")
@option("--pnl", "action", group=VIEW, flag_value="pnl", help="Profit and loss by pair and period.")
@option("--history", "action", group=VIEW, flag_value="history", help="Equity over time.")
@option(
    "--period",
    group=WHICH,
    type=click.Choice(["day", "week", "month"]),
    help="Length of the rows of --pnl; day unless said otherwise.",
)
@option(
    "--asset",
    group=WHICH,
    metavar="NAME",
    type=ASSET,
    help="Only this asset, or pairs with this base; not with --history.",
)
@exchange_option
@account_option
@json_option
@click.pass_obj
def portfolio(endpoint: Endpoint, /, action: str | None, as_json: bool, **params: str | None) -> None:
    """Show what is held and what it is worth.

    Without an option it shows the total in US dollars, every asset, and open positions. Everything is computed from
    the ledger, at the exchange's last prices; an asset without a price is shown and not counted.
    """
    action = action or "snapshot"
    view = VIEWS[action]
    answer = ask(endpoint, view.kind, "portfolio.snapshot", as_json=as_json, action=action, **params)
    show(answer, view.render, as_json=as_json)
