"""Prices and candles to subscribers, on a market that has no candles as fine as a minute too."""

import asyncio
from pathlib import Path

from kit.exchanges.paper import PaperExchange
from kit.gateway.hub import Hub, Push
from kit.gateway.price_feed import PriceFeed
from kit.market.replay import ReplayMarket

HOURS = "timestamp,open,high,low,close,volume\n" + "".join(
    f"2024-01-01T{hour:02}:00:00Z,{100 + hour},{110 + hour},{90 + hour},{105 + hour},10\n" for hour in range(5)
)


class Listener:
    def __init__(self) -> None:
        self.prices = 0
        self.enough = asyncio.Event()

    def push(self, push: Push) -> None:
        self.prices += push.event == "market:price"
        if self.prices >= 15:
            self.enough.set()


async def test_prices_go_on_where_a_recording_has_no_minutes(tmp_path: Path) -> None:
    (tmp_path / "hours.csv").write_text(HOURS)
    market = ReplayMarket({"BTC/USDT": tmp_path / "hours.csv"}, speed=1_000_000)
    exchange, hub, listener = PaperExchange("paper", market), Hub(), Listener()
    hub.join(listener)
    feed = asyncio.create_task(PriceFeed(exchange, hub).run())
    await asyncio.sleep(0)
    await exchange.connect()
    async with asyncio.timeout(10):
        await listener.enough.wait()
    assert not feed.done()
    feed.cancel()
    await asyncio.wait([feed])
    await exchange.close()
