"""Amending orders, closing positions, and orders that do not wait: each takes effect once for each key."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from tests.e2e.gateway import PAGE_PRICES, running
from tests.e2e.recordings import recorded, replaying
from tests.e2e.stranger import Stranger, held

LIMIT = {"action": "buy", "pair": "ETH/USDT", "type": "limit", "amount": 1, "price": 3_000}
ENTRY = {"action": "buy", "pair": "ETH/USDT", "type": "market", "amount": 3_500, "stopLoss": 3_000, "takeProfit": 4_000}


async def test_an_order_whose_price_comes_to_the_market_fills(client: Stranger, account: str) -> None:
    order = await client.ok("trade.execute", **LIMIT, account=account)
    amended = await client.ok("order.amend", orderId=order["orderId"], price=3_600, account=account)
    assert amended["orderId"] == order["orderId"]
    executed = await client.event("trade:executed", orderId=order["orderId"])
    assert (executed["status"], executed["price"]) == ("filled", 3_500)
    assert await held(client, account) == {"USDT": (Decimal("6496.5"), 0), "ETH": (1, 0)}


async def test_an_amount_up_and_down_locks_and_frees_what_it_costs(client: Stranger, account: str) -> None:
    await client.ok("trade.execute", **LIMIT, account=account, clientOrderId="mine")
    for amount, locked in ((2, 6_006), ("0.5", Decimal("1501.5"))):
        amended = await client.ok("order.amend", clientOrderId="mine", amount=amount, account=account)
        assert (amended["status"], amended["amount"]) == ("pending", Decimal(amount))
        assert await held(client, account) == {"USDT": (10_000 - locked, locked)}
    cancelled = await client.ok("order.cancel", clientOrderId="mine", account=account)
    assert cancelled["amount"] == Decimal("0.5")
    assert await held(client, account) == {"USDT": (10_000, 0)}


async def test_an_amendment_under_one_key_is_made_once(client: Stranger, account: str) -> None:
    order = await client.ok("trade.execute", **LIMIT, account=account)
    change = {"orderId": order["orderId"], "amount": 2, "account": account, "idempotencyKey": "twice"}
    first = await client.ok("order.amend", **change)
    await client.ok("order.amend", orderId=order["orderId"], amount=3, account=account)
    again = await client.ok("order.amend", **{**change, "amount": "2.0"})
    error = await client.error("order.amend", **{**change, "amount": 1})
    assert "duplicate" not in first
    assert (again["duplicate"], again["amount"]) == (True, 3)
    assert error["code"] == "INVALID_REQUEST"
    assert error["details"]["existing"]["key"] == "twice"


async def test_an_amendment_is_told_with_the_terms_that_the_order_has_from_now_on(
    client: Stranger, account: str
) -> None:
    order = await client.ok("trade.execute", **LIMIT, stopLoss=2_500, trailingStop=5, account=account)
    amended = await client.ok("order.amend", orderId=order["orderId"], price=2_900, account=account)
    told = await client.event_frame(lambda frame: bool(frame["event"] == "trade:amended"))
    terms = {"amount": 1, "price": 2_900, "stopLoss": 2_500, "trailingStop": 5, "exchange": "paper", "account": account}
    assert told["payload"] == {"orderId": order["orderId"], **terms, "timestamp": told["payload"]["timestamp"]}
    assert told["seq"] == amended["seq"]


async def test_a_stop_is_not_moved_behind_the_market(client: Stranger, account: str) -> None:
    buy = {"action": "buy", "pair": "ETH/USDT", "type": "stop-market", "amount": 1, "stopPrice": 3_600}
    order = await client.ok("trade.execute", **buy, account=account)
    error = await client.error("order.amend", orderId=order["orderId"], stopPrice=3_400, account=account)
    assert error["code"] == "INVALID_ORDER"
    assert error["message"] == "stopPrice 3400 must be above the market at 3500.00 for a buy"
    moved = await client.ok("order.amend", orderId=order["orderId"], stopPrice=3_550, account=account)
    assert (moved["status"], moved["stopPrice"]) == ("pending", 3_550)


async def test_an_amendment_beyond_the_funds_is_refused_for_good(client: Stranger, account: str) -> None:
    order = await client.ok("trade.execute", **LIMIT, account=account)
    greedy = {"orderId": order["orderId"], "amount": 4, "account": account, "idempotencyKey": "greedy"}
    first = await client.error("order.amend", **greedy)
    await client.ok("account.deposit", asset="USDT", amount=50_000, account=account)
    again = await client.error("order.amend", **greedy)
    assert first["code"] == again["code"] == "INSUFFICIENT_FUNDS"
    assert first["message"] == again["message"]
    assert "to amend the order: needs 9009" in first["message"]
    assert (await client.ok("order.get", orderId=order["orderId"]))["amount"] == 1


@pytest.mark.parametrize(
    ("change", "code", "named"),
    [
        ({}, "INVALID_REQUEST", "nothing to change"),
        ({"amount": 0}, "INVALID_ORDER", "amount 0"),
        ({"price": "3000.001"}, "INVALID_ORDER", "price 3000.001"),
        ({"stopPrice": 3_600}, "INVALID_ORDER", "stopPrice 3600"),
        ({"stopLoss": 3_001}, "INVALID_ORDER", "stopLoss 3001"),
        ({"takeProfit": 2_999}, "INVALID_ORDER", "takeProfit 2999"),
        ({"trailingStop": 100}, "INVALID_ORDER", "trailingStop 100"),
        ({"price": "much"}, "INVALID_REQUEST", "price"),
    ],
)
async def test_a_change_that_cannot_be_says_what_is_wrong(
    client: Stranger, account: str, change: Mapping[str, object], code: str, named: str
) -> None:
    order = await client.ok("trade.execute", **LIMIT, account=account)
    error = await client.error("order.amend", orderId=order["orderId"], account=account, **change)
    assert error["code"] == code
    assert named in error["message"]
    assert await client.ok("order.get", orderId=order["orderId"]) == order


async def test_a_closed_order_cannot_be_amended_and_an_unknown_one_is_not_found(client: Stranger, account: str) -> None:
    order = await client.ok("trade.execute", **LIMIT, account=account)
    await client.ok("order.cancel", orderId=order["orderId"], account=account)
    closed = await client.error("order.amend", orderId=order["orderId"], amount=2, account=account)
    missing = await client.error("order.amend", orderId="nobody's", amount=2, account=account)
    assert (closed["code"], missing["code"]) == ("INVALID_ORDER", "NOT_FOUND")


async def test_a_position_is_closed_by_its_pair_whatever_its_exits_guard(client: Stranger, account: str) -> None:
    await client.ok("trade.execute", **ENTRY, account=account)
    order = await client.ok("position.close", pair="ETH/USDT", account=account)
    assert (order["status"], order["side"], order["type"], order["filledAmount"]) == ("filled", "sell", "market", 1)
    assert await held(client, account) == {"USDT": (9_993, 0)}
    assert (await client.ok("portfolio.snapshot", account=account))["positions"] == []


async def test_a_part_of_a_position_is_closed_by_its_id_and_the_rest_stays_guarded(
    client: Stranger, account: str
) -> None:
    await client.ok("trade.execute", **ENTRY, account=account)
    (position,) = (await client.ok("portfolio.snapshot", account=account))["positions"]
    order = await client.ok("position.close", id=position["id"], amount="0.4", account=account)
    assert order["filledAmount"] == Decimal("0.4")
    assert (await held(client, account))["ETH"] == (0, Decimal("0.6"))


async def test_a_position_is_closed_once_under_one_key(client: Stranger, account: str) -> None:
    await client.ok("trade.execute", **ENTRY, account=account)
    close = {"pair": "ETH/USDT", "account": account, "clientOrderId": "out"}
    first = await client.ok("position.close", **close)
    again = await client.ok("position.close", **close)
    other = await client.error("position.close", **close, amount="0.1")
    assert again == first | {"duplicate": True}
    assert other["code"] == "INVALID_ORDER"
    assert other["details"]["existing"]["key"] == "out"


async def test_a_position_that_another_order_sells_already_is_not_closed_under_that_key(
    client: Stranger, account: str
) -> None:
    await client.ok("trade.execute", **ENTRY, account=account)
    selling = await client.ok(
        "trade.execute", action="sell", pair="ETH/USDT", type="limit", amount=1, price=3_900, account=account
    )
    close = {"pair": "ETH/USDT", "account": account, "clientOrderId": "out"}
    first = await client.error("position.close", **close)
    await client.ok("order.cancel", orderId=selling["orderId"], account=account)
    again = await client.error("position.close", **close)
    assert first["code"] == again["code"] == "INSUFFICIENT_FUNDS"
    assert again["message"] == first["message"]
    assert (await client.ok("position.close", pair="ETH/USDT", account=account))["status"] == "filled"


@pytest.mark.parametrize(
    ("params", "code", "named"),
    [
        ({}, "INVALID_REQUEST", "one of the two"),
        ({"id": "pos-1", "pair": "ETH/USDT"}, "INVALID_REQUEST", "one of the two"),
        ({"pair": "BTC/USDT"}, "NOT_FOUND", "of BTC/USDT"),
        ({"id": "nobody's"}, "NOT_FOUND", "nobody's"),
        ({"pair": "ETH/USDT", "amount": "1.1"}, "INVALID_ORDER", "amount 1.1"),
        ({"pair": "ETH/USDT", "amount": 0}, "INVALID_ORDER", "amount 0"),
        ({"pair": "ETH/USDT", "amount": -1}, "INVALID_ORDER", "amount -1"),
    ],
)
async def test_a_position_that_cannot_be_closed_so_says_why(
    client: Stranger, account: str, params: Mapping[str, object], code: str, named: str
) -> None:
    await client.ok("trade.execute", **ENTRY, account=account)
    error = await client.error("position.close", account=account, **params)
    assert error["code"] == code
    assert named in error["message"]
    assert (await held(client, account))["ETH"] == (0, 1)


async def test_an_order_that_only_rests_is_rejected_where_it_would_take(client: Stranger, account: str) -> None:
    taking = await client.ok("trade.execute", **{**LIMIT, "price": 3_600}, postOnly=True, account=account)
    resting = await client.ok("trade.execute", **LIMIT, postOnly=True, account=account)
    assert (taking["status"], taking["filledAmount"], resting["status"]) == ("rejected", 0, "pending")
    assert "would take at 3500" in taking["reason"]
    assert resting["postOnly"] is True
    assert await client.ok("order.get", orderId=resting["orderId"]) == resting


async def test_an_order_that_does_not_wait_fills_now_or_ends(client: Stranger, account: str) -> None:
    half = {**LIMIT, "amount": "0.5", "account": account}
    for force in ("IOC", "FOK"):
        now = await client.ok("trade.execute", **{**half, "price": 3_600}, timeInForce=force)
        never = await client.ok("trade.execute", **half, timeInForce=force)
        assert (now["status"], now["filledAmount"], now["timeInForce"]) == ("filled", Decimal("0.5"), force)
        assert (never["status"], never["filledAmount"]) == ("cancelled", 0)
    assert (await held(client, account))["ETH"] == (1, 0)


async def test_a_thin_book_fills_one_order_in_part_and_the_other_not_at_all(tmp_path: Path) -> None:
    thin = recorded(tmp_path / "xrp.csv", ["0.5"], times=2_000, amount="1")
    buy = {"action": "buy", "pair": "XRP/USDT", "type": "limit", "amount": 15_000, "price": "0.5"}
    with running(tmp_path / "data", **replaying({"XRP/USDT": thin}, speed=4)) as gateway:
        async with await gateway.client() as client:
            all_of_it = await client.ok("trade.execute", **buy, timeInForce="FOK")
            what_is = await client.ok("trade.execute", **buy, timeInForce="IOC")
    assert (all_of_it["status"], all_of_it["filledAmount"]) == ("cancelled", 0)
    assert what_is["status"] == "cancelled"
    assert 0 < what_is["filledAmount"] < 15_000


async def test_an_amendment_survives_a_kill(tmp_path: Path) -> None:
    falling = recorded(tmp_path / "eth.csv", ["3500", "3200", "2790", "2790"], times=100)
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            order = await client.ok("trade.execute", **LIMIT)
            change = {"orderId": order["orderId"], "price": 2_800, "amount": 2, "idempotencyKey": "k"}
            amended = await client.ok("order.amend", **change)
        gateway.kill()
    with running(tmp_path / "data", **replaying({"ETH/USDT": falling}, speed=4)) as gateway:
        async with await gateway.client(resumeFrom=amended["seq"]) as client:
            executed = await client.event("trade:executed", orderId=order["orderId"])
            assert (executed["status"], executed["price"], executed["amount"]) == ("filled", 2_800, 2)
            assert (await client.ok("order.amend", **change))["duplicate"] is True
