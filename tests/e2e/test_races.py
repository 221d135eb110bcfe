"""Cancels that race their order, their key, or each other; and names that only look right."""

from pathlib import Path

import pytest

from tests.e2e.gateway import PAGE_PRICES, Gateway, running
from tests.e2e.stranger import Stranger

BID = {"action": "buy", "pair": "BTC/USDT", "type": "limit", "amount": "0.001", "price": 60_000}
FILL = {"pair": "BTC/USDT", "side": "buy", "amount": "0.01", "price": 60_000}


async def test_an_order_can_be_cancelled_by_its_key_before_its_placing_is_answered(
    gateway: Gateway, client: Stranger, account: str
) -> None:
    async with await gateway.client() as another:
        for number in range(40):
            key = f"race-{number}"
            placing = await client.send("trade.execute", **BID, account=account, clientOrderId=key)
            cancelled = await another.call("order.cancel", clientOrderId=key, account=account)
            await client.answer(placing)
            assert cancelled["ok"] or cancelled["error"]["code"] == "NOT_FOUND", cancelled


@pytest.mark.parametrize("says_account", [True, False])
async def test_of_two_cancels_with_one_key_the_second_does_nothing(
    gateway: Gateway, client: Stranger, account: str, says_account: bool
) -> None:
    """An order's id is enough to name it: then only one of the two says whose it is."""
    ids = [(await client.ok("trade.execute", **BID, account=account))["orderId"] for _ in range(2)]
    async with await gateway.client() as another:
        asked = [
            await client.send("order.cancel", orderId=ids[0], account=account, idempotencyKey="both"),
            await another.send(
                "order.cancel", orderId=ids[1], idempotencyKey="both", **{"account": account} if says_account else {}
            ),
        ]
        answers = [await client.answer(asked[0]), await another.answer(asked[1])]
    assert sorted(answer["ok"] for answer in answers) == [False, True]
    refused = next(answer for answer in answers if not answer["ok"])
    assert refused["error"]["code"] == "INVALID_REQUEST"
    statuses = [(await client.ok("order.get", orderId=order_id))["status"] for order_id in ids]
    assert sorted(statuses) == ["cancelled", "pending"]


async def test_one_key_means_one_order_even_where_two_ids_read_the_same(client: Stranger, account: str) -> None:
    first = await client.ok("trade.execute", **BID, account=account)
    second = await client.ok("trade.execute", **BID, account=account, clientOrderId=first["orderId"])
    await client.ok("order.cancel", orderId=first["orderId"], account=account, idempotencyKey="same")
    error = await client.error("order.cancel", clientOrderId=first["orderId"], account=account, idempotencyKey="same")
    assert error["code"] == "INVALID_REQUEST"
    assert (await client.ok("order.get", orderId=second["orderId"]))["status"] == "pending"


async def test_a_retry_finds_its_order_when_the_pair_is_no_longer_listed(tmp_path: Path) -> None:
    buy = {"action": "buy", "pair": "BTC/USDT", "type": "market", "amount": 100, "clientOrderId": "kept"}
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            first = await client.ok("trade.execute", **buy)
    with running(tmp_path / "data", KIT_MARKET="fixed", KIT_PRICES="ETH/USDT=3500") as gateway:
        async with await gateway.client() as client:
            again = await client.ok("trade.execute", **buy)
            assert again == first | {"duplicate": True}
            other = await client.error("trade.execute", **buy | {"amount": 200})
            assert other["code"] == "INVALID_ORDER"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"executedAt": "2026-01-01T00:00:00Z"}, {"executedAt": "2026-01-01T01:00:00+01:00"}),
        ({}, {"feeCurrency": "USDT", "fee": "0.0"}),
    ],
)
async def test_the_same_fill_said_in_other_words_is_the_same_command(
    client: Stranger, account: str, first: dict[str, str], second: dict[str, str]
) -> None:
    fill = {**FILL, "account": account, "tradeId": "t-1", "idempotencyKey": "said"}
    booked = await client.ok("fill.record", **fill, **first)
    again = await client.ok("fill.record", **fill, **second)
    assert again == booked | {"duplicate": True}


