"""The paper exchange: real matching of invented money against a market's prices."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Final

import structlog

from domain.instruments import Instrument
from kit.exchanges.feeds import Feeds
from kit.exchanges.matching import MatchingEngine
from kit.exchanges.protocol import ExchangeError, Fill, OrderReport, OrderRequest, RestingOrder, UnknownPair
from kit.market.protocol import Book, Candle, Market, MarketEnded, PublicTrade, Ticker

FOLLOW_AGAIN_S: Final = 1.0
EXPIRE_EVERY_S: Final = 0.25
BOOK_DEPTH: Final = 50  # Levels an order can walk; what they cannot give is cancelled, as on a thin exchange.

log = structlog.get_logger(__name__)


class PaperExchange:
    """An ``Exchange`` over ``market``; single-threaded, on the event loop of its caller.

    Orders are matched within the call that brings them, without a suspension, so no tick comes between. It keeps no
    store: ``restore`` brings its resting orders back. ``account_tag`` begins its order and trade ids.
    """

    paper = True

    def __init__(self, exchange_id: str, market: Market, account_tag: str = "paper") -> None:
        self.id = exchange_id
        self.simulated = market.simulated
        self.source = market.source
        self._market = market
        self._instruments = market.instruments()
        self._engine = MatchingEngine(self._instruments, account_tag)
        self._reports: Feeds[OrderReport] = Feeds(keep_unheard=True)
        self._prices: Feeds[Ticker] = Feeds()
        self._running: list[asyncio.Task[None]] = []
        self._lost: Exception | None = None

    async def connect(self) -> None:
        """Follow the market's ticks from now on; connecting twice is connecting once."""
        if not self._running:
            follow = asyncio.create_task(self._follow(self._market.ticks()), name=f"{self.id} ticks")
            expire = asyncio.create_task(self._expire_in_time(), name=f"{self.id} expiries")
            self._running = [follow, expire]

    async def close(self) -> None:
        """Stop following the market; subscribers read what is left for them, and end."""
        running, self._running = self._running, []
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        self._reports.close()
        self._prices.close()

    async def ping(self) -> float:
        """Zero, the exchange being here.

        Raises:
            ExchangeError: following the market failed, so prices stand still.
        """
        if self._lost is not None:
            raise ExchangeError(f"{self.id} has lost its market: {self._lost}")
        return 0.0

    def now(self) -> datetime:
        return self._market.now()

    def instruments(self) -> Mapping[str, Instrument]:
        return self._instruments

    def restore(self, orders: tuple[RestingOrder, ...]) -> None:
        """Take the ledger's accepted orders, oldest first, before anything is placed.

        An order that is known already learns what was filled of it elsewhere.
        """
        for order in orders:
            if order.request.pair not in self._instruments:
                log.warning("an order of an unlisted pair rests unmatched", exchange=self.id, pair=order.request.pair)
            report = self._engine.restore(order)
            if report is not None:
                self._publish([report])
        for pair in {order.request.pair for order in orders} & self._instruments.keys():
            self._catch_up(pair)  # A price that passed them while they were away, and stands still, brings no tick.

    async def place(self, request: OrderRequest) -> OrderReport:
        self._check_listed(request.pair)
        self._catch_up(request.pair)
        return self._engine.place(request, self._market.now())

    async def amend(self, request: OrderRequest) -> OrderReport:
        self._check_listed(request.pair)
        self._catch_up(request.pair)
        self._expire()
        return self._engine.amend(request, self._market.now())

    async def cancel(self, client_order_id: str, pair: str) -> OrderReport:
        self._expire()
        return self._engine.cancel(client_order_id)

    async def order(self, client_order_id: str, pair: str) -> OrderReport | None:
        """The order with its fills since the last restart; None also where it was closed before that."""
        return self._engine.order(client_order_id)

    async def open_orders(self, pair: str | None = None) -> list[OrderReport]:
        return self._engine.open_orders(pair)

    async def fills_since(self, since: datetime, pair: str | None = None) -> list[Fill]:
        return self._engine.fills_since(since, pair)

    def reports(self) -> AsyncIterator[OrderReport]:
        """What ticks do to our orders from this call on, and what nobody has heard yet; no report is dropped."""
        return self._reports.subscribe()

    async def ticker(self, pair: str) -> Ticker:
        self._check_listed(pair)
        return self._market.ticker(pair)

    async def book(self, pair: str, depth: int) -> Book:
        """The market's book; what our own orders took of it does not show."""
        self._check_listed(pair)
        return self._market.book(pair, depth)

    async def trades(self, pair: str, limit: int) -> list[PublicTrade]:
        self._check_listed(pair)
        return self._market.trades(pair, limit)

    async def candles(
        self, pair: str, timeframe: str, limit: int, *, since: datetime | None = None, include_open: bool = False
    ) -> list[Candle]:
        self._check_listed(pair)
        ask = partial(self._market.candles, pair, timeframe, limit, since=since, include_open=include_open)
        return await asyncio.to_thread(
            ask
        )  # A thousand candles that nobody asked for before take tens of milliseconds.

    def prices(self) -> AsyncIterator[Ticker]:
        """Tickers of the pairs that move, from this call on; a slow reader gets the newest of each pair."""
        return self._prices.subscribe()

    def tick(self, pairs: tuple[str, ...]) -> None:
        """Match the resting orders of ``pairs``, whose prices moved, and tell the subscribers."""
        self._expire()
        for pair in pairs:
            if not self._engine.idle(pair):
                self._catch_up(pair)
            self._prices.offer(pair, self._market.ticker(pair))

    async def _expire_in_time(self) -> None:
        """End orders at their time though no price moves; the market's clock goes at any speed, so it is looked at."""
        while True:
            self._expire()
            await asyncio.sleep(EXPIRE_EVERY_S)

    def _expire(self) -> None:
        self._publish(self._engine.expire(self._market.now()))

    async def _follow(self, ticks: AsyncIterator[tuple[str, ...]]) -> None:
        """Match with every tick until the market has ended; where that fails, ``ping`` says so and it is begun anew."""
        while not await self._followed(ticks):
            await asyncio.sleep(FOLLOW_AGAIN_S)
            ticks = self._market.ticks()
        log.info("a market has ended: prices stop and open orders rest", exchange=self.id, market=self._market.source)

    async def _followed(self, ticks: AsyncIterator[tuple[str, ...]]) -> bool:
        """Whether the market has ended."""
        try:
            with suppress(MarketEnded):
                async for pairs in ticks:
                    self.tick(pairs)
                    self._lost = None
                    await asyncio.sleep(0)  # A recording played at full speed must not keep others from the loop.
        except Exception as error:
            self._lost = error
            log.error("a market is lost: prices stand still", exchange=self.id, exc_info=error)
            return False
        return True

    def _catch_up(self, pair: str) -> None:
        """Bring the engine to the market's present, so that orders that were there first are matched first."""
        book = self._market.book(pair, BOOK_DEPTH)
        if not self._engine.knows(book):
            self._publish(self._engine.tick(book, self._market.ticker(pair).last, self._market.now()))

    def _publish(self, reports: list[OrderReport]) -> None:
        for report in reports:
            self._reports.offer(object(), report)  # A key of its own: no report takes another's place.

    def _check_listed(self, pair: str) -> None:
        if pair not in self._instruments:
            raise UnknownPair(f"{pair} is not listed on {self.id}")
