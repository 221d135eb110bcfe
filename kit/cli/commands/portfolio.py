"""``kit portfolio``"""

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

import click
from rich.console import RenderableType

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.options import account_option, exchange_option, json_option
from kit.cli.portfolio_tables import balance_tables, history_tables, pnl_tables, position_tables, snapshot_tables
from kit.cli.screen import show
from kit.wire.portfolio import Balances, History, Pnl, Positions, Snapshot


class View(NamedTuple):
    kind: type[Any]
    render: Callable[[Any], Iterable[RenderableType]]


VIEWS: Final = {
    "snapshot": View(Snapshot, snapshot_tables),
    "balance": View(Balances, balance_tables),
    "positions": View(Positions, position_tables),
    "pnl": View(Pnl, pnl_tables),
    "history": View(History, history_tables),
}


@click.command()
@click.option("--balances", "action", flag_value="balance", help="Only what is held.")
@click.option("--positions", "action", flag_value="positions", help="Only open positions.")
@click.option("--pnl", "action", flag_value="pnl", help="Profit and loss by pair and period.")
@click.option("--history", "action", flag_value="history", help="Equity over time.")
@click.option(
    "--period", type=click.Choice(["day", "week", "month"]), help="Length of the rows of --pnl; day unless said."
)
@click.option("--asset", metavar="NAME", help="Only this asset, or pairs with this base; not with --history.")
@exchange_option
@account_option
@json_option
@click.pass_obj
def portfolio(endpoint: Endpoint, /, action: str | None, as_json: bool, **params: str | None) -> None:
    """Show what is held and what it is worth."""
    action = action or "snapshot"
    view = VIEWS[action]
    answer = ask(endpoint, view.kind, "portfolio.snapshot", as_json=as_json, action=action, **params)
    show(answer, view.render, as_json=as_json)
