"""Whatever a client puts into whichever field, it is told what is wrong, and nothing breaks."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.e2e.gateway import running
from tests.e2e.stranger import Stranger

JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    -0.0,
    1.5,
    1e308,
    10**17,
    "",
    "x",
    "1e5",
    "x" * 1_025,
    "\x00",
    "🦊",
    "BTC/USDT",
    "/",
    "BTC/",
    "a/b/c",
    "2026-01-01",
    "2026-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    [],
    [1, 2],
    {},
    {"_type_": "x", "_data_": 1},
)
RIGHT: dict[str, dict[str, object]] = {
    "trade.execute": {"action": "buy", "pair": "BTC/USDT", "type": "limit", "amount": "0.001", "price": 10_000},
    "fill.record": {"tradeId": "t", "pair": "BTC/USDT", "side": "buy", "amount": "0.001", "price": 100},
    "account.deposit": {"asset": "USDT", "amount": 1},
    "account.withdraw": {"asset": "USDT", "amount": 1},
    "market.data": {"action": "ohlcv", "pair": "BTC/USDT"},
    "tool.invoke": {"tool": "market", "args": {"action": "price", "pair": "BTC/USDT"}},
    "subscribe": {"channel": "market", "pairs": ["BTC/USDT"]},
    "unsubscribe": {"channel": "trade"},
    "order.get": {"orderId": "x"},
    "order.cancel": {"orderId": "x"},
}
CLIENTS_FAULT = {"INVALID_REQUEST", "INVALID_ORDER", "NOT_FOUND", "INSUFFICIENT_FUNDS"}


async def test_junk_in_any_field_of_any_method_is_the_clients_fault_and_never_ours(tmp_path: Path) -> None:
    with running(tmp_path / "data") as gateway:
        async with await gateway.client() as client:
            codes: Counter[str] = Counter()
            for method, params in requests(await client.ok("protocol.schema")):
                answer = await client.call(method, **params)
                if not answer["ok"]:
                    assert answer["error"]["code"] in CLIENTS_FAULT, (method, params, answer)
                    codes[answer["error"]["code"]] += 1
            assert codes.keys() == CLIENTS_FAULT
            assert (await client.ok("health"))["ok"] is True
            await whole_books(client)
        assert gateway.log == ""


def requests(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, object]]]:
    """Each method with one thing wrong in what would otherwise be right, as far as its schema tells."""
    for method, described in schema["methods"].items():
        fields = schema["definitions"][described["params"]["$ref"].rpartition("/")[2]]["properties"]
        if method not in ("connect", "disconnect"):
            for field in (*fields, "bogus"):
                for junk in JUNK:
                    yield method, {**RIGHT.get(method, {}), field: junk}


async def whole_books(client: Stranger) -> None:
    """Everything can still be read."""
    for action in ("snapshot", "balance", "positions", "pnl", "history"):
        await client.ok("portfolio.snapshot", action=action)
    await client.ok("order.list", limit=1_000)
    await client.ok("fill.list", limit=1_000)
