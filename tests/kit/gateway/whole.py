"""A whole gateway within the test, so that a test can reach into its views, on the page's prices."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Final

from kit.exchanges.paper import PaperExchange
from kit.gateway.runtime import Runtime, utc_now
from kit.log.opening import open_log
from kit.market.fixed import FixedMarket
from kit.settings import load_settings
from tests.e2e.gateway import UNHURRIED
from tests.e2e.stranger import Stranger

PRICES: Final = {"BTC/USDT": Decimal(67_250), "ETH/USDT": Decimal(3_500)}


class Whole:
    """A running gateway; its clients leave when it stops."""

    def __init__(self, runtime: Runtime, stack: AsyncExitStack) -> None:
        self.runtime = runtime
        self._stack = stack

    async def client(self) -> Stranger:
        client = await self._stack.enter_async_context(await self.stranger())
        await client.connect()
        return client

    async def stranger(self) -> Stranger:
        return await Stranger.opened(f"http://127.0.0.1:{self.runtime.edge.port}/")


@asynccontextmanager
async def whole_gateway(
    data_dir: Path, prices: Mapping[str, Decimal] = PRICES, exchanges: Sequence[str] = ("paper",)
) -> AsyncIterator[Whole]:
    """A gateway over the log in ``data_dir``, with the account ``main`` and its 10,000 USDT; it lists ``prices``."""
    settings = load_settings({"KIT_DATA_DIR": str(data_dir), "KIT_GATEWAY_PORT": "0", **UNHURRIED})
    failures: list[Exception] = []
    trading = {exchange: PaperExchange(exchange, FixedMarket(prices, utc_now)) for exchange in exchanges}
    runtime = Runtime(settings, open_log(settings.data_dir), trading, failures.append)
    await runtime.start()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(runtime.stop, "the test is over")
        yield Whole(runtime, stack)
    assert failures == []
