"""What is sent for a call, and what comes back for it."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import get_args

import pytest
from msgspec.structs import fields

from kit import KitClient
from kit.client.command import KEY_FIELDS, READING_METHODS, command_for
from kit.client.errors import CLASSES, InvalidRequest, UnexpectedAnswer
from kit.client.params import Amount
from kit.client.risk import LimitName
from kit.wire.frames import ErrorBody, ErrorCode
from kit.wire.orders import Cancelled, Order
from kit.wire.risk import RiskLimits
from tests.kit.client.conftest import Connected
from tests.kit.client.documents import asset, order, price, risk_status, snapshot
from tests.kit.client.scripted import ScriptedGateway


async def test_the_documented_trade_is_sent_in_the_wires_names_and_returns_an_order(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    gateway.plan("trade.execute", order())
    placed = await client.trade(action="buy", pair="BTC/USDT", amount=100, type="market", stop_loss="64000")
    assert placed == order()
    (sent,) = gateway.requests("trade.execute")
    key = sent.params.pop("clientOrderId")
    assert len(key) == 28
    assert sent.params == {"action": "buy", "pair": "BTC/USDT", "amount": 100, "type": "market", "stopLoss": "64000"}


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal("0.10"), '"amount":0.10'),
        (Decimal("0.123456789012345678"), '"amount":0.123456789012345678'),
        ("0.10", '"amount":"0.10"'),
        (0.1, '"amount":0.1'),
        (1e-7, '"amount":1E-7'),
        (100, '"amount":100'),
    ],
)
async def test_an_amount_is_sent_digit_for_digit(
    gateway: ScriptedGateway, client: KitClient, amount: Amount, written: str
) -> None:
    gateway.plan("account.deposit", asset())
    await client.deposit("USDT", amount)
    assert written in gateway.requests("account.deposit")[0].text


async def test_money_comes_back_as_the_exact_decimal(gateway: ScriptedGateway, client: KitClient) -> None:
    gateway.plan("market.data", price(price=Decimal("0.123456789012345678")))
    assert (await client.price("BTC/USDT")).price == Decimal("0.123456789012345678")


async def test_a_stop_order_its_amendment_and_the_closing_are_sent_in_the_wires_names(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    for method in ("trade.execute", "order.amend", "position.close"):
        gateway.plan(method, order())
    ends = datetime(2026, 3, 1, 12, tzinfo=UTC)
    stop = {"stop_price": 65000, "price": 64000, "time_in_force": "GTD", "expires_at": ends, "post_only": True}
    placed = await client.trade("sell", "BTC/USDT", "0.5", "stop-limit", **stop, client_order_id="a")  # type: ignore[arg-type]
    amended = await client.amend("o-1", amount="0.4", stop_price=66000, trailing_stop="2.5", idempotency_key="b")
    closed = await client.close_position("BTC/USDT", "0.1", client_order_id="c")
    assert placed == amended == closed == order()
    assert [sent.params for sent in gateway.seen if sent.method != "connect"] == [
        {
            "action": "sell",
            "pair": "BTC/USDT",
            "amount": "0.5",
            "type": "stop-limit",
            "price": 64000,
            "stopPrice": 65000,
            "timeInForce": "GTD",
            "expiresAt": "2026-03-01T12:00:00Z",
            "postOnly": True,
            "clientOrderId": "a",
        },
        {"orderId": "o-1", "amount": "0.4", "stopPrice": 66000, "trailingStop": "2.5", "idempotencyKey": "b"},
        {"pair": "BTC/USDT", "amount": "0.1", "clientOrderId": "c"},
    ]


async def test_the_portfolio_is_typed(gateway: ScriptedGateway, client: KitClient) -> None:
    gateway.plan("portfolio.snapshot", snapshot())
    assert await client.portfolio() == snapshot()
    assert gateway.requests("portfolio.snapshot")[0].params == {"action": "snapshot"}


async def test_any_method_can_be_called_by_its_name(gateway: ScriptedGateway, client: KitClient) -> None:
    gateway.plan("order.cancelAll", Cancelled(cancelled=["o-1"]))
    gateway.plan("later.method", b'{"amount":0.10,"note":"x"}')
    assert await client.call("order.cancelAll", pair="BTC/USDT") == Cancelled(cancelled=["o-1"])
    assert await client.call("later.method") == {"amount": Decimal("0.10"), "note": "x"}


async def test_the_trade_tool_gets_a_key_among_its_arguments(gateway: ScriptedGateway, client: KitClient) -> None:
    gateway.plan("tool.invoke", order())
    answer = await client.invoke("trade", {"action": "buy", "pair": "BTC/USDT", "amount": 100, "type": "market"})
    assert isinstance(answer, Order)
    (sent,) = gateway.requests("tool.invoke")
    assert sent.params["tool"] == "trade"
    assert sent.params["args"]["clientOrderId"].startswith("kit-")


@pytest.mark.parametrize(("method", "field"), KEY_FIELDS.items())
def test_every_changing_command_has_a_key_of_its_own(method: str, field: str) -> None:
    first, second = (command_for(method, {}) for _ in range(2))
    assert first.changes
    assert first.repeatable
    assert first.named[field] == first.key
    assert first.key != second.key


def test_the_callers_key_is_kept() -> None:
    assert command_for("trade.execute", {"client_order_id": "mine"}).key == "mine"
    assert command_for("order.cancel", {"client_order_id": "mine", "idempotency_key": "k"}).key == "k"
    assert command_for("later.method", {"idempotency_key": "k"}).key == "k"


def test_reading_needs_no_key_and_an_unknown_method_is_sent_once() -> None:
    assert all(command_for(method, {}).repeatable and not command_for(method, {}).changes for method in READING_METHODS)
    assert not command_for("later.method", {"client_order_id": "of some order"}).repeatable


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_what_is_no_number_is_refused_by_name_before_it_is_sent(amount: Amount) -> None:
    with pytest.raises(InvalidRequest, match="stop_loss must be a finite number"):
        command_for("trade.execute", {"stop_loss": amount})


def test_times_are_sent_in_utc_and_one_without_a_zone_is_refused() -> None:
    assert command_for("order.list", {"since": datetime(2026, 3, 1, 12, tzinfo=UTC)}).named == {
        "since": "2026-03-01T12:00:00Z"
    }
    with pytest.raises(InvalidRequest, match="since must say its time zone"):
        command_for("order.list", {"since": datetime(2026, 3, 1, 12)})  # noqa: DTZ001 - that is the point.


def test_more_than_a_frame_can_hold_is_refused_before_it_is_sent() -> None:
    with pytest.raises(InvalidRequest, match="bytes, more than"):
        command_for("account.deposit", {"note": "x" * 65536})


@pytest.mark.parametrize(("code", "kind"), CLASSES.items())
async def test_each_code_is_an_exception_class_with_all_that_was_said(
    gateway: ScriptedGateway, connected: Connected, code: ErrorCode, kind: type[Exception]
) -> None:
    client = await connected(wait_on_rate_limit=False)
    gateway.plan("health", ErrorBody(code, "no", retryable=False, details={"field": "pair"}))
    with pytest.raises(kind, match="no") as refused:
        await client.health()
    assert vars(refused.value) == {
        "message": "no",
        "retryable": False,
        "retry_after_ms": None,
        "details": {"field": "pair"},
    }


async def test_an_answer_of_another_shape_names_the_field(gateway: ScriptedGateway, client: KitClient) -> None:
    gateway.plan("status", b'{"gateway":"running","clients":"many"}')
    with pytest.raises(UnexpectedAnswer, match=r"clients"):
        await client.status()


async def test_limits_are_sent_in_the_wires_names_with_a_null_for_each_to_remove(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    gateway.plan("risk.limits", risk_status())
    limits = {"daily_loss_percent": "2.5", "max_price_age_seconds": 30, "blocked_pairs": {"XRP/USDT"}}
    answer = await client.set_limits(**limits, remove=["drawdown_percent"], idempotency_key="k")  # type: ignore[arg-type]
    assert answer == risk_status()
    (sent,) = gateway.requests("risk.limits")
    assert sent.params == {
        "limits": {
            "dailyLossPercent": "2.5",
            "maxPriceAgeSeconds": 30,
            "blockedPairs": ["XRP/USDT"],
            "drawdownPercent": None,
        },
        "idempotencyKey": "k",
    }


async def test_a_limit_to_set_and_to_remove_is_refused_before_it_is_sent(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    with pytest.raises(InvalidRequest, match="drawdownPercent cannot be set and removed"):
        await client.set_limits(drawdown_percent=5, remove=["drawdown_percent"])
    assert gateway.requests("risk.limits") == []


async def test_every_limit_of_the_wire_can_be_set_and_removed(gateway: ScriptedGateway, client: KitClient) -> None:
    gateway.plan("risk.limits", risk_status())
    names = {field.name for field in fields(RiskLimits)}
    assert set(get_args(LimitName)) == names
    await client.set_limits(remove=get_args(LimitName))
    (sent,) = gateway.requests("risk.limits")
    assert sent.params["limits"] == {field.encode_name: None for field in fields(RiskLimits)}


async def test_halting_and_resuming_return_how_it_stands_then(gateway: ScriptedGateway, client: KitClient) -> None:
    for method in ("risk.status", "risk.halt", "risk.resume"):
        gateway.plan(method, risk_status())
    stands = await client.risk(account="second")
    halted = await client.halt("storm", reduce_only=False, cancel_orders=True, exchange="paper", idempotency_key="a")
    resumed = await client.resume("calm", idempotency_key="b")
    assert stands == halted == resumed == risk_status()
    assert [sent.params for sent in gateway.seen if sent.method != "connect"] == [
        {"account": "second"},
        {"reason": "storm", "reduceOnly": False, "cancelOrders": True, "exchange": "paper", "idempotencyKey": "a"},
        {"reason": "calm", "idempotencyKey": "b"},
    ]
