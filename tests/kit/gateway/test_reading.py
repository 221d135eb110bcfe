"""Reading what the views hold keeps nobody else waiting."""

import asyncio
from pathlib import Path
from threading import Event
from types import ModuleType
from typing import Any

import pytest

from kit.gateway import finding
from kit.gateway.methods import fill_list, order_list
from tests.kit.gateway.whole import whole_gateway


@pytest.mark.parametrize(
    ("method", "module", "step"),
    [
        ("order.list", order_list, "order_from_row"),
        ("fill.list", fill_list, "fill_from_row"),
        ("order.get", finding, "order_from_row"),
    ],
)
async def test_another_client_is_answered_while_an_answer_is_put_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, module: ModuleType, step: str
) -> None:
    make, begun, pinged = getattr(module, step), Event(), Event()

    def make_after_the_ping(*args: Any, **options: Any) -> Any:
        begun.set()
        assert pinged.wait(5.0), "the other client has no answer"
        return make(*args, **options)

    async with whole_gateway(tmp_path / "data") as gateway:
        reader, other = await gateway.client(), await gateway.client()
        await reader.ok("trade.execute", action="buy", pair="BTC/USDT", type="market", amount=100, clientOrderId="mine")
        monkeypatch.setattr(module, step, make_after_the_ping)
        asked = await reader.send(method, **({"clientOrderId": "mine"} if method == "order.get" else {}))
        assert await asyncio.to_thread(begun.wait, 5.0)
        assert (await other.ok("ping"))["pong"] is True
        pinged.set()
        assert (await reader.answer(asked))["ok"] is True


async def test_pages_follow_each_other_without_gap_or_copy(tmp_path: Path) -> None:
    async with whole_gateway(tmp_path / "data") as gateway:
        client = await gateway.client()
        for number in range(3):
            await client.ok(
                "trade.execute", action="buy", pair="BTC/USDT", type="market", amount=100, clientOrderId=f"k-{number}"
            )
        for method, rows in (("order.list", "orders"), ("fill.list", "fills")):
            whole = await client.ok(method)
            first = await client.ok(method, limit=2)
            rest = await client.ok(method, limit=2, cursor=first["cursor"])
            assert first[rows] + rest[rows] == whole[rows]
            assert len(whole[rows]) == 3
            assert "cursor" not in rest
