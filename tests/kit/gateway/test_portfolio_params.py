"""What narrows a portfolio down: for each action either it does, or it is refused."""

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.e2e.stranger import Stranger
from tests.kit.gateway.whole import whole_gateway


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Stranger]:
    """Of a gateway whose account holds 0.01 BTC, 1 ETH and the rest of 10,000 USDT, and has sold half its ETH."""
    async with whole_gateway(tmp_path / "data") as gateway:
        client = await gateway.client()
        for action, pair, amount in (("buy", "BTC/USDT", "0.01"), ("buy", "ETH/USDT", 2), ("sell", "ETH/USDT", 1)):
            await client.ok("trade.execute", action=action, pair=pair, type="market", amount=amount, amountIn="base")
        yield client


async def test_a_snapshot_of_one_asset_shows_only_that_and_the_totals_of_everything(client: Stranger) -> None:
    whole = await client.ok("portfolio.snapshot")
    shown = await client.ok("portfolio.snapshot", asset="ETH")
    assert {asset["symbol"] for asset in whole["assets"]} == {"USDT", "BTC", "ETH"}
    assert [(asset["symbol"], asset["total"]) for asset in shown["assets"]] == [("ETH", 1)]
    assert [position["pair"] for position in shown["positions"]] == ["ETH/USDT"]
    (eth,) = (asset for asset in whole["assets"] if asset["symbol"] == "ETH")
    assert shown["assets"][0]["allocation"] == eth["allocation"]
    assert shown["totalValueUsd"] == whole["totalValueUsd"] == Decimal("9988.8275")


async def test_balances_and_positions_are_those_of_the_asset(client: Stranger) -> None:
    balances = await client.ok("portfolio.snapshot", action="balance", asset="BTC")
    positions = await client.ok("portfolio.snapshot", action="positions", asset="BTC")
    assert [(asset["symbol"], asset["total"]) for asset in balances["assets"]] == [("BTC", Decimal("0.01"))]
    assert [position["pair"] for position in positions["positions"]] == ["BTC/USDT"]


async def test_profit_and_loss_is_that_of_pairs_with_the_asset_as_base_sums_included(client: Stranger) -> None:
    whole = await client.ok("portfolio.snapshot", action="pnl")
    btc = await client.ok("portfolio.snapshot", action="pnl", asset="BTC")
    eth = await client.ok("portfolio.snapshot", action="pnl", asset="ETH", period="month")
    assert whole["fees"] == Decimal("11.1725")
    assert ([row["pair"] for row in btc["pairs"]], btc["fees"]) == (["BTC/USDT"], Decimal("0.6725"))
    assert ([row["pair"] for row in eth["pairs"]], eth["fees"]) == (["ETH/USDT"], Decimal("10.5"))
    assert list(eth["unrealizedByPair"]) == ["ETH/USDT"]
    assert eth["pairs"][0]["period"].endswith("-01T00:00:00Z")


async def test_an_asset_that_is_not_held_is_nothing_and_no_mistake(client: Stranger) -> None:
    shown = await client.ok("portfolio.snapshot", asset="DOGE")
    pnl = await client.ok("portfolio.snapshot", action="pnl", asset="DOGE")
    assert (shown["assets"], shown["positions"], pnl["pairs"], pnl["realized"]) == ([], [], [], 0)


async def test_history_refuses_an_asset_and_says_why(client: Stranger) -> None:
    error = await client.error("portfolio.snapshot", action="history", asset="BTC")
    assert (error["code"], error["details"]) == ("INVALID_REQUEST", {"field": "asset"})
    assert error["message"] == "asset: history is of the whole account; no curve is kept for one asset"


@pytest.mark.parametrize("action", ["snapshot", "balance", "positions", "history"])
async def test_whatever_has_no_periods_refuses_one(client: Stranger, action: str) -> None:
    error = await client.error("portfolio.snapshot", action=action, period="day")
    assert (error["code"], error["details"]) == ("INVALID_REQUEST", {"field": "period"})
    assert error["message"] == f"period: {action} has no periods; only pnl has"
