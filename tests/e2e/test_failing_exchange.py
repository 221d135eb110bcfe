"""An exchange that does not answer. The paper exchange always does, so this gateway runs within the test."""

import contextlib
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest

from kit.exchanges.paper import PaperExchange
from kit.exchanges.protocol import ExchangeError, OrderReport, OrderRequest
from kit.gateway.runtime import Runtime, utc_now
from kit.log.opening import open_log
from kit.market.fixed import FixedMarket
from kit.market.protocol import Ticker
from kit.settings import load_settings
from tests.e2e.gateway import UNHURRIED
from tests.e2e.stranger import Stranger, held

BUY = {"action": "buy", "pair": "BTC/USDT", "type": "market", "amount": 100}


class MoodyExchange(PaperExchange):
    """Answers only while it is in the mood; ``lost`` answers are of orders that were placed all the same."""

    silent = False
    lost = False
    unwilling = False

    async def ticker(self, pair: str) -> Ticker:
        if self.silent:
            raise ExchangeError("moody does not answer", retryable=True)
        return await super().ticker(pair)

    async def place(self, request: OrderRequest) -> OrderReport:
        report = await super().place(request)
        if self.lost:
            self.lost = False
            raise ExchangeError("moody hung up", outcome_unknown=True)
        return report

    async def amend(self, request: OrderRequest) -> OrderReport:
        if self.unwilling:
            raise ExchangeError("moody does not feel like it")
        return await super().amend(request)


@pytest.fixture
def moody() -> MoodyExchange:
    return MoodyExchange("paper", FixedMarket({"BTC/USDT": Decimal(67250)}, utc_now))


@pytest.fixture
async def client(tmp_path: Path, moody: MoodyExchange) -> AsyncIterator[Stranger]:
    settings = load_settings({"KIT_DATA_DIR": str(tmp_path / "data"), "KIT_GATEWAY_PORT": "0", **UNHURRIED})
    failures: list[Exception] = []
    runtime = Runtime(settings, open_log(settings.data_dir), {"paper": moody}, failures.append)
    await runtime.start()
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(runtime.stop, "the test is over")
        client = await stack.enter_async_context(await Stranger.opened(f"http://127.0.0.1:{runtime.edge.port}/"))
        await client.connect()
        yield client
    assert failures == []


async def test_a_price_that_cannot_be_had_is_an_exchange_error_and_changes_nothing(
    client: Stranger, moody: MoodyExchange
) -> None:
    moody.silent = True
    reading = await client.error("market.data", action="price", pair="BTC/USDT")
    trading = await client.error("trade.execute", **BUY, clientOrderId="patient")
    assert (reading["code"], reading["retryable"]) == ("EXCHANGE_ERROR", True)
    assert (trading["code"], trading["retryable"]) == ("EXCHANGE_ERROR", True)
    assert (await client.ok("order.list"))["orders"] == []
    moody.silent = False
    order = await client.ok("trade.execute", **BUY, clientOrderId="patient")
    assert "duplicate" not in order
    assert order["status"] == "filled"


async def test_what_is_held_can_be_seen_while_no_price_can_be_had(client: Stranger, moody: MoodyExchange) -> None:
    await client.ok("trade.execute", **BUY)
    moody.silent = True
    snapshot = await client.ok("portfolio.snapshot")
    assert snapshot["incomplete"] is True
    assert [(asset["symbol"], asset["valueUsd"] is None) for asset in snapshot["assets"]] == [
        ("USDT", False),
        ("BTC", True),
    ]


async def test_an_order_whose_answer_is_lost_is_looked_up_and_never_placed_twice(
    client: Stranger, moody: MoodyExchange
) -> None:
    moody.lost = True
    order = await client.ok("trade.execute", **BUY)
    assert order["status"] == "filled"
    assert len((await client.ok("fill.list"))["fills"]) == 1
    assert await held(client) == {"USDT": (Decimal("9899.900595595"), 0), "BTC": (Decimal("0.00148698"), 0)}


async def test_an_amendment_that_the_exchange_refused_stays_refused_under_its_key(
    client: Stranger, moody: MoodyExchange
) -> None:
    rest = {"action": "buy", "pair": "BTC/USDT", "type": "limit", "amount": "0.01", "price": 60_000}
    order = await client.ok("trade.execute", **rest)
    change = {"orderId": order["orderId"], "price": 61_000, "idempotencyKey": "dearer"}
    moody.unwilling = True
    refused = await client.error("order.amend", **change)
    moody.unwilling = False
    assert (refused["code"], refused["message"]) == ("EXCHANGE_ERROR", "moody does not feel like it")
    assert await client.error("order.amend", **change) == refused
    amended = await client.ok("order.amend", **change | {"idempotencyKey": "once more"})
    assert await client.error("order.amend", **change) == refused
    again = await client.ok("order.amend", **change | {"idempotencyKey": "once more"})
    assert again == amended | {"duplicate": True}
