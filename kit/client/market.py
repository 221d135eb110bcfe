"""Market data. ``simulated`` on every answer says whether the prices are invented."""

from datetime import datetime

from kit.client.asking import Asking
from kit.wire.market import Analysis, Candles, OrderBook, Price, Ticker, Trades


class MarketMethods(Asking):
    async def price(self, pair: str, *, exchange: str | None = None) -> Price:
        return await self.ask(Price, "market.data", action="price", pair=pair, exchange=exchange)

    async def candles(
        self,
        pair: str,
        timeframe: str | None = None,
        *,
        since: datetime | None = None,
        limit: int | None = None,
        include_open: bool | None = None,
        exchange: str | None = None,
    ) -> Candles:
        """Candles, oldest first, by their opening times; the one still open only with ``include_open``."""
        return await self.ask(
            Candles,
            "market.data",
            action="ohlcv",
            pair=pair,
            timeframe=timeframe,
            since=since,
            limit=limit,
            include_open=include_open,
            exchange=exchange,
        )

    async def book(self, pair: str, *, limit: int | None = None, exchange: str | None = None) -> OrderBook:
        """Bids and asks as (price, amount), best first."""
        return await self.ask(OrderBook, "market.data", action="orderbook", pair=pair, limit=limit, exchange=exchange)

    async def ticker(self, pair: str, *, exchange: str | None = None) -> Ticker:
        """The last 24 hours."""
        return await self.ask(Ticker, "market.data", action="ticker", pair=pair, exchange=exchange)

    async def trades(self, pair: str, *, limit: int | None = None, exchange: str | None = None) -> Trades:
        """What was traded last on the market, by anybody."""
        return await self.ask(Trades, "market.data", action="trades", pair=pair, limit=limit, exchange=exchange)

    async def analyze(self, pair: str, timeframe: str | None = None, *, exchange: str | None = None) -> Analysis:
        return await self.ask(
            Analysis, "market.data", action="analyze", pair=pair, timeframe=timeframe, exchange=exchange
        )
