"""The table of ``trade.execute`` on the user's page, row by row: each parameter, each type, each way of being wrong."""

from decimal import Decimal
from typing import Any, Final

import pytest

from tests.e2e.shapes import differences
from tests.e2e.stranger import Stranger, held

D = Decimal
# The page's own answer to an order: these fields, of these JSON types.
ANSWER: Final = {
    "orderId": "67890",
    "status": "pending",
    "pair": "ETH/USDT",
    "side": "buy",
    "type": "limit",
    "amount": 0.5,
    "price": 3450,
    "timestamp": "2026-02-09T21:24:00Z",
}
# On the fixed market ETH/USDT stands at 3,500: (order, the status it answers with, what it then locks).
ORDERS: Final[dict[str, tuple[dict[str, Any], str, dict[str, Decimal]]]] = {
    "buy market": ({"action": "buy", "amount": 350, "type": "market"}, "filled", {"USDT": D(0)}),
    "sell market": ({"action": "sell", "amount": "0.5", "type": "market"}, "filled", {"ETH": D(0)}),
    "buy limit": ({"action": "buy", "amount": 1, "type": "limit", "price": 3450}, "pending", {"USDT": D("3453.45")}),
    "sell limit": ({"action": "sell", "amount": 1, "type": "limit", "price": 3600}, "pending", {"ETH": D(1)}),
    "buy stop-limit": (
        {"action": "buy", "amount": 1, "type": "stop-limit", "price": 3620, "stopPrice": 3600},
        "pending",
        {"USDT": D("3623.62")},
    ),
    "sell stop-limit": (
        {"action": "sell", "amount": "0.5", "type": "stop-limit", "price": 3380, "stopPrice": 3400},
        "pending",
        {"ETH": D("0.5")},
    ),
}
PAGE_ORDER: Final[dict[str, Any]] = {"action": "buy", "pair": "ETH/USDT", "amount": 0.5, "type": "limit", "price": 3450}
EXITS: Final = ("stopLoss", "takeProfit", "trailingStop")
WRONG_TYPES: Final[dict[str, list[Any]]] = {
    "action": [1, None, "BUY", "short", ["buy"]],
    "pair": [1, None, "", {"base": "ETH"}],
    "amount": [None, True, "half", [1], {}],
    "type": [1, None, "Limit", "fill-or-kill"],
    "price": [True, "cheap", [3450], {}],
    "stopLoss": [True, "low", [3200], {}],
    "takeProfit": [True, "high", [4000], {}],
    "trailingStop": [True, "2 %", [2], {}],
    "exchange": [1, True, ["paper"], {}],
}
FORBIDDEN: Final[dict[str, list[Any]]] = {
    "amount": [0, -1, "0.0000001"],
    "pair": ["DOGE/USDT", "ETHUSDT", "eth/usdt"],
    "price": [0, -3450, "3450.001"],
    "stopLoss": [0, -1, 3450, 3500, "3200.001"],
    "takeProfit": [0, -1, 3450, 3400, "4000.001"],
    "trailingStop": [0, -1, 100, 101, "99.9999"],
}


@pytest.fixture
async def funded(client: Stranger, account: str) -> str:
    """An account with 10,000 USDT and an ether."""
    await client.ok("account.deposit", account=account, asset="ETH", amount=1)
    return account


@pytest.mark.parametrize(("order", "status", "locked"), ORDERS.values(), ids=ORDERS.keys())
@pytest.mark.parametrize("exchange", [{}, {"exchange": "paper"}], ids=["first exchange", "exchange named"])
async def test_each_type_is_taken_both_ways(
    client: Stranger,
    funded: str,
    order: dict[str, Any],
    status: str,
    locked: dict[str, Decimal],
    exchange: dict[str, str],
) -> None:
    answer = await client.ok("trade.execute", pair="ETH/USDT", account=funded, **order, **exchange)
    assert list(differences(ANSWER, answer)) == []
    asked = {"pair": "ETH/USDT", "side": order["action"], "type": order["type"], "exchange": "paper"}
    assert {name: answer[name] for name in asked} == asked
    assert answer["status"] == status
    assert answer["price"] == order.get("price", 3500)
    holdings = await held(client, funded)
    assert {asset: holdings[asset][1] for asset in locked} == locked


