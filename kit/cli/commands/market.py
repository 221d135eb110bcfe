"""``kit market …``"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

import click
from rich.console import RenderableType

from kit.cli.asking import ask
from kit.cli.endpoint import Endpoint
from kit.cli.options import WHICH, exchange_option, json_option, limit_option, pair_argument
from kit.cli.page import Example, Page, PageGroup
from kit.cli.parameters import option
from kit.cli.screen import show
from kit.cli.tables.market import analysis_facts, book_table, candle_table, price_facts, ticker_facts, trade_table
from kit.wire.market import Analysis, Candles, MarketDocument, OrderBook, Price, Ticker, Trades

D = TypeVar("D", bound=MarketDocument)
NEIGHBOURS: Final = ("price", "ohlcv", "book", "ticker", "trades", "analyze")

timeframe_option = option(
    "--timeframe", group=WHICH, metavar="TEXT", help="1m, 5m, 15m, 1h, 4h, 1d …; 1h unless said otherwise."
)


@click.group(
    cls=PageGroup,
    see_also=("buy", "portfolio"),
    examples=(
        Example("kit market price BTC/USDT", "What is it now?"),
        Example("kit market ohlcv BTC/USDT --timeframe 4h --limit 20", "The last twenty candles of four hours:"),
        Example("kit market analyze ETH/USDT", "Indicators, trend and levels:"),
    ),
)
def market() -> None:
    """Show prices, candles, the order book and more.

    It shows the market as the gateway's exchange has it; where that is simulated, it says so.
    """


def command(
    name: str,
    action: str,
    kind: type[D],
    render: Callable[[D], Iterable[RenderableType]],
    summary: str,
    examples: Sequence[Example],
    *options: Callable[[Any], Any],
) -> None:
    """Add ``kit market <name> PAIR``."""

    @click.pass_obj
    def show_it(endpoint: Endpoint, /, as_json: bool, **params: object) -> None:
        answer = ask(endpoint, kind, "market.data", as_json=as_json, action=action, **params)
        show(answer, render, as_json=as_json)

    decorated: Callable[..., Any] = show_it
    for part in reversed((pair_argument, *options, exchange_option, json_option)):
        decorated = part(decorated)
    others = tuple(f"market {other}" for other in NEIGHBOURS if other != name)
    market.command(name, cls=Page, help=summary, examples=examples, see_also=others)(decorated)


command(
    "price",
    "price",
    Price,
    price_facts,
    """The price now.

    With the best bid and ask, and the change over 24 hours.""",
    (
        Example("kit market price BTC/USDT", "What is it now?"),
        Example("kit market price BTC/USDT --json", "The same for a program:"),
    ),
)
command(
    "ohlcv",
    "ohlcv",
    Candles,
    candle_table,
    """Candles, oldest first.

    Closed candles only: the one that is being formed is left out. Each stands at the time it opened, in UTC.""",
    (
        Example("kit market ohlcv BTC/USDT", "The last candles of an hour:"),
        Example("kit market ohlcv BTC/USDT --timeframe 1d --limit 30", "A month, day by day:"),
    ),
    timeframe_option,
    limit_option,
)
command(
    "book",
    "orderbook",
    OrderBook,
    book_table,
    """The order book, best prices first.

    Bids on the left, asks on the right, each with the amount that stands there.""",
    (
        Example("kit market book BTC/USDT", "How deep is it?"),
        Example("kit market book BTC/USDT --limit 5", "Only the best five of each side:"),
    ),
    limit_option,
)
command(
    "ticker",
    "ticker",
    Ticker,
    ticker_facts,
    """The last 24 hours.

    Open, high, low, volume and change.""",
    (
        Example("kit market ticker BTC/USDT", "How was the day?"),
        Example("kit market ticker BTC/USDT --json", "The same for a program:"),
    ),
)
command(
    "trades",
    "trades",
    Trades,
    trade_table,
    """What was traded last.

    Trades of everybody on the exchange; your own are what kit fills lists.""",
    (
        Example("kit market trades BTC/USDT", "What is happening?"),
        Example("kit market trades BTC/USDT --limit 10", "Only the last ten:"),
    ),
    limit_option,
)
command(
    "analyze",
    "analyze",
    Analysis,
    analysis_facts,
    """Indicators, trend and levels.

    Computed from the pair's candles. The signal is arithmetic, not advice, and nothing is traded on it.""",
    (
        Example("kit market analyze BTC/USDT", "On candles of an hour:"),
        Example("kit market analyze BTC/USDT --timeframe 1d", "The longer view:"),
    ),
    timeframe_option,
)
