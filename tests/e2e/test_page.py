"""Every example of the user's page, sent as it stands there."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import page, page_errors
from tests.e2e.gateway import PAGE_PRICES, Gateway, running
from tests.e2e.shapes import differences
from tests.e2e.stranger import Stranger

PAGE_TOKEN = "your-gateway-token"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """The page's prices, and the page's token, which loopback allows."""
    with running(tmp_path_factory.mktemp("page") / "data", **PAGE_PRICES, KIT_GATEWAY_TOKEN=PAGE_TOKEN) as gateway:
        yield gateway


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Gateway]:
    """A gateway on which nothing has been traded yet."""
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        yield gateway


async def answered(client: Stranger, example: page.Example) -> Any:
    """Send the example; its answer has the page's shape."""
    answer = await client.literally(example.request)
    assert list(differences(json.loads(example.response), answer)) == []
    assert answer["id"] == json.loads(example.request)["id"]
    return answer["payload"]


async def test_connect_is_answered_with_who_the_gateway_is_and_what_it_can(gateway: Gateway) -> None:
    async with await gateway.stranger() as client:
        hello = await answered(client, page.CONNECT)
    assert hello["type"] == "hello-ok"
    assert re.fullmatch(r"kit-\d{10}-[0-9a-z]{9}", hello["clientId"])
    assert hello["protocol"] == 1
    assert hello["role"] == "full"
    assert [tool["name"] for tool in hello["tools"]] == ["trade", "market", "portfolio", "backtest"]
    assert hello["tools"][0]["description"] == "Execute trades"
    assert hello["tools"][0]["parameters"]["type"] == "object"
    assert hello["snapshot"]["exchanges"] == ["paper"]
    assert hello["snapshot"]["health"]["ok"] is True


async def test_health_names_skills_and_exchanges(gateway: Gateway) -> None:
    async with await gateway.client(PAGE_TOKEN) as client:
        health = await answered(client, page.HEALTH)
    assert health["ok"] is True
    assert isinstance(health["uptime"], int)
    assert health["skills"]["exchange-connector"] == "healthy"
    assert health["exchanges"]["paper"]["connected"] is True


async def test_status_counts_clients_skills_and_tools(gateway: Gateway) -> None:
    async with await gateway.client(PAGE_TOKEN) as client, await gateway.client(PAGE_TOKEN):
        status = await answered(client, page.STATUS)
    assert status["gateway"] == "running"
    assert status["clients"] == 2
    assert status["skills"] == 6
    assert status["tools"] == 4


async def test_skill_list_has_all_six_and_says_which_work(gateway: Gateway) -> None:
    async with await gateway.client(PAGE_TOKEN) as client:
        skills = (await answered(client, page.SKILL_LIST))["skills"]
    assert {skill["id"]: skill["status"] for skill in skills} == {
        "exchange-connector": "loaded",
        "portfolio-tracker": "loaded",
        "market-analysis": "loaded",
        "auto-trader": "loaded",
        "backtester": "disabled",
        "alert-system": "disabled",
    }


async def test_tool_invoke_spends_100_usdt_on_bitcoin(fresh: Gateway) -> None:
    async with await fresh.client() as client:
        order = await answered(client, page.TOOL_INVOKE)
    assert order["status"] == "filled"
    assert order["side"] == "buy"
    assert order["amount"] == order["filledAmount"] == Decimal("0.00148698")
    assert order["price"] == order["avgPrice"] == 67250
    assert order["fee"] == Decimal("0.099999405")
    assert order["feeCurrency"] == "USDT"


async def test_trade_execute_rests_a_limit_buy_with_its_exits(fresh: Gateway) -> None:
    async with await fresh.client() as client:
        order = await answered(client, page.TRADE_EXECUTE)
        assets = (await client.ok("portfolio.snapshot", action="balance"))["assets"]
    assert order["status"] == "pending"
    assert order["side"] == "buy"
    assert order["type"] == "limit"
    assert order["amount"] == Decimal("0.5")
    assert order["filledAmount"] == 0
    assert order["price"] == 3450
    assert order["stopLoss"] == 3200
    assert order["takeProfit"] == 4000
    # 0.5 × 3450, and the most that the fee can be on top.
    assert [(one["symbol"], one["free"], one["locked"]) for one in assets] == [
        ("USDT", Decimal("8273.275"), Decimal("1726.725"))
    ]


async def test_market_data_answers_with_a_hundred_candles_oldest_first(gateway: Gateway) -> None:
    async with await gateway.client(PAGE_TOKEN) as client:
        data = await answered(client, page.MARKET_DATA)
    assert data["pair"] == "BTC/USDT"
    assert data["timeframe"] == "1h"
    opened = [candle["timestamp"] for candle in data["candles"]]
    assert len(opened) == 100
    assert opened == list(range(opened[0], opened[0] + 100 * 3_600_000, 3_600_000))
    assert all(candle["open"] == candle["close"] == 67250 for candle in data["candles"])


async def test_portfolio_snapshot_shows_what_a_purchase_made_of_the_account(fresh: Gateway) -> None:
    async with await fresh.client() as client:
        await client.literally(page.TOOL_INVOKE.request)
        snapshot = await answered(client, page.PORTFOLIO_SNAPSHOT)
    assets = {asset["symbol"]: asset for asset in snapshot["assets"]}
    assert assets["USDT"]["free"] == assets["USDT"]["total"] == Decimal("9899.900595595")
    assert assets["BTC"]["total"] == Decimal("0.00148698")
    assert assets["BTC"]["locked"] == 0
    assert assets["BTC"]["valueUsd"] == Decimal("99.999405")
    assert float(snapshot["totalValueUsd"]) == pytest.approx(9999.900000595)
    assert float(snapshot["totalValueBtc"]) == pytest.approx(9999.900000595 / 67250)
    assert float(snapshot["change24h"]) == pytest.approx(-0.00099999405, abs=1e-6)
    assert float(sum(asset["allocation"] for asset in snapshot["assets"])) == pytest.approx(100)
    (position,) = snapshot["positions"]
    assert position["amount"] == Decimal("0.00148698")
    assert position["entryPrice"] == position["currentPrice"] == 67250
    assert position["unrealizedPnl"] == position["unrealizedPnlPercent"] == 0


async def test_an_order_beyond_the_funds_is_refused_as_on_the_page(fresh: Gateway) -> None:
    async with await fresh.client() as client:
        answer = await client.call("trade.execute", action="buy", pair="BTC/USDT", amount=20_000, type="market")
        assert list(differences(json.loads(page_errors.INSUFFICIENT_FUNDS), answer)) == []
        assert answer["error"]["code"] == "INSUFFICIENT_FUNDS"
        assert answer["error"]["retryable"] is False
        assert "USDT" in answer["error"]["message"]
        assert (await client.ok("order.list"))["orders"] == []
