"""Market documents as tables."""

from collections.abc import Iterator
from itertools import zip_longest

import msgspec
from rich.console import RenderableType

from kit.cli.figures import exact, moment_ms, percent, price, usd
from kit.cli.screen import facts, table
from kit.wire.market import Analysis, Candles, OrderBook, Price, Ticker, Trades


def price_facts(now: Price) -> Iterator[RenderableType]:
    yield f"{now.pair} {price(now.price)} ({percent(now.change)} in 24 h)"
    yield f"bid {price(now.bid)}, ask {price(now.ask)}, {moment_ms(now.timestamp)}, {now.exchange}"


def candle_table(candles: Candles) -> Iterator[RenderableType]:
    yield f"{candles.pair}, {candles.timeframe}, {candles.exchange}"
    numbers = ("Open", "High", "Low", "Close", "Volume")
    made = table("Time", *numbers, right=numbers)
    for candle in candles.candles:
        prices = map(price, (candle.open, candle.high, candle.low, candle.close))
        made.add_row(moment_ms(candle.timestamp), *prices, exact(candle.volume))
    yield made


def book_table(book: OrderBook) -> Iterator[RenderableType]:
    yield f"{book.pair}, {moment_ms(book.timestamp)}, {book.exchange}"
    numbers = ("Bid amount", "Bid", "Ask", "Ask amount")
    made = table(*numbers, right=numbers)
    for bid, ask in zip_longest(book.bids, book.asks):
        bid_cells = (exact(bid[1]), price(bid[0])) if bid else ("", "")
        ask_cells = (price(ask[0]), exact(ask[1])) if ask else ("", "")
        made.add_row(*bid_cells, *ask_cells)
    yield made


def ticker_facts(ticker: Ticker) -> Iterator[RenderableType]:
    base = ticker.pair.partition("/")[0]
    yield facts(
        [
            (ticker.pair, f"{price(ticker.last)} ({percent(ticker.change)} in 24 h)"),
            ("Bid, ask", f"{price(ticker.bid)}, {price(ticker.ask)}"),
            ("Open", price(ticker.open)),
            ("High, low", f"{price(ticker.high)}, {price(ticker.low)}"),
            ("Volume", f"{exact(ticker.volume)} {base}"),
            ("At", f"{moment_ms(ticker.timestamp)}, {ticker.exchange}"),
        ]
    )


def trade_table(trades: Trades) -> Iterator[RenderableType]:
    numbers = ("Price", "Amount")
    made = table("Time", "Side", *numbers, right=numbers)
    for trade in trades.trades:
        made.add_row(moment_ms(trade.timestamp), trade.side, price(trade.price), exact(trade.amount))
    yield made


def analysis_facts(analysis: Analysis) -> Iterator[RenderableType]:
    yield f"{analysis.pair}, {analysis.timeframe}: trend {analysis.trend}, signal {analysis.signal}"
    yield analysis.summary
    indicators = msgspec.to_builtins(analysis.indicators)
    yield facts(
        [
            *((name, usd(value)) for name, value in indicators.items()),
            ("support", ", ".join(map(price, analysis.levels.support)) or "–"),
            ("resistance", ", ".join(map(price, analysis.levels.resistance)) or "–"),
        ]
    )
