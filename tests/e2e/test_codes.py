"""The nine codes.

Six need nothing but a client; EXCHANGE_ERROR takes an exchange that fails (`test_failing_exchange`), INTERNAL_ERROR a
full disk (`test_full_disk`). Before there are limits to set none can be broken, so RISK_LIMIT_EXCEEDED is reached from
the event that would record it.
"""

from pathlib import Path

from domain.events.account import NamedValue, OrderRefused
from kit.gateway.errors import error_body
from kit.trading.errors import refusal
from tests.e2e.gateway import PAGE_PRICES, running
from tests.e2e.stranger import Stranger

BUY = {"action": "buy", "pair": "BTC/USDT", "type": "market"}


async def test_six_codes_within_a_few_requests_of_one_client(tmp_path: Path) -> None:
    limits = {"KIT_GATEWAY_RATE_PER_SECOND": "5"}
    with running(tmp_path / "data", **PAGE_PRICES, **limits) as gateway:
        async with await gateway.stranger() as client:
            assert await code(client, "trade.execute", **BUY, amount=100) == "AUTH_FAILED"
            await client.connect()
            assert await code(client, "trade.execute", **BUY, amount="much") == "INVALID_REQUEST"
            assert await code(client, "trade.execute", **BUY, amount=-1) == "INVALID_ORDER"
            assert await code(client, "trade.execute", **BUY, amount=1_000_000) == "INSUFFICIENT_FUNDS"
            assert await code(client, "order.get", orderId="none") == "NOT_FOUND"
            last = [await client.send("ping") for _ in range(20)][-1]
            assert (await client.answer(last))["error"]["code"] == "RATE_LIMITED"


def test_a_refusal_by_a_risk_limit_would_be_answered_as_one() -> None:
    recorded = OrderRefused(
        method="trade.execute",
        code="RISK_LIMIT_EXCEEDED",
        message="order of 5000 USDT is above the limit of 1000 USDT",
        check="order_notional_max",
        limit="1000",
        inputs=(NamedValue("notional", "5000"),),
        client_order_id="big",
        pair="BTC/USDT",
        asset="USDT",
    )
    body = error_body(refusal(recorded), changes=True)
    assert (body.code, body.retryable) == ("RISK_LIMIT_EXCEEDED", False)
    assert body.message == "order of 5000 USDT is above the limit of 1000 USDT"
    assert body.details == {"check": "order_notional_max", "limit": "1000", "inputs": {"notional": "5000"}}


async def code(client: Stranger, method: str, **params: object) -> object:
    return (await client.error(method, **params))["code"]