@pytest.mark.parametrize(
    "levels",
    [
        {"stopLoss": 3200},
        {"takeProfit": 4000},
        {"trailingStop": 2},
        {"stopLoss": 3200, "takeProfit": 4000, "trailingStop": 2},
    ],
)
@pytest.mark.parametrize(
    "entry",
    [
        {"type": "market", "amount": 350},
        {"type": "limit", "amount": "0.1", "price": 3500},
        {"type": "stop-limit", "amount": "0.1", "price": 3620, "stopPrice": 3600},
    ],
    ids=["market", "limit", "stop-limit"],
)
async def test_exits_are_taken_with_each_type_and_shown_again(
    client: Stranger, account: str, entry: dict[str, Any], levels: dict[str, int]
) -> None:
    order = await client.ok("trade.execute", action="buy", pair="ETH/USDT", account=account, **entry, **levels)
    found = await client.ok("order.get", orderId=order["orderId"])
    for shown in (order, found):
        assert {name: shown[name] for name in EXITS if name in shown} == levels
    if order["status"] == "filled":  # What it bought is guarded, and so locked once, whatever the number of exits.
        assert (await held(client, account))["ETH"] == (0, order["filledAmount"])


@pytest.mark.parametrize("missing", ["action", "pair", "amount", "type"])
async def test_what_the_table_requires_is_required(client: Stranger, account: str, missing: str) -> None:
    asked = {name: value for name, value in PAGE_ORDER.items() if name != missing}
    error = await client.error("trade.execute", account=account, **asked)
    assert error["code"] == "INVALID_REQUEST"
    assert missing in error["message"]


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG_TYPES.items() for value in values])
async def test_a_value_of_another_type_is_an_invalid_request(
    client: Stranger, account: str, name: str, value: object
) -> None:
    error = await client.error("trade.execute", account=account, **PAGE_ORDER | {name: value})
    assert error["code"] == "INVALID_REQUEST"
    assert name in error["message"]


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in FORBIDDEN.items() for value in values])
async def test_a_value_that_the_market_forbids_is_an_invalid_order(
    client: Stranger, account: str, name: str, value: object
) -> None:
    error = await client.error("trade.execute", account=account, **PAGE_ORDER | {name: value})
    assert error["code"] == "INVALID_ORDER"
    assert error["message"].startswith(name)
    assert error["details"]["field"] == name


async def test_an_exchange_that_is_not_there_is_not_found(client: Stranger, account: str) -> None:
    error = await client.error("trade.execute", account=account, **PAGE_ORDER, exchange="binance")
    assert (error["code"], error["message"]) == (
        "NOT_FOUND",
        "exchange 'binance' is not configured; there is paper",
    )


async def test_more_than_there_is_cannot_be_spent_nor_sold(client: Stranger, account: str) -> None:
    buy = await client.error("trade.execute", account=account, **PAGE_ORDER | {"amount": 3})
    sell = await client.error("trade.execute", account=account, **PAGE_ORDER | {"action": "sell"})
    assert (buy["code"], sell["code"]) == ("INSUFFICIENT_FUNDS", "INSUFFICIENT_FUNDS")
    assert buy["message"] == "Not enough USDT to execute order: needs 10360.35, free 10000"
    assert sell["message"] == "Not enough ETH to execute order: needs 0.5, free 0"


async def test_nothing_of_a_refused_order_stays(client: Stranger, account: str) -> None:
    for name, values in (WRONG_TYPES | FORBIDDEN).items():
        await client.error("trade.execute", account=account, **PAGE_ORDER | {name: values[0]})
    assert await held(client, account) == {"USDT": (10_000, 0)}
    assert (await client.ok("order.list", account=account))["orders"] == []
