"""What becomes of orders, how they are found again, and what is pushed about them."""

from decimal import Decimal
from typing import Any

import pytest

from tests.e2e.stranger import Stranger, held

LIMIT = {"action": "buy", "pair": "ETH/USDT", "type": "limit", "amount": "0.1", "price": 3000}


async def test_a_limit_order_that_the_market_has_reached_fills_at_the_better_price(
    client: Stranger, account: str
) -> None:
    order = await client.ok(
        "trade.execute", action="buy", pair="ETH/USDT", type="limit", amount=1, price=3600, account=account
    )
    assert order["price"] in (3500, 3600)  # Answered when taken; filled then or right after.
    executed = await client.event("trade:executed", orderId=order["orderId"])
    assert executed["price"] == 3500
    assert executed["status"] == "filled"
    assert await held(client, account) == {"USDT": (Decimal("6496.5"), 0), "ETH": (1, 0)}


async def test_an_order_is_found_by_either_id(client: Stranger, account: str) -> None:
    order = await client.ok("trade.execute", **LIMIT, account=account, clientOrderId=f"mine-{account}")
    assert order["clientOrderId"] == f"mine-{account}"
    by_ours = await client.ok("order.get", orderId=order["orderId"])
    by_theirs = await client.ok("order.get", clientOrderId=f"mine-{account}", account=account)
    assert by_ours == by_theirs == order


async def test_order_list_pages_through_everything_once_newest_first(client: Stranger, account: str) -> None:
    placed = [(await client.ok("trade.execute", **LIMIT, account=account))["orderId"] for _ in range(7)]
    seen: list[str] = []
    cursor: dict[str, Any] = {}
    while True:
        page = await client.ok("order.list", account=account, limit=3, **cursor)
        seen += [order["orderId"] for order in page["orders"]]
        if "cursor" not in page:
            break
        cursor = {"cursor": page["cursor"]}
    assert seen == placed[::-1]


async def test_order_list_narrows_down_by_status_and_pair(client: Stranger, account: str) -> None:
    resting = await client.ok("trade.execute", **LIMIT, account=account)
    filled = await client.ok("trade.execute", action="buy", pair="BTC/USDT", type="market", amount=50, account=account)

    async def listed(**narrowed: object) -> list[str]:
        return [order["orderId"] for order in (await client.ok("order.list", account=account, **narrowed))["orders"]]

    assert await listed(status="open") == await listed(status="pending") == [resting["orderId"]]
    assert await listed(status="filled") == await listed(pair="BTC/USDT") == [filled["orderId"]]
    assert await listed(status="cancelled") == []
    assert await listed(since=filled["timestamp"]) == [filled["orderId"]]


async def test_a_cancelled_order_is_cancelled_once_and_says_so_again(client: Stranger, account: str) -> None:
    order = await client.ok("trade.execute", **LIMIT, account=account)
    first = await client.ok("order.cancel", orderId=order["orderId"], account=account)
    again = await client.ok("order.cancel", orderId=order["orderId"], account=account)
    assert first["status"] == again["status"] == "cancelled"
    assert again["seq"] == first["seq"]
    await client.event("trade:cancelled", orderId=order["orderId"])


async def test_a_filled_order_cannot_be_cancelled(client: Stranger, account: str) -> None:
    order = await client.ok("trade.execute", action="buy", pair="BTC/USDT", type="market", amount=50, account=account)
    error = await client.error("order.cancel", orderId=order["orderId"], account=account)
    assert error["code"] == "INVALID_ORDER"
    assert "filled" in error["message"]


async def test_cancel_all_ends_the_orders_of_one_pair_or_of_all(client: Stranger, account: str) -> None:
    ether = [(await client.ok("trade.execute", **LIMIT, account=account))["orderId"] for _ in range(2)]
    bitcoin = await client.ok(
        "trade.execute", action="buy", pair="BTC/USDT", type="limit", amount="0.01", price=60_000, account=account
    )
    first = await client.ok("order.cancelAll", pair="ETH/USDT", account=account)
    rest = await client.ok("order.cancelAll", account=account)
    none = await client.ok("order.cancelAll", account=account)
    assert sorted(first["cancelled"]) == sorted(ether)
    assert rest["cancelled"] == [bitcoin["orderId"]]
    assert none["cancelled"] == []
    assert await held(client, account) == {"USDT": (10_000, 0)}


