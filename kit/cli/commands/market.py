"""``kit market …``"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click
from rich.console import RenderableType

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.market_tables import analysis_facts, book_table, candle_table, price_facts, ticker_facts, trade_table
from kit.cli.options import PAIR, exchange_option, json_option, limit_option
from kit.cli.screen import show
from kit.wire.market import Analysis, Candles, MarketDocument, OrderBook, Price, Ticker, Trades

D = TypeVar("D", bound=MarketDocument)

timeframe_option = click.option(
    "--timeframe", metavar="TEXT", help="1m, 5m, 15m, 1h, 4h, 1d …; 1h unless said otherwise."
)


@click.group()
def market() -> None:
    """Show prices, candles, the order book and more."""


def command(
    name: str,
    action: str,
    kind: type[D],
    render: Callable[[D], Iterable[RenderableType]],
    summary: str,
    *options: Callable[[Any], Any],
) -> None:
    """Add ``kit market <name> PAIR``."""

    @click.pass_obj
    def show_it(endpoint: Endpoint, /, as_json: bool, **params: object) -> None:
        answer = ask(endpoint, kind, "market.data", as_json=as_json, action=action, **params)
        show(answer, render, as_json=as_json)

    decorated: Callable[..., Any] = show_it
    for option in reversed((click.argument("pair", type=PAIR), *options, exchange_option, json_option)):
        decorated = option(decorated)
    market.command(name, help=summary)(decorated)


command("price", "price", Price, price_facts, "The price now.")
command("ohlcv", "ohlcv", Candles, candle_table, "Candles, oldest first.", timeframe_option, limit_option)
command("book", "orderbook", OrderBook, book_table, "The order book, best prices first.", limit_option)
command("ticker", "ticker", Ticker, ticker_facts, "The last 24 hours.")
command("trades", "trades", Trades, trade_table, "What was traded last.", limit_option)
command("analyze", "analyze", Analysis, analysis_facts, "Indicators, trend and levels.", timeframe_option)