async def test_a_trade_id_of_the_paper_exchanges_own_is_not_taken_from_a_client(client: Stranger, account: str) -> None:
    order = await client.ok("trade.execute", **BID, account=account)
    error = await client.error("fill.record", **FILL, account=account, tradeId=f"paper-{order['orderId']}-1")
    assert error["code"] == "INVALID_REQUEST"
    assert error["details"]["field"] == "tradeId"


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("account.deposit", {"asset": "USDT", "amount": 1, "account": "main\n"}),
        ("account.deposit", {"asset": "USDT\n", "amount": 1}),
        ("account.deposit", {"asset": "USDT", "amount": 1, "idempotencyKey": "key\n"}),
        ("order.list", {"cursor": "5\n"}),
        ("fill.record", {**FILL, "tradeId": "t-2", "pair": "\u0000/USDT"}),
        ("fill.record", {**FILL, "tradeId": "t-2", "pair": "BTC/USDT\n"}),
        ("fill.record", {**FILL, "tradeId": "t-2", "pair": "BTC/USDT/X"}),
    ],
)
async def test_a_name_with_more_in_it_than_a_name_is_refused(
    client: Stranger, method: str, params: dict[str, object]
) -> None:
    error = await client.error(method, **params)
    assert error["code"] in ("INVALID_REQUEST", "INVALID_ORDER")


async def test_nobody_stops_the_gateway_by_ending_a_thousand_orders_while_others_trade(gateway: Gateway) -> None:
    clients = [await gateway.client() for _ in range(4)]
    try:
        account = f"crowd-{id(clients)}"
        await clients[0].ok("account.deposit", account=account, asset="USDT", amount=1_000_000)
        bid = BID | {"account": account}
        for _ in range(28):
            asked = [(one, await one.send("trade.execute", **bid)) for one in clients for _ in range(8)]
            for one, request_id in asked:
                await one.answer(request_id)
        buy = {"action": "buy", "pair": "BTC/USDT", "type": "market", "amount": 100, "account": account}
        asked = [(one, await one.send("trade.execute", **buy)) for one in clients for _ in range(12)]
        asked.append((clients[0], await clients[0].send("order.cancelAll", account=account)))
        answers = [await one.answer(request_id) for one, request_id in asked]
        assert [answer for answer in answers if not answer["ok"]] == []
        assert len(answers[-1]["payload"]["cancelled"]) == 896
    finally:
        for one in clients:
            await one.close()


async def test_a_cancel_that_is_refused_for_its_key_has_cancelled_nothing(
    gateway: Gateway, client: Stranger, account: str
) -> None:
    async with await gateway.client() as another:
        for number in range(20):
            order_id = (await client.ok("trade.execute", **BID, account=account))["orderId"]
            key = f"shared-{number}"
            cancelling = await client.send("order.cancel", orderId=order_id, idempotencyKey=key)
            money = {"asset": "USDT", "amount": 1, "account": account, "idempotencyKey": key}
            paid_in = await another.call("account.deposit", **money)
            cancelled = await client.answer(cancelling)
            assert [cancelled["ok"], paid_in["ok"]].count(True) == 1
            status = (await client.ok("order.get", orderId=order_id))["status"]
            assert status == ("cancelled" if cancelled["ok"] else "pending")


async def test_closing_a_position_three_times_at_once_sells_it_once(
    gateway: Gateway, client: Stranger, account: str
) -> None:
    await client.ok("account.deposit", account=account, asset="BTC", amount="0.5")
    await client.ok("trade.execute", action="buy", pair="BTC/USDT", type="market", amount=672.5, account=account)
    asked = [await client.send("position.close", pair="BTC/USDT", account=account) for _ in range(3)]
    answers = [await client.answer(request_id) for request_id in asked]
    assert [answer["ok"] for answer in answers].count(True) == 1
    fills = (await client.ok("fill.list", account=account))["fills"]
    assert [(fill["side"], str(fill["amount"])) for fill in fills] == [("sell", "0.01"), ("buy", "0.01")]
