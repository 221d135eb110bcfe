"""Prices and closed candles of one exchange, to whoever subscribed to them."""

from datetime import datetime, timedelta
from typing import Final

import structlog

from kit.exchanges.protocol import Exchange, ExchangeError
from kit.gateway.hub import Hub, Push
from kit.gateway.present.market import candle_event, price_document
from kit.market.errors import TimeframeTooFine
from kit.market.protocol import Ticker

log = structlog.get_logger(__name__)

TIMEFRAME: Final = "1m"
MINUTE: Final = timedelta(minutes=1)


class PriceFeed:
    """Publishes ``market:price`` with each move, and ``market:candle`` when a minute is over."""

    def __init__(self, exchange: Exchange, hub: Hub) -> None:
        self._exchange = exchange
        self._hub = hub
        self._minutes: dict[str, datetime] = {}
        self._without_candles: set[str] = set()

    async def run(self) -> None:
        """Publish until cancelled, or until the exchange has no more prices."""
        async for ticker in self._exchange.prices():
            self._hub.publish([Push("market:price", price_document(self._exchange, ticker), pair=ticker.pair)])
            await self._candle(ticker)

    async def _candle(self, ticker: Ticker) -> None:
        minute = ticker.at.replace(second=0, microsecond=0)
        before = self._minutes.setdefault(ticker.pair, minute)
        if minute <= before or ticker.pair in self._without_candles:
            return
        self._minutes[ticker.pair] = minute
        try:
            candles = await self._exchange.candles(ticker.pair, TIMEFRAME, 1, since=minute - MINUTE)
        except TimeframeTooFine:
            self._without_candles.add(ticker.pair)  # A recording of hours has no minutes, and never will.
            return
        except ExchangeError as error:
            log.warning("no candle", pair=ticker.pair, exchange=self._exchange.id, error=str(error))
            return
        for candle in candles:
            payload = candle_event(ticker.pair, TIMEFRAME, candle)
            self._hub.publish([Push("market:candle", payload, pair=ticker.pair)])
