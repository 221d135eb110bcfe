"""Market documents as tables."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

import msgspec
from rich.console import RenderableType

from kit.cli.figures import exact, moment_ms, percent, price, usd
from kit.cli.language import text as _
from kit.cli.screen import facts, table
from kit.wire.market import Analysis, Candles, OrderBook, Price, Ticker, Trades


def price_facts(now: Price) -> Iterator[RenderableType]:
    yield f"{now.pair} {in_24_hours(now.price, now.change)}"
    sides = _("bid {bid}, ask {ask}", bid=price(now.bid), ask=price(now.ask))
    yield f"{sides}, {moment_ms(now.timestamp)}, {now.exchange}"


def in_24_hours(now: Decimal | None, change: float | None) -> str:
    return _("{price} ({change} in 24 h)", price=price(now), change=percent(change))


def candle_table(candles: Candles) -> Iterator[RenderableType]:
    yield f"{candles.pair}, {candles.timeframe}, {candles.exchange}"
    numbers = (_("Open"), _("High"), _("Low"), _("Close"), _("Volume"))
    made = table(_("Time"), *numbers, right=numbers)
    for candle in candles.candles:
        prices = map(price, (candle.open, candle.high, candle.low, candle.close))
        made.add_row(moment_ms(candle.timestamp), *prices, exact(candle.volume))
    yield made


def book_table(book: OrderBook) -> Iterator[RenderableType]:
    yield f"{book.pair}, {moment_ms(book.timestamp)}, {book.exchange}"
    numbers = (_("Bid amount"), _("Bid"), _("Ask"), _("Ask amount"))
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
            (ticker.pair, in_24_hours(ticker.last, ticker.change)),
            (_("Bid, ask"), f"{price(ticker.bid)}, {price(ticker.ask)}"),
            (_("Open"), price(ticker.open)),
            (_("High, low"), f"{price(ticker.high)}, {price(ticker.low)}"),
            (_("Volume"), f"{exact(ticker.volume)} {base}"),
            (_("At"), f"{moment_ms(ticker.timestamp)}, {ticker.exchange}"),
        ]
    )


def trade_table(trades: Trades) -> Iterator[RenderableType]:
    numbers = (_("Price"), _("Amount"))
    made = table(_("Time"), _("Side"), *numbers, right=numbers)
    for trade in trades.trades:
        made.add_row(moment_ms(trade.timestamp), _(trade.side), price(trade.price), exact(trade.amount))
    yield made


def analysis_facts(analysis: Analysis) -> Iterator[RenderableType]:
    verdict = _("trend {trend}, signal {signal}", trend=_(analysis.trend), signal=_(analysis.signal))
    yield f"{analysis.pair}, {analysis.timeframe}: {verdict}"
    yield analysis.summary
    indicators = msgspec.to_builtins(analysis.indicators)
    yield facts(
        [
            *((name, usd(value)) for name, value in indicators.items()),
            (_("support"), ", ".join(map(price, analysis.levels.support)) or "–"),
            (_("resistance"), ", ".join(map(price, analysis.levels.resistance)) or "–"),
        ]
    )
