"""What runs beside the requests is seen to be dead while it is, and begins again by itself."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from kit.exchanges.paper import PaperExchange
from kit.exchanges.protocol import OrderReport
from kit.gateway.runtime import Runtime, utc_now
from kit.log.opening import open_log
from kit.market.fixed import FixedMarket
from kit.market.protocol import Ticker
from kit.settings import load_settings
from kit.trading import background as background_module
from tests.e2e.gateway import UNHURRIED
from tests.e2e.stranger import Stranger

BUY = {"action": "buy", "pair": "BTC/USDT", "type": "market", "amount": 100, "stopLoss": 60_000}
LOOPS = ("prices of paper", "exits on paper", "held stops on paper", "prices for risk on paper", "reports of paper")
DEAD = {f"{name} is not running: RuntimeError" for name in LOOPS}


class Broken(PaperExchange):
    """Has no streams as long as it is broken."""

    broken = True

    def prices(self) -> AsyncIterator[Ticker]:
        self._mind()
        return super().prices()

    def reports(self) -> AsyncIterator[OrderReport]:
        self._mind()
        return super().reports()

    def _mind(self) -> None:
        if self.broken:
            raise RuntimeError("the key hunter2 is not valid")


@pytest.fixture
def market() -> FixedMarket:
    return FixedMarket({"BTC/USDT": Decimal(67_250)}, utc_now)


@pytest.fixture
def exchange(market: FixedMarket) -> Broken:
    return Broken("paper", market)


@pytest.fixture
async def url(tmp_path: Path, exchange: Broken, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    monkeypatch.setattr(background_module, "PAUSE_MAX_S", 0.1)
    monkeypatch.setattr(background_module, "STEADY_S", 0.2)
    settings = load_settings({"KIT_DATA_DIR": str(tmp_path / "data"), "KIT_GATEWAY_PORT": "0", **UNHURRIED})
    failures: list[Exception] = []
    runtime = Runtime(settings, open_log(settings.data_dir), {"paper": exchange}, failures.append)
    await runtime.start()
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(runtime.stop, "the test is over")
        yield f"http://127.0.0.1:{runtime.edge.port}/"
    assert failures == []


async def healthz(url: str) -> tuple[int, dict[str, Any]]:
    async with ClientSession() as session, session.get(f"{url}healthz") as page:
        return page.status, await page.json()


async def until_well(url: str) -> None:
    async with asyncio.timeout(20):
        while (await healthz(url))[0] != 200:  # noqa: ASYNC110 - Nobody announces it.
            await asyncio.sleep(0.05)


async def test_health_names_what_is_not_running_until_it_runs_again_and_does_its_work(
    url: str, exchange: Broken, market: FixedMarket
) -> None:
    status, health = await healthz(url)
    assert (status, health["ok"], set(health["problems"])) == (503, False, DEAD)
    exchange.broken = False
    await until_well(url)
    async with await Stranger.opened(url) as client:
        await client.connect()
        entry = await client.ok("trade.execute", **BUY)
        market.set_price("BTC/USDT", Decimal(59_000))
        sold = await client.event("trade:executed", side="sell")
    assert sold["orderId"] != entry["orderId"]
