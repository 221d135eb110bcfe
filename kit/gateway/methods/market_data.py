"""``market.data``: prices, candles, books, trades and what they look like."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Final

from msgspec import Meta

from kit.exchanges.protocol import Exchange
from kit.gateway.asking import PairName
from kit.gateway.moments import Moment, utc
from kit.gateway.params import Params
from kit.gateway.present import market as present
from kit.gateway.refusals import InvalidRequest
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.market.analysis import analyze
from kit.market.protocol import TIMEFRAMES
from kit.wire import market as wire
from kit.wire.document import Document

LIMIT_MAX: Final = 1_000
ANALYSED: Final = 200  # Candles: four times the longest average.


class MarketData(Params, frozen=True, kw_only=True):
    """``limit`` counts candles, levels a side or trades; ``since`` is the first candle's opening time.

    ``includeOpen`` adds the candle that is not closed yet.
    """

    action: wire.MarketAction
    pair: PairName
    timeframe: str = "1h"
    limit: Annotated[int, Meta(ge=1, le=LIMIT_MAX)] = 100
    since: Moment | None = None
    include_open: bool = False
    exchange: str | None = None


async def price(exchange: Exchange, params: MarketData) -> wire.Price:
    return present.price_document(exchange, await exchange.ticker(params.pair))


async def ticker(exchange: Exchange, params: MarketData) -> wire.Ticker:
    return present.ticker_document(exchange, await exchange.ticker(params.pair))


async def orderbook(exchange: Exchange, params: MarketData) -> wire.OrderBook:
    return present.book_document(exchange, await exchange.book(params.pair, params.limit))


async def trades(exchange: Exchange, params: MarketData) -> wire.Trades:
    return present.trades_document(exchange, params.pair, await exchange.trades(params.pair, params.limit))


async def ohlcv(exchange: Exchange, params: MarketData) -> wire.Candles:
    since = None if params.since is None else utc("since", params.since)
    candles = await exchange.candles(
        params.pair, params.timeframe, params.limit, since=since, include_open=params.include_open
    )
    return wire.Candles(
        **present.whence(exchange, params.pair),
        timeframe=params.timeframe,
        candles=[present.candle_document(candle) for candle in candles],
    )


async def analysis(exchange: Exchange, params: MarketData) -> wire.Analysis:
    candles = await exchange.candles(params.pair, params.timeframe, ANALYSED)
    analysed = await asyncio.to_thread(analyze, candles)
    return present.analysis_document(exchange, params.pair, params.timeframe, analysed)


ACTIONS: Final[Mapping[wire.MarketAction, Callable[[Exchange, MarketData], Awaitable[Document]]]] = {
    "price": price,
    "ohlcv": ohlcv,
    "orderbook": orderbook,
    "ticker": ticker,
    "trades": trades,
    "analyze": analysis,
}


async def handle(context: Context[Services], params: MarketData) -> Document:
    if params.timeframe not in TIMEFRAMES:
        raise InvalidRequest(
            f"timeframe: {params.timeframe[:16]!r} is none of {', '.join(TIMEFRAMES)}", field="timeframe"
        )
    return await ACTIONS[params.action](context.services.exchange(params.exchange), params)


RESULTS: Final = (wire.Price, wire.Candles, wire.OrderBook, wire.Ticker, wire.Trades, wire.Analysis)
METHOD = Method(name="market.data", params=MarketData, handle=handle, result=RESULTS)
