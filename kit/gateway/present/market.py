"""Market data as documents. Decimals are exact; times are integer milliseconds."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from domain.money import plain
from kit.exchanges.protocol import Exchange
from kit.gateway.present.figures import percent
from kit.market import protocol as market
from kit.market.analysis import Analysis
from kit.wire import market as wire


def milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1_000)


def whence(exchange: Exchange, pair: str) -> dict[str, Any]:
    """What every market document says first: of which pair it is, and how far its prices can be trusted."""
    return {"pair": pair, "exchange": exchange.id, "simulated": exchange.simulated, "source": exchange.source}


def price_document(exchange: Exchange, ticker: market.Ticker) -> wire.Price:
    return wire.Price(
        **whence(exchange, ticker.pair),
        price=plain(ticker.last),
        bid=plain(ticker.bid),
        ask=plain(ticker.ask),
        change=percent(ticker.change_percent),
        taker_fee=exchange.instruments()[ticker.pair].fees.taker,
        timestamp=milliseconds(ticker.at),
    )


def ticker_document(exchange: Exchange, ticker: market.Ticker) -> wire.Ticker:
    return wire.Ticker(
        **whence(exchange, ticker.pair),
        last=plain(ticker.last),
        bid=plain(ticker.bid),
        ask=plain(ticker.ask),
        open=plain(ticker.open),
        high=plain(ticker.high),
        low=plain(ticker.low),
        volume=plain(ticker.volume),
        change=percent(ticker.change_percent),
        timestamp=milliseconds(ticker.at),
    )


def candle_document(candle: market.Candle) -> wire.Candle:
    return wire.Candle(
        timestamp=milliseconds(candle.opened_at),
        open=plain(candle.open),
        high=plain(candle.high),
        low=plain(candle.low),
        close=plain(candle.close),
        volume=plain(candle.volume),
    )


def candle_event(pair: str, timeframe: str, candle: market.Candle) -> wire.CandleEvent:
    document = candle_document(candle)
    values = {name: getattr(document, name) for name in wire.Candle.__struct_fields__}
    return wire.CandleEvent(pair=pair, timeframe=timeframe, **values)


def book_document(exchange: Exchange, book: market.Book) -> wire.OrderBook:
    return wire.OrderBook(
        **whence(exchange, book.pair),
        bids=level_rows(book.bids),
        asks=level_rows(book.asks),
        timestamp=milliseconds(book.at),
    )


def level_rows(levels: tuple[market.Level, ...]) -> list[tuple[Decimal, Decimal]]:
    return [(plain(level.price), plain(level.amount)) for level in levels]


def trades_document(exchange: Exchange, pair: str, trades: list[market.PublicTrade]) -> wire.Trades:
    return wire.Trades(
        **whence(exchange, pair),
        trades=[
            wire.Trade(
                id=trade.trade_id,
                timestamp=milliseconds(trade.at),
                price=plain(trade.price),
                amount=plain(trade.amount),
                side=trade.side,
            )
            for trade in trades
        ],
    )


def analysis_document(exchange: Exchange, pair: str, timeframe: str, analysis: Analysis) -> wire.Analysis:
    return wire.Analysis(
        **whence(exchange, pair),
        timeframe=timeframe,
        indicators=msgspec.convert(analysis.indicators, wire.Indicators, from_attributes=True),
        trend=analysis.trend,
        levels=wire.Levels(
            support=[plain(price) for price in analysis.levels.support],
            resistance=[plain(price) for price in analysis.levels.resistance],
        ),
        signal=analysis.signal,
        summary=analysis.summary,
    )