async def test_the_events_of_a_position_come_in_log_order_each_with_its_place(client: Stranger, account: str) -> None:
    bought = await client.ok("trade.execute", action="buy", pair="ETH/USDT", type="market", amount=350, account=account)
    sold = await client.ok(
        "trade.execute", action="sell", pair="ETH/USDT", type="market", amount="0.1", account=account
    )
    closed = await client.event("position:closed", account=account)
    told = [frame for frame in client.events if frame["payload"].get("account") == account]
    assert [frame["event"] for frame in told] == [
        "trade:placed",
        "trade:executed",
        "position:opened",
        "trade:placed",
        "trade:executed",
        "position:closed",
    ]
    assert [frame["seq"] for frame in told] == sorted(frame["seq"] for frame in told)
    assert told[1]["seq"] == told[2]["seq"] == bought["seq"]
    assert told[4]["seq"] == sold["seq"]
    opened = told[2]["payload"]
    assert opened["pair"] == "ETH/USDT"
    assert opened["side"] == "long"
    assert opened["amount"] == Decimal("0.1")
    assert opened["entryPrice"] == 3500
    assert opened["exchange"] == "paper"
    assert "realizedPnl" not in opened
    assert closed["id"] == opened["id"]
    assert closed["realizedPnl"] == 0


async def test_events_come_only_from_channels_that_are_subscribed(client: Stranger, account: str) -> None:
    left = await client.ok("unsubscribe", channel="trade")
    assert "trade:executed" not in left["channels"]
    await client.ok("trade.execute", action="buy", pair="BTC/USDT", type="market", amount=50, account=account)
    await client.event("position:opened", account=account)
    assert [frame for frame in client.events if frame["event"].startswith("trade:")] == []


async def test_the_same_request_twice_on_one_connection_gets_the_first_answer(client: Stranger, account: str) -> None:
    text = (
        '{"type":"req","id":"twice","method":"trade.execute","params":'
        f'{{"action":"buy","pair":"BTC/USDT","type":"market","amount":50,"account":"{account}"}}}}'
    )
    first = await client.literally(text)
    again = await client.literally(text)
    other = await client.literally(text.replace("50", "60"))
    assert again == first
    assert other["error"]["code"] == "INVALID_REQUEST"
    assert len((await client.ok("order.list", account=account))["orders"]) == 1


@pytest.mark.parametrize("action", ["price", "ohlcv", "orderbook", "ticker", "trades", "analyze"])
async def test_every_view_of_the_market_says_where_its_prices_come_from(client: Stranger, action: str) -> None:
    answer = await client.ok("market.data", action=action, pair="BTC/USDT")
    assert answer["pair"] == "BTC/USDT"
    assert answer["exchange"] == "paper"
    assert answer["simulated"] is True
    assert answer["source"] == "fixed"


async def test_the_tools_are_methods_by_another_name(client: Stranger, account: str) -> None:
    price = await client.ok("tool.invoke", tool="market", args={"action": "price", "pair": "BTC/USDT"})
    portfolio = await client.ok("tool.invoke", tool="portfolio", args={"action": "balance", "account": account})
    error = await client.error("tool.invoke", tool="trade", args={"action": "buy", "stopLos": 1})
    assert (price["price"], price["bid"], price["ask"]) == (67250, 67250, 67250)
    assert portfolio["assets"][0]["total"] == 10_000
    assert error["code"] == "INVALID_REQUEST"


async def test_the_schema_describes_every_method_and_event(client: Stranger) -> None:
    schema = await client.ok("protocol.schema")
    assert {"trade.execute", "portfolio.snapshot", "fill.record", "connect"} <= schema["methods"].keys()
    assert {"trade:executed", "position:closed", "market:price"} <= schema["events"].keys()
