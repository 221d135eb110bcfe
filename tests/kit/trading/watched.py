"""A floor with an exit watch whose clock a test sets, and a market whose prices it sets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

from domain.events.orders import OrderPlaced
from domain.money import ZERO, plain
from kit.exchanges.paper import PaperExchange
from kit.market.fixed import FixedMarket
from kit.trading.exits import ExitWatch
from tests.kit.trading.floor import Floor, fixed_market, floor, paper
from tests.waiting import eventually


class Watched:
    """A floor with an exit watch whose clock the test sets, and a market whose prices it sets."""

    def __init__(self, on: Floor, market: FixedMarket) -> None:
        self.on = on
        self.market = market
        self.seconds = 0.0

    async def guarded_buy(self, key: str = "k-1", stop: str = "66000", target: str = "69000") -> str:
        return await self.bought(key, stop_loss=stop, take_profit=target)

    async def bought(self, key: str = "k-1", **exits: str) -> str:
        """Buy 0.01 BTC at 67,250; returns the entry's id."""
        order, _ = await self.on.placed(key, "buy", "0.01", "67250", **exits)
        await self.on.until(order.order_id, lambda order: order.status == "filled")
        return order.order_id

    async def price(self, price: float) -> None:
        """Set the price, and let the exchange and the watch take it in."""
        self.market.set_price("BTC/USDT", Decimal(price))
        for _ in range(20):
            await asyncio.sleep(0)

    async def sold(self, entry: str) -> str:
        """Wait until an exit of ``entry`` has sold; returns what, and at which price."""
        await eventually(lambda: any(order.exit_of == entry for order in self.on.main.closed.values()))
        (order,) = [order for order in self.on.main.closed.values() if order.exit_of == entry]
        assert (order.status, order.average_price is not None) == ("filled", True)
        return f"{order.exit_kind} {plain(order.filled_amount)} at {plain(order.average_price or ZERO):f}"

    def exits_of(self, entry: str) -> list[OrderPlaced]:
        return [event for event in self.on.events() if isinstance(event, OrderPlaced) and event.exit_of == entry]


@asynccontextmanager
async def watched(
    data_dir: Path, market: FixedMarket | None = None, exchange: PaperExchange | None = None
) -> AsyncIterator[Watched]:
    market = market or fixed_market()
    exchange = exchange or paper(market)
    async with floor(data_dir, exchange) as on:
        found = Watched(on, market)
        watch = ExitWatch(exchange, on.journal, on.accounts, on.new_id, lambda: found.seconds)
        on.journal.followers.append(watch.follow)
        running = asyncio.create_task(watch.run())
        await asyncio.sleep(0)
        try:
            yield found
        finally:
            assert not running.done(), running
            running.cancel()
            await asyncio.wait([running])
