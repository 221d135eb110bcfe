"""Trading through what really happened; ``KIT_RECORDING`` is the path of recorded BTC minutes (CSV or Parquet)."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.e2e.gateway import Gateway, running
from tests.e2e.recordings import replaying
from tests.e2e.stranger import Stranger

MARKET_SECONDS_A_SECOND = 7_200.0
HOURS = 24
CENT = Decimal("0.01")
BUY = {"action": "buy", "pair": "BTC/USDT"}


@pytest.fixture
def recording() -> Path:
    path = os.environ.get("KIT_RECORDING")
    if path is None:
        pytest.skip("KIT_RECORDING names no recording: set it to a file of BTC minutes to trade through one")
    return Path(path)


@pytest.fixture
def replay(tmp_path: Path, recording: Path) -> Iterator[Gateway]:
    with running(tmp_path / "data", **replaying({"BTC/USDT": recording}, MARKET_SECONDS_A_SECOND)) as gateway:
        yield gateway


async def test_a_day_can_be_traded_and_every_fill_lies_within_its_minute(replay: Gateway, recording: Path) -> None:
    minutes = read(recording)
    async with await replay.client() as client:
        await client.ok("subscribe", channel="market:price", pairs=["BTC/USDT"])
        await trade_every_hour(client, HOURS)
        await client.ok("order.cancelAll")
        fills = (await client.ok("fill.list", limit=1_000))["fills"]
        orders = (await client.ok("order.list", limit=1_000))["orders"]
        snapshot = await client.ok("portfolio.snapshot")
    assert len(fills) >= HOURS
    for fill in fills:
        low, high = within(minutes, datetime.fromisoformat(fill["executedAt"]))
        assert low <= fill["price"] <= high, fill
    for order in orders:
        filled = [fill for fill in fills if fill["orderId"] == order["orderId"]]
        assert order["filledAmount"] == sum(fill["amount"] for fill in filled)
        assert order["type"] == "market" or all(fill["price"] <= order["price"] for fill in filled)
    dollars = next(asset for asset in snapshot["assets"] if asset["symbol"] == "USDT")
    assert (dollars["free"], dollars["locked"]) == (10_000 - paid(fills), 0)


@pytest.mark.parametrize(
    ("stop", "target", "reached"),
    [("0.998", "1.05", "stopLoss"), ("0.95", "1.002", "takeProfit")],
    ids=["by its stop loss", "by its take profit"],
)
async def test_a_filled_bid_is_closed(replay: Gateway, recording: Path, stop: str, target: str, reached: str) -> None:
    minutes = read(recording)
    async with await replay.client() as client:
        now = await price(client)
        bid = (now["price"] * Decimal("0.999")).quantize(CENT)
        levels = {
            "stopLoss": (bid * Decimal(stop)).quantize(CENT),
            "takeProfit": (bid * Decimal(target)).quantize(CENT),
        }
        asked = {name: str(level) for name, level in levels.items()}
        entry = await client.ok("trade.execute", **BUY, type="limit", amount="0.01", price=str(bid), **asked)
        bought = await client.event("trade:executed", orderId=entry["orderId"], status="filled")
        exit_order = await client.event("trade:placed", exitOf=entry["orderId"])
        sold = await client.event("trade:executed", orderId=exit_order["orderId"], status="filled")
        closed = await client.event("position:closed", pair="BTC/USDT")
        open_orders = (await client.ok("order.list", status="open"))["orders"]
        assets = (await client.ok("portfolio.snapshot"))["assets"]
    low, high = within(minutes, datetime.fromisoformat(sold["timestamp"]))
    assert bought["price"] <= bid
    assert (low <= levels["stopLoss"]) if reached == "stopLoss" else (high >= levels["takeProfit"])
    assert (sold["price"] < bid) == (reached == "stopLoss")
    assert (
        closed["realizedPnl"] == sold["filledAmount"] * sold["avgPrice"] - bought["filledAmount"] * bought["avgPrice"]
    )
    assert open_orders == []
    assert [(asset["symbol"], asset["locked"]) for asset in assets] == [("USDT", 0)]


async def trade_every_hour(client: Stranger, hours: int) -> None:
    """Each hour of the market buy for 100 USDT, and bid half a percent lower with a stop and a target."""
    now = await price(client)
    for _ in range(hours):
        await client.ok("trade.execute", **BUY, type="market", amount=100)
        bid = (now["price"] * Decimal("0.995")).quantize(CENT)
        await client.ok(
            "trade.execute",
            **BUY,
            type="limit",
            amount="0.005",
            price=str(bid),
            stopLoss=str((bid * Decimal("0.99")).quantize(CENT)),
            takeProfit=str((bid * Decimal("1.01")).quantize(CENT)),
        )
        now = await price_at(client, now["timestamp"] + 3_600_000)
        client.events = [frame for frame in client.events if frame["event"] != "market:price"]


async def price(client: Stranger) -> dict[str, Any]:
    return await client.ok("market.data", action="price", pair="BTC/USDT")


async def price_at(client: Stranger, due: int) -> dict[str, Any]:
    """The first price of the time ``due`` or later."""

    def is_due(frame: dict[str, Any]) -> bool:
        return frame["event"] == "market:price" and bool(frame["payload"]["timestamp"] >= due)

    payload: dict[str, Any] = (await client.event_frame(is_due))["payload"]
    return payload


def read(recording: Path) -> pl.DataFrame:
    if recording.suffix == ".parquet":
        return pl.read_parquet(recording)
    return pl.read_csv(recording, try_parse_dates=True)


def within(minutes: pl.DataFrame, at: datetime) -> tuple[float, float]:
    """Lowest and highest recorded price of the minute of ``at``, rounded outwards to the tick."""
    opened = at - timedelta(seconds=at.second, microseconds=at.microsecond)
    ((low, high),) = minutes.filter(pl.col("timestamp") == opened).select("low", "high").rows()
    return low - 0.01, high + 0.01


def paid(fills: list[dict[str, Any]]) -> Decimal:
    """What the fills cost in all, in USDT; sales count below zero."""
    signs = {"buy": 1, "sell": -1}
    return sum((signs[fill["side"]] * fill["amount"] * fill["price"] + fill["fee"] for fill in fills), Decimal(0))
