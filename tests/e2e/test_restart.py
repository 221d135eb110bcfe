"""Killed at any moment, the gateway starts again with everything that it acknowledged."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.e2e.gateway import PAGE_PRICES, running
from tests.e2e.recordings import recorded, replaying
from tests.e2e.stranger import Stranger, held

LIVE = ("timestamp", "priceAt", "changeSince", "stateVersion", "change24h", "change7d")
LIMIT = {"action": "buy", "pair": "ETH/USDT", "type": "limit", "amount": 1, "price": 3000}


async def whole(client: Stranger) -> dict[str, Any]:
    """Everything that a client can see of the account, but for what moves with the clock."""
    snapshot = await client.ok("portfolio.snapshot")
    return {
        "snapshot": settled(snapshot),
        "pnl": settled(await client.ok("portfolio.snapshot", action="pnl")),
        "orders": (await client.ok("order.list", limit=1_000))["orders"],
        "fills": (await client.ok("fill.list", limit=1_000))["fills"],
        "accounts": await client.ok("account.list"),
    }


def settled(document: Any) -> Any:
    if isinstance(document, dict):
        return {name: settled(value) for name, value in document.items() if name not in LIVE}
    return [settled(one) for one in document] if isinstance(document, list) else document


async def trade_a_little(client: Stranger) -> None:
    await client.ok("trade.execute", action="buy", pair="BTC/USDT", type="market", amount=1_000, stopLoss=60_000)
    await client.ok("trade.execute", action="buy", pair="ETH/USDT", type="market", amount=700)
    await client.ok("trade.execute", action="sell", pair="ETH/USDT", type="market", amount="0.05")
    resting = [await client.ok("trade.execute", **LIMIT, clientOrderId=f"resting-{n}") for n in range(2)]
    await client.ok("order.cancel", orderId=resting[1]["orderId"])
    await client.ok("account.deposit", asset="USDT", amount="12.34", idempotencyKey="deposit")
    await client.ok("fill.record", tradeId="e-1", pair="BTC/USDT", side="buy", amount="0.001", price=66_000)
    assert (await client.error("trade.execute", **{**LIMIT, "amount": 100}, clientOrderId="no"))["code"] == (
        "INSUFFICIENT_FUNDS"
    )


async def test_after_a_kill_the_account_is_what_it_was(tmp_path: Path) -> None:
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            await trade_a_little(client)
            before = await whole(client)
        gateway.kill()
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            assert await whole(client) == before
            again = await client.ok("trade.execute", **LIMIT, clientOrderId="resting-0")
            refused = await client.error("trade.execute", **{**LIMIT, "amount": 100}, clientOrderId="no")
            other = await client.error("trade.execute", **{**LIMIT, "amount": 2}, clientOrderId="resting-0")
            deposit = await client.ok("account.deposit", asset="USDT", amount="12.34", idempotencyKey="deposit")
            fill = await client.ok(
                "fill.record", tradeId="e-1", pair="BTC/USDT", side="buy", amount="0.001", price=66_000
            )
            assert again["duplicate"] is deposit["duplicate"] is fill["duplicate"] is True
            assert refused["code"] == "INSUFFICIENT_FUNDS"
            assert other["code"] == "INVALID_ORDER"
            assert await whole(client) == before


async def test_a_resting_order_still_fills_after_a_kill(tmp_path: Path) -> None:
    falling = recorded(tmp_path / "eth.csv", ["3500", "3200", "2990", "2990"], times=100)
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            order = await client.ok("trade.execute", **LIMIT)
            seen = client.events[-1]["seq"] if client.events else order["seq"]
        gateway.kill()
    with running(tmp_path / "data", **replaying({"ETH/USDT": falling}, speed=4)) as gateway:
        async with await gateway.client(resumeFrom=seen) as client:
            executed = await client.event("trade:executed", orderId=order["orderId"])
            assert executed["price"] == 3000
            assert await held(client) == {"USDT": (Decimal(6997), 0), "ETH": (1, 0)}


async def test_armed_exits_still_guard_after_a_kill(tmp_path: Path) -> None:
    rising = recorded(tmp_path / "eth.csv", ["3500", "3800", "4010", "4020"], times=100)
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            entry = await client.ok(
                "trade.execute",
                action="buy",
                pair="ETH/USDT",
                type="market",
                amount=3500,
                stopLoss=3000,
                takeProfit=4000,
            )
        gateway.kill()
    with running(tmp_path / "data", **replaying({"ETH/USDT": rising}, speed=4)) as gateway:
        async with await gateway.client(resumeFrom=entry["seq"]) as client:
            closed = await client.event("position:closed", pair="ETH/USDT")
            sold, bought = (await client.ok("order.list", status="filled"))["orders"]
            assert closed["realizedPnl"] > 500
            assert bought["orderId"] == sold["exitOf"] == entry["orderId"]
            assert (await held(client)).keys() == {"USDT"}


async def test_who_comes_back_gets_what_it_missed_once_and_in_order(tmp_path: Path) -> None:
    buy = {"action": "buy", "pair": "BTC/USDT", "type": "market", "amount": 50}
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as watcher, await gateway.client() as trader:
            first = await trader.ok("trade.execute", **buy)
            await watcher.event("trade:executed", orderId=first["orderId"])
            position = await watcher.event_frame(lambda frame: frame["event"] == "position:opened")
            await watcher.close()
            missed = [await trader.ok("trade.execute", **buy) for _ in range(20)]
            told = [frame for frame in trader.events if frame["seq"] > position["seq"]]
            if told[-1]["payload"]["orderId"] != missed[-1]["orderId"]:
                await trader.event("trade:executed", orderId=missed[-1]["orderId"])
        gateway.kill()
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client(resumeFrom=position["seq"]) as watcher, await gateway.client() as trader:
            last = await trader.ok("trade.execute", **buy)
            await watcher.event("trade:executed", orderId=last["orderId"])
            orders = [order["orderId"] for order in (*missed, last)]
            of_trades = [frame for frame in watcher.events if frame["event"].startswith("trade:")]
            for event in ("trade:placed", "trade:executed"):
                assert [f["payload"]["orderId"] for f in of_trades if f["event"] == event] == orders
            places = [frame["seq"] for frame in watcher.events]
            assert places == sorted(places)
            assert len({(frame["seq"], frame["event"]) for frame in watcher.events}) == len(watcher.events)


async def test_the_simulated_past_is_the_same_after_a_restart(tmp_path: Path) -> None:
    asked = {"action": "ohlcv", "pair": "ETH/USDT", "timeframe": "1m", "since": "2024-02-29T23:50:00Z", "limit": 500}
    seen = []
    for _ in range(2):
        with running(tmp_path / "data") as gateway:
            async with await gateway.client() as client:
                data = await client.ok("market.data", **asked)
                assert data["simulated"] is True
                seen.append(data["candles"])
            gateway.kill()
    assert len(seen[0]) == 500
    assert seen[0] == seen[1]


async def test_a_position_beyond_the_log_is_refused(tmp_path: Path) -> None:
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.stranger() as client:
            error = await client.error("connect", client={"id": "me", "version": "1"}, resumeFrom=1_000_000)
            assert error["code"] == "INVALID_REQUEST"
            assert "resumeFrom" in error["message"]
