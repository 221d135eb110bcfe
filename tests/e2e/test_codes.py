"""The nine codes.

Seven need nothing but a client; EXCHANGE_ERROR takes an exchange that fails (`test_failing_exchange`), INTERNAL_ERROR a
full disk (`test_full_disk`).
"""

from pathlib import Path

from tests.e2e.gateway import PAGE_PRICES, running
from tests.e2e.stranger import Stranger

BUY = {"action": "buy", "pair": "BTC/USDT", "type": "market"}


async def test_seven_codes_within_a_few_requests_of_one_client(tmp_path: Path) -> None:
    limits = {"KIT_GATEWAY_RATE_PER_SECOND": "7"}
    with running(tmp_path / "data", **PAGE_PRICES, **limits) as gateway:
        async with await gateway.stranger() as client:
            assert await code(client, "trade.execute", **BUY, amount=100) == "AUTH_FAILED"
            await client.connect()
            assert await code(client, "trade.execute", **BUY, amount="much") == "INVALID_REQUEST"
            assert await code(client, "trade.execute", **BUY, amount=-1) == "INVALID_ORDER"
            assert await code(client, "trade.execute", **BUY, amount=1_000_000) == "INSUFFICIENT_FUNDS"
            assert await code(client, "order.get", orderId="none") == "NOT_FOUND"
            await client.ok("risk.halt", reason="why not")
            assert await code(client, "trade.execute", **BUY, amount=100) == "RISK_LIMIT_EXCEEDED"
            last = [await client.send("ping") for _ in range(20)][-1]
            assert (await client.answer(last))["error"]["code"] == "RATE_LIMITED"


async def code(client: Stranger, method: str, **params: object) -> object:
    return (await client.error(method, **params))["code"]
