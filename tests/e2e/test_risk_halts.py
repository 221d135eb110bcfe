"""Trading halted by a person and by a loss, over the wire: what stops, what goes on, and how to get out."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.gateway import PAGE_PRICES, running
from tests.e2e.recordings import recorded, replaying
from tests.e2e.stranger import Json, Stranger, held

BUY = {"action": "buy", "pair": "BTC/USDT", "type": "market", "amount": 100}
REST = {"action": "buy", "pair": "ETH/USDT", "type": "limit", "amount": "0.1", "price": 3_000}


async def stands(client: Stranger, account: str = "main") -> Json:
    """How the account stands on its one exchange."""
    (one,) = (await client.ok("risk.status", account=account))["exchanges"]
    return dict(one)


async def bought_at(client: Stranger, account: str, price: int, trade_id: str) -> None:
    """Book that one ether was bought elsewhere at ``price``, without a fee; it is worth 3,500."""
    fill = {"tradeId": trade_id, "pair": "ETH/USDT", "side": "buy", "amount": 1, "price": price, "fee": 0}
    await client.ok("fill.record", account=account, **fill)


async def refusal(client: Stranger, account: str, **order: Any) -> Json:
    """The details of an order that a limit or a halt refused."""
    error = await client.error("trade.execute", account=account, **BUY | order)
    assert (error["code"], error["retryable"]) == ("RISK_LIMIT_EXCEEDED", False)
    return dict(error["details"])


async def halts_heard(client: Stranger, account: str) -> list[Json]:
    await client.ok("ping")
    heard = [frame for frame in client.events if frame["event"].startswith("risk:")]
    return [{"event": frame["event"]} | frame["payload"] for frame in heard if frame["payload"]["account"] == account]


async def test_a_halt_stops_what_buys_and_leaves_the_way_out(client: Stranger, account: str) -> None:
    await client.ok("trade.execute", account=account, **BUY)
    halted = await client.ok("risk.halt", account=account, reason="storm")
    assert halted["halted"] is True
    (one,) = halted["exchanges"]
    assert (one["reason"], one["reduceOnly"], one["haltedBy"]) == ("storm", True, client.hello["clientId"])
    details = await refusal(client, account)
    assert (details["check"], details["limit"]) == ("halt", "")
    assert details["inputs"].items() >= {"reason": "storm", "reduceOnly": "true"}.items()
    sold = await client.ok("trade.execute", account=account, **BUY | {"action": "sell", "amount": "0.0005"})
    assert sold["status"] == "filled"
    assert (await client.ok("position.close", account=account, pair="BTC/USDT"))["status"] == "filled"
    resumed = await client.ok("risk.resume", account=account, reason="calm")
    assert (resumed["halted"], resumed["exchanges"][0]["halted"]) == (False, False)
    assert (await client.ok("trade.execute", account=account, **BUY))["status"] == "filled"
    assert await halts_heard(client, account) == [
        {"event": "risk:halted", "reason": "storm", "account": account, "exchange": "paper", "reduceOnly": True},
        {"event": "risk:resumed", "reason": "calm", "account": account, "exchange": "paper"},
    ]


async def test_a_halt_that_is_not_reduce_only_leaves_closing_alone(client: Stranger, account: str) -> None:
    await client.ok("trade.execute", account=account, **BUY)
    await client.ok("risk.halt", account=account, reason="storm", reduceOnly=False)
    details = await refusal(client, account, action="sell", amount="0.0005")
    assert details["inputs"].items() >= {"reason": "storm", "reduceOnly": "false"}.items()
    assert (await client.ok("position.close", account=account, pair="BTC/USDT"))["status"] == "filled"


async def test_a_halt_cancels_what_rests_where_it_is_asked_to(client: Stranger, account: str) -> None:
    await client.ok("trade.execute", account=account, **BUY, stopLoss=60_000)
    resting = [await client.ok("trade.execute", account=account, **REST) for _ in range(3)]
    await client.ok("risk.halt", account=account, reason="storm")
    assert (await client.ok("order.get", orderId=resting[0]["orderId"]))["status"] == "pending"
    await client.ok("risk.halt", account=account, reason="storm", cancelOrders=True)
    halted = await client.ok("risk.halt", account=account, reason="storm", cancelOrders=True)
    assert "cancelled" not in halted  # There was nothing left.
    orders = (await client.ok("order.list", account=account, status="cancelled"))["orders"]
    assert {order["orderId"] for order in orders} == {order["orderId"] for order in resting}
    # What the stop loss guards is still locked for it.
    assert (await held(client, account))["BTC"] == (0, Decimal("0.00148698"))


async def test_a_halt_says_which_orders_it_cancelled(client: Stranger, account: str) -> None:
    resting = [await client.ok("trade.execute", account=account, **REST) for _ in range(3)]
    halted = await client.ok("risk.halt", account=account, reason="storm", cancelOrders=True, idempotencyKey="h")
    assert sorted(halted["cancelled"]) == sorted(order["orderId"] for order in resting)
    assert "unconfirmed" not in halted
    again = await client.ok("risk.halt", account=account, reason="storm", cancelOrders=True, idempotencyKey="h")
    assert (again["duplicate"], again["halted"], again["idempotencyKey"]) == (True, True, "h")


async def test_halting_twice_is_one_halt_and_resuming_nothing_says_so(client: Stranger, account: str) -> None:
    before = await client.ok("risk.resume", account=account, reason="calm")
    assert (before["halted"], before["unchanged"]) == (False, True)
    first = await client.ok("risk.halt", account=account, reason="storm")
    second = await client.ok("risk.halt", account=account, reason="another storm")
    assert "unchanged" not in first
    assert second["unchanged"] is True
    assert second["exchanges"] == first["exchanges"]
    assert [heard["event"] for heard in await halts_heard(client, account)] == ["risk:halted"]


async def test_a_halt_of_one_account_is_none_of_another(client: Stranger, account: str) -> None:
    await client.ok("risk.halt", account=account, reason="storm")
    await client.ok("account.deposit", account=f"{account}-2", asset="USDT", amount=1_000)
    assert (await client.ok("trade.execute", account=f"{account}-2", **BUY))["status"] == "filled"


@pytest.mark.parametrize("check", ["dailyLossPercent", "weeklyLossPercent", "drawdownPercent"])
async def test_a_loss_that_reaches_its_limit_halts_trading_by_itself(
    client: Stranger, account: str, check: str
) -> None:
    await client.ok("risk.limits", account=account, limits={check: 5})
    await bought_at(client, account, 3_999, "t-1")  # 499 of 10,000 USD are lost: 4.99 %.
    assert (await client.ok("trade.execute", account=account, **REST))["status"] == "pending"
    (near,) = (await stands(client, account))["checks"]
    assert near == {"check": check, "limit": 5, "value": Decimal("4.99"), "unit": "%", "reached": False}
    await bought_at(client, account, 3_501, "t-2")  # And one more, which makes 5 %.
    details = await refusal(client, account)
    assert (details["check"], details["limit"]) == (check, "5")
    assert details["inputs"].items() >= {"lossPercent": "5", "equity": "9500", "nav": "0.95", "reference": "1"}.items()
    halted = await stands(client, account)
    assert (halted["halted"], halted["check"], halted["reduceOnly"]) == (True, check, True)
    assert "5 %" in halted["reason"]
    assert "haltedBy" not in halted
    assert halted["checks"][0]["reached"] is True
    notice = await client.event("risk:halted", account=account)
    assert (notice["check"], notice["reason"]) == (check, halted["reason"])


async def test_a_drawdown_counts_from_the_highest_equity(client: Stranger, account: str) -> None:
    await client.ok("risk.limits", account=account, limits={"drawdownPercent": 6, "dailyLossPercent": 2})
    await bought_at(client, account, 2_500, "t-1")  # A gain of 1,000 on 10,000 USD,
    await client.ok("risk.limits", account=account, limits={"maxOpenPositions": 5})  # which is measured here.
    await bought_at(client, account, 4_050, "t-2")  # A loss of 550: 5 % of 11,000, and 4.5 % above the first 10,000.
    measured = {check["check"]: check["value"] for check in (await stands(client, account))["checks"]}
    assert (measured["drawdownPercent"], measured["dailyLossPercent"]) == (5, 0)
    fill = {"pair": "ETH/USDT", "side": "sell", "amount": 1, "fee": 0, "account": account}
    await client.ok("fill.record", tradeId="t-3", price=3_390, **fill)  # Another 110: 6 % of 11,000.
    assert (await refusal(client, account))["inputs"].items() >= {"lossPercent": "6", "reference": "1.1"}.items()


async def test_money_that_comes_in_makes_no_loss_smaller(client: Stranger, account: str) -> None:
    await client.ok("risk.limits", account=account, limits={"dailyLossPercent": 5})
    await bought_at(client, account, 3_900, "t-1")  # 4 % of 10,000 USD are lost, and then as much is put in again.
    await client.ok("risk.limits", account=account, limits={"maxOpenPositions": 5})
    await client.ok("account.deposit", account=account, asset="USDT", amount=9_600)
    await client.ok("risk.limits", account=account, limits={"maxOpenPositions": 6})
    (loss,) = (check for check in (await stands(client, account))["checks"] if check["check"] == "dailyLossPercent")
    assert loss["value"] == 4
    await bought_at(client, account, 3_740, "t-2")  # 240 of 19,200 USD are 1.25 %; 0.96 × 0.9875 = 0.948.
    details = await refusal(client, account)
    assert details["inputs"].items() >= {"lossPercent": "5.2", "equity": "18960", "nav": "0.948"}.items()


async def test_a_person_who_resumes_after_a_loss_begins_to_count_anew(client: Stranger, account: str) -> None:
    await client.ok("risk.limits", account=account, limits={"dailyLossPercent": 5})
    await bought_at(client, account, 4_000, "t-1")
    await refusal(client, account)
    resumed = await client.ok("risk.resume", account=account, reason="I know")
    assert resumed["halted"] is False
    assert resumed["exchanges"][0]["checks"][0]["value"] == 0
    assert (await client.ok("trade.execute", account=account, **REST))["status"] == "pending"
    await bought_at(client, account, 3_975, "t-2")  # 475 of 9,500 USD: 5 % again.
    details = await refusal(client, account)
    assert details["inputs"].items() >= {"lossPercent": "5", "reference": "0.95"}.items()


async def test_limits_halts_and_losses_survive_a_kill(tmp_path: Path) -> None:
    limits = {"dailyLossPercent": 5, "blockedPairs": ["SOL/USDT"], "maxOrderNotional": 5_000}
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            await client.ok("risk.limits", limits=limits)
            await bought_at(client, "main", 3_900, "t-1")
            await client.ok("trade.execute", **REST)
            halted = await client.ok("risk.halt", reason="storm")
            seen = halted["exchanges"][0]
        gateway.kill()
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client(resumeFrom=0) as client:
            assert await stands(client) == seen
            assert (await client.event("risk:halted"))["reason"] == "storm"
            assert (await refusal(client, "main"))["check"] == "halt"
            await client.ok("risk.resume", reason="calm")
            await bought_at(client, "main", 3_600, "t-2")  # The loss of before counts: 400 and 100 of 10,000 USD.
            assert (await refusal(client, "main"))["inputs"].items() >= {"lossPercent": "5", "equity": "9500"}.items()
            lost = await stands(client)
        gateway.kill()
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            assert await stands(client) == lost
            assert (lost["halted"], lost["check"], lost["limits"]) == (True, "dailyLossPercent", limits)


async def test_exits_sell_under_a_halt_that_lets_nothing_else_sell(tmp_path: Path) -> None:
    falling = recorded(tmp_path / "eth.csv", ["3500"] * 20 + ["3300", "3190"], times=50, amount="1000")
    with running(tmp_path / "data", **replaying({"ETH/USDT": falling}, speed=8)) as gateway:
        async with await gateway.client() as client:
            order = {"action": "buy", "pair": "ETH/USDT", "type": "market", "amount": 350, "stopLoss": 3_200}
            entry = await client.ok("trade.execute", **order)
            await client.ok("risk.halt", reason="storm", reduceOnly=False)
            closed = await client.event("position:closed", pair="ETH/USDT")
            sold = (await client.ok("order.list", status="filled"))["orders"][0]
            assert (sold["side"], sold["exitOf"]) == ("sell", entry["orderId"])
            assert closed["realizedPnl"] < 0
            assert (await stands(client))["halted"] is True


async def test_a_falling_price_halts_trading_by_itself_and_exits_sell_all_the_same(tmp_path: Path) -> None:
    # 5 ETH lose 100 USD each: 5 % of 10,000 USD, before the stop loss is reached at twice that.
    falling = recorded(tmp_path / "eth.csv", ["1000"] * 16 + ["890"] * 24 + ["799"] * 8, times=20, amount="1000")
    with running(tmp_path / "data", **replaying({"ETH/USDT": falling}, speed=8)) as gateway:
        async with await gateway.client() as client:
            await client.ok("risk.limits", limits={"dailyLossPercent": 5})
            order = {"action": "buy", "pair": "ETH/USDT", "type": "market", "amount": 5_000, "stopLoss": 800}
            await client.ok("trade.execute", **order)
            notice = await client.event("risk:halted")
            assert (notice["check"], notice["reduceOnly"]) == ("dailyLossPercent", True)
            assert (await client.event("position:closed", pair="ETH/USDT"))["realizedPnl"] < -900
            assert (await refusal(client, "main", pair="ETH/USDT"))["check"] == "dailyLossPercent"
