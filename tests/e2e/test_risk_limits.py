"""Every risk limit reached and explained over the wire, on prices that never move: BTC at 67,250 and ETH at 3,500."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.gateway import running
from tests.e2e.recordings import recorded, replaying
from tests.e2e.stranger import Json, Stranger

ETH = {"action": "buy", "pair": "ETH/USDT", "type": "market", "amountIn": "base"}
BTC = {"action": "buy", "pair": "BTC/USDT", "type": "market"}


async def limit(client: Stranger, account: str, **limits: Any) -> Json:
    """Set limits; returns how the account stands on its exchange then."""
    status = await client.ok("risk.limits", account=account, limits=limits)
    (stands,) = status["exchanges"]
    return dict(stands)


async def refused(client: Stranger, method: str, **params: Any) -> Json:
    """Why a limit forbade it: the details, with the message beside them."""
    error = await client.error(method, **params)
    assert (error["code"], error["retryable"]) == ("RISK_LIMIT_EXCEEDED", False)
    assert error["details"].keys() == {"check", "limit", "inputs"}
    return dict(error["details"], message=error["message"])


async def checks(client: Stranger, account: str) -> dict[str, Json]:
    (stands,) = (await client.ok("risk.status", account=account))["exchanges"]
    return {check["check"]: check for check in stands["checks"]}


async def test_without_limits_nothing_stands_in_the_way(client: Stranger, account: str) -> None:
    status = await client.ok("risk.status", account=account)
    assert status == {
        "account": account,
        "halted": False,
        "exchanges": [{"exchange": "paper", "halted": False, "limits": {}, "equity": 10_000, "checks": []}],
    }
    assert (await client.ok("trade.execute", **BTC, amount=9_900, account=account))["status"] == "filled"


async def test_an_order_worth_more_than_the_largest_is_refused(client: Stranger, account: str) -> None:
    await limit(client, account, maxOrderNotional=1_000)
    assert (await client.ok("trade.execute", **BTC, amount=1_000, account=account))["status"] == "filled"
    # 0.3 ETH at 3,500 are 1,050 USD.
    assert await refused(client, "trade.execute", **ETH, amount="0.3", account=account) == {
        "check": "maxOrderNotional",
        "limit": "1000",
        "inputs": {"notional": "1050"},
        "message": "The order for ETH/USDT is worth 1,050 USD; the limit is 1,000 USD",
    }


async def test_an_order_worth_less_than_the_smallest_is_refused_unless_it_sells(client: Stranger, account: str) -> None:
    await limit(client, account, minOrderNotional="50.5")
    details = await refused(client, "trade.execute", **BTC, amount=50, account=account)
    assert (details["check"], details["limit"], details["inputs"]) == ("minOrderNotional", "50.5", {"notional": "50"})
    await client.ok("trade.execute", **ETH, amount=1, account=account)
    assert (await client.ok("trade.execute", **ETH | {"action": "sell"}, amount="0.01", account=account))["status"] == (
        "filled"
    )


async def test_an_order_cannot_be_amended_beyond_what_could_be_placed(client: Stranger, account: str) -> None:
    await limit(client, account, maxOrderNotional=1_000)
    order = await client.ok(
        "trade.execute", action="buy", pair="ETH/USDT", type="limit", amount="0.3", price=3_000, account=account
    )
    details = await refused(client, "order.amend", orderId=order["orderId"], amount="0.4", account=account)
    assert (details["check"], details["inputs"]) == ("maxOrderNotional", {"notional": "1200"})
    assert (await client.ok("order.get", orderId=order["orderId"]))["amount"] == Decimal("0.3")


async def test_a_price_far_beyond_the_last_one_is_a_slip_of_the_finger(client: Stranger, account: str) -> None:
    await limit(client, account, priceCollarPercent=4)
    order = {"pair": "ETH/USDT", "type": "limit", "amount": "0.1", "account": account}
    # 3,675 is 5 % above 3,500, 3,640 exactly 4 %.
    details = await refused(client, "trade.execute", **order, action="buy", price=3_675)
    assert (details["check"], details["limit"]) == ("priceCollarPercent", "4")
    assert details["inputs"] == {"price": "3675", "reference": "3500", "beyondPercent": "5"}
    assert (await client.ok("trade.execute", **order, action="buy", price=3_640))["status"] == "filled"
    below = await refused(client, "trade.execute", **order, action="sell", price=3_325)
    assert below["inputs"] == {"price": "3325", "reference": "3500", "beyondPercent": "5"}
    assert (await client.ok("trade.execute", **order, action="buy", price=1_750))["status"] == "pending"


async def test_one_position_may_be_so_much_of_the_equity_and_no_more(client: Stranger, account: str) -> None:
    await limit(client, account, maxPositionPercent=30)
    # 1 ETH would be 3,500 of 10,000 USD.
    details = await refused(client, "trade.execute", **ETH, amount=1, account=account)
    assert (details["check"], details["limit"]) == ("maxPositionPercent", "30")
    assert details["inputs"] == {"position": "3500", "equity": "10000", "sharePercent": "35"}
    await client.ok("trade.execute", **ETH, amount="0.8", account=account)
    # The fee of 2.80 is gone; 0.9 ETH are 3,150 of 9,997.20 USD.
    details = await refused(client, "trade.execute", **ETH, amount="0.1", account=account)
    assert details["inputs"] == {"position": "3150", "equity": "9997.2", "sharePercent": "31.508822470291681671"}
    # And what there is now is 2,800 of 9,997.20 USD.
    assert (await checks(client, account))["maxPositionPercent"] == {
        "check": "maxPositionPercent",
        "limit": 30,
        "value": Decimal("28.007842195814828152"),
        "unit": "%",
        "reached": False,
    }


async def test_so_many_positions_are_open_and_no_more(client: Stranger, account: str) -> None:
    await limit(client, account, maxOpenPositions=1)
    await client.ok("trade.execute", **BTC, amount=100, account=account)
    details = await refused(client, "trade.execute", **ETH, amount=1, account=account)
    assert (details["check"], details["limit"]) == ("maxOpenPositions", "1")
    assert details["inputs"] == {"open": "1", "pairs": "BTC/USDT"}
    assert (await checks(client, account))["maxOpenPositions"]["reached"] is True
    await client.ok("trade.execute", **BTC, amount=100, account=account)
    await client.ok("position.close", pair="BTC/USDT", account=account)
    assert (await client.ok("trade.execute", **ETH, amount=1, account=account))["status"] == "filled"


async def test_so_many_orders_are_placed_in_a_minute_and_no_more(client: Stranger, account: str) -> None:
    await limit(client, account, maxOrdersPerMinute=2)
    for _ in range(2):
        await client.ok("trade.execute", **BTC, amount=100, account=account)
    details = await refused(client, "trade.execute", **BTC, amount=100, account=account)
    assert (details["check"], details["limit"]) == ("maxOrdersPerMinute", "2")
    assert details["inputs"] == {"placedInLastMinute": "2"}
    assert details["message"] == "2 orders were placed in the last minute; the limit is 2: send a new order later"
    assert (await checks(client, account))["maxOrdersPerMinute"]["value"] == 2
    assert (await client.ok("position.close", pair="BTC/USDT", account=account))["status"] == "filled"


@pytest.mark.parametrize(
    ("limits", "check", "said"),
    [
        ({"allowedPairs": ["BTC/USDT", "SOL/USDT"]}, "allowedPairs", "BTC/USDT,SOL/USDT"),
        ({"blockedPairs": ["ETH/USDT"]}, "blockedPairs", "ETH/USDT"),
    ],
)
async def test_a_pair_may_be_left_and_not_entered(
    client: Stranger, account: str, limits: Json, check: str, said: str
) -> None:
    await client.ok("trade.execute", **ETH, amount=1, account=account)
    await limit(client, account, **limits)
    details = await refused(client, "trade.execute", **ETH, amount=1, account=account)
    assert (details["check"], details["limit"], details["inputs"]) == (check, said, {"pair": "ETH/USDT"})
    assert (await client.ok("trade.execute", **BTC, amount=100, account=account))["status"] == "filled"
    assert (await client.ok("trade.execute", **ETH | {"action": "sell"}, amount=1, account=account))["status"] == (
        "filled"
    )


async def test_a_price_that_is_too_old_is_not_traded_on(tmp_path: Path) -> None:
    # Bitcoin is traded once and never again, while the market's time goes on with ether.
    recordings = {
        "BTC/USDT": recorded(tmp_path / "btc.csv", ["67250"]),
        "ETH/USDT": recorded(tmp_path / "eth.csv", ["3500", "3501"], times=2_000),
    }
    with running(tmp_path / "data", **replaying(recordings, speed=100)) as gateway:
        async with await gateway.client() as client:
            await client.ok("risk.limits", limits={"maxPriceAgeSeconds": 30})
            while (answer := await client.call("trade.execute", **BTC, amount=10))["ok"]:
                assert answer["payload"]["status"] == "filled"
            details = answer["error"]["details"]
            assert (details["check"], details["limit"]) == ("maxPriceAgeSeconds", "30")
            assert details["inputs"].keys() == {"ageSeconds"}
            assert 30 < Decimal(details["inputs"]["ageSeconds"]) < 4_000
            assert (await client.ok("trade.execute", **ETH, amount="0.01"))["status"] == "filled"


async def test_a_tool_explains_a_refusal_as_its_method_does(client: Stranger, account: str) -> None:
    await limit(client, account, maxOrderNotional=1_000)
    details = await refused(client, "tool.invoke", tool="trade", args={**BTC, "amount": 5_000, "account": account})
    assert (details["check"], details["inputs"]) == ("maxOrderNotional", {"notional": "5000"})


async def test_a_no_stays_a_no_under_its_key_and_says_the_same(client: Stranger, account: str) -> None:
    await limit(client, account, maxOrderNotional=1_000)
    order = {**BTC, "amount": 5_000, "account": account}
    first = await client.error("trade.execute", **order, clientOrderId="big")
    assert (await limit(client, account, maxOrderNotional=None))["limits"] == {}
    assert await client.error("trade.execute", **order, clientOrderId="big") == first
    assert (await client.ok("trade.execute", **order, clientOrderId="big-2"))["status"] == "filled"


async def test_limits_that_are_not_named_stay_as_they_are(client: Stranger, account: str) -> None:
    first = await limit(client, account, maxOrderNotional=1_000, blockedPairs=["ETH/USDT"], drawdownPercent=20)
    then = await limit(client, account, maxOrderNotional="250.50", drawdownPercent=None, maxPriceAgeSeconds=30)
    assert first["limits"] == {"drawdownPercent": 20, "maxOrderNotional": 1_000, "blockedPairs": ["ETH/USDT"]}
    assert then["limits"] == {
        "maxOrderNotional": Decimal("250.5"),
        "maxPriceAgeSeconds": 30,
        "blockedPairs": ["ETH/USDT"],
    }
    read = await client.ok("risk.limits", account=account)
    assert read == await client.ok("risk.status", account=account)
    assert read["exchanges"][0]["limits"] == then["limits"]


async def test_two_who_set_different_limits_at_once_both_get_theirs(client: Stranger, account: str) -> None:
    names = ("maxOrderNotional", "drawdownPercent", "maxOpenPositions", "maxOrdersPerMinute", "priceCollarPercent")
    sent = [await client.send("risk.limits", account=account, limits={name: 5}) for name in names]
    for request in sent:
        assert (await client.answer(request))["ok"] is True
    (stands,) = (await client.ok("risk.status", account=account))["exchanges"]
    assert stands["limits"] == dict.fromkeys(names, 5)


@pytest.mark.parametrize(
    ("limits", "named"),
    [
        ({"dailyLossPercent": 0}, "dailyLossPercent"),
        ({"dailyLossPercent": 100.5}, "dailyLossPercent"),
        ({"maxOrderNotional": -5}, "maxOrderNotional"),
        ({"maxOpenPositions": 0}, "maxOpenPositions"),
        ({"maxOpenPositions": 1.5}, "maxOpenPositions"),
        ({"minOrderNotional": 20, "maxOrderNotional": 10}, "minOrderNotional"),
        ({"allowedPairs": []}, "allowedPairs"),
        ({"blockedPairs": ["everything"]}, "blockedPairs"),
        ({"allowedPairs": ["BTC/USDT"], "blockedPairs": ["BTC/USDT"]}, "blockedPairs"),
        ({"dailyLosPercent": 5}, "dailyLosPercent"),
        ({"maxOrderNotional": "NaN"}, "maxOrderNotional"),
    ],
)
async def test_limits_that_make_no_sense_are_refused_by_name_and_change_nothing(
    client: Stranger, account: str, limits: Json, named: str
) -> None:
    error = await client.error("risk.limits", account=account, limits=limits)
    assert error["code"] == "INVALID_REQUEST"
    assert named in error["message"]
    assert (await client.ok("risk.limits", account=account))["exchanges"][0]["limits"] == {}


async def test_the_same_key_sets_limits_once(client: Stranger, account: str) -> None:
    named = {"account": account, "idempotencyKey": "k-1"}
    first = await client.ok("risk.limits", limits={"maxOrderNotional": 1_000}, **named)
    await limit(client, account, maxOrderNotional=2_000)
    again = await client.ok("risk.limits", limits={"maxOrderNotional": "1000.0"}, **named)
    other = await client.error("risk.limits", limits={"maxOrderNotional": 3_000}, **named)
    assert first["idempotencyKey"] == again["idempotencyKey"] == "k-1"
    assert again["duplicate"] is True
    assert again["exchanges"][0]["limits"] == {"maxOrderNotional": 2_000}
    assert other["code"] == "INVALID_REQUEST"


@pytest.mark.parametrize("method", ["risk.status", "risk.limits", "risk.halt", "risk.resume"])
async def test_what_does_not_exist_has_no_risk(client: Stranger, method: str) -> None:
    reason = {"reason": "why"} if method in ("risk.halt", "risk.resume") else {}
    assert (await client.error(method, account="mian", **reason))["code"] == "NOT_FOUND"
    assert (await client.error(method, exchange="nowhere", **reason))["code"] == "NOT_FOUND"
