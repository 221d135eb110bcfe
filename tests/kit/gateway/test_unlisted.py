"""A pair that leaves the market: what was done on it is still told, and what cannot be done says so."""

from pathlib import Path
from typing import Final

from tests.kit.gateway.whole import PRICES, whole_gateway

LIMIT: Final = {"action": "buy", "pair": "ETH/USDT", "type": "limit", "amount": 1, "price": 3_000}
ENTRY: Final = {"action": "buy", "pair": "ETH/USDT", "type": "market", "amount": 350}
LEFT: Final = {pair: price for pair, price in PRICES.items() if pair != "ETH/USDT"}


async def test_a_repeated_amendment_is_answered_as_the_first_time_after_its_pair_has_left_the_market(
    tmp_path: Path,
) -> None:
    async with whole_gateway(tmp_path / "data") as gateway:
        client = await gateway.client()
        order = await client.ok("trade.execute", **LIMIT)
        change = {"orderId": order["orderId"], "amount": 2, "idempotencyKey": "k-1"}
        greedy = {"orderId": order["orderId"], "amount": 20, "idempotencyKey": "k-2"}
        amended = await client.ok("order.amend", **change)
        refused = await client.error("order.amend", **greedy)
    async with whole_gateway(tmp_path / "data", LEFT) as gateway:
        client = await gateway.client()
        again = await client.ok("order.amend", **change)
        refused_again = await client.error("order.amend", **greedy)
        other = await client.error("order.amend", **change | {"amount": 3})
        new = await client.error("order.amend", **change | {"idempotencyKey": "k-3"})
    assert again == amended | {"duplicate": True}
    assert refused_again == refused
    assert (other["code"], other["details"]["existing"]["key"]) == ("INVALID_REQUEST", "k-1")
    assert (new["code"], new["message"]) == ("INVALID_ORDER", "pair ETH/USDT is not listed on paper")


async def test_a_position_of_a_pair_that_has_left_the_market_cannot_be_closed_and_one_closed_before_is_told(
    tmp_path: Path,
) -> None:
    half = {"pair": "ETH/USDT", "amount": "0.05", "clientOrderId": "half"}
    async with whole_gateway(tmp_path / "data") as gateway:
        client = await gateway.client()
        await client.ok("trade.execute", **ENTRY)
        closed = await client.ok("position.close", **half)
    async with whole_gateway(tmp_path / "data", LEFT) as gateway:
        client = await gateway.client()
        error = await client.error("position.close", pair="ETH/USDT")
        again = await client.ok("position.close", **half)
        (position,) = (await client.ok("portfolio.snapshot", action="positions"))["positions"]
    assert (error["code"], error["message"]) == ("INVALID_ORDER", "pair ETH/USDT is not listed on paper")
    assert again == closed | {"duplicate": True}
    assert (position["pair"], position["currentPrice"]) == ("ETH/USDT", None)


async def test_an_order_that_was_refused_is_refused_the_same_way_after_its_pair_has_left_the_market(
    tmp_path: Path,
) -> None:
    large = LIMIT | {"amount": 20, "clientOrderId": "large"}
    limited = LIMIT | {"clientOrderId": "limited"}
    async with whole_gateway(tmp_path / "data") as gateway:
        client = await gateway.client()
        beyond_funds = await client.error("trade.execute", **large)
        await client.ok("risk.limits", limits={"maxOrderNotional": 100})
        beyond_limits = await client.error("trade.execute", **limited)
    async with whole_gateway(tmp_path / "data", LEFT) as gateway:
        client = await gateway.client()
        again = [await client.error("trade.execute", **order) for order in (large, limited)]
    assert again == [beyond_funds, beyond_limits]
    assert [error["code"] for error in again] == ["INSUFFICIENT_FUNDS", "RISK_LIMIT_EXCEEDED"]


async def test_an_order_that_found_a_loss_and_was_refused_for_it_is_refused_the_same_way_again(tmp_path: Path) -> None:
    entry = ENTRY | {"clientOrderId": "after the loss"}
    async with whole_gateway(tmp_path / "data") as gateway:
        client = await gateway.client()
        await client.ok("risk.limits", limits={"dailyLossPercent": 5})
        dear = {"tradeId": "t-1", "pair": "BTC/USDT", "side": "buy", "amount": "0.1", "price": 80_000, "fee": 0}
        await client.ok("fill.record", **dear)
        refused = await client.error("trade.execute", **entry)
    async with whole_gateway(tmp_path / "data", LEFT) as gateway:
        again = await (await gateway.client()).error("trade.execute", **entry)
    assert again == refused
    assert refused["details"]["check"] == "dailyLossPercent"


async def test_a_repeated_pair_of_orders_is_answered_after_it_has_left_the_market(tmp_path: Path) -> None:
    oco = {"action": "buy", "pair": "ETH/USDT", "amount": 1, "price": 3_000, "stopPrice": 4_000, "clientOrderId": "k-1"}
    async with whole_gateway(tmp_path / "data") as gateway:
        first = await (await gateway.client()).ok("order.oco", **oco)
    async with whole_gateway(tmp_path / "data", LEFT) as gateway:
        again = await (await gateway.client()).ok("order.oco", **oco)
    assert again == {"duplicate": True, "orders": [order | {"duplicate": True} for order in first["orders"]]}
