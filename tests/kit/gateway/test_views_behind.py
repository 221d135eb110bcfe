"""While the views are behind, commands that were done say so, and repeated ones are answered all the same."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from structlog.testing import capture_logs

from domain import account
from kit.views import projector
from projections import views
from projections.views import Views
from tests.e2e.stranger import Stranger
from tests.kit.gateway.whole import whole_gateway
from tests.waiting import eventually

LIMIT = {"action": "buy", "pair": "BTC/USDT", "type": "limit", "amount": "0.01", "price": 60_000}


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Views cannot be folded while there is something in this list, and nobody waits long for them."""
    fold, reasons = views.fold, list[str]()

    def fold_or_fail(before: Views, frame: pl.DataFrame) -> Views:
        if reasons:
            raise ValueError(reasons[0])
        return fold(before, frame)

    monkeypatch.setattr(views, "fold", fold_or_fail)
    monkeypatch.setattr(projector, "REBUILD_PAUSE_S", 0.01)
    return reasons


async def placed(client: Stranger, key: str, **changes: object) -> dict[str, Any]:
    return await client.ok("trade.execute", **LIMIT | {"clientOrderId": key} | changes)


async def test_a_repeated_order_is_answered_as_it_stands_now(tmp_path: Path, broken: list[str]) -> None:
    async with whole_gateway(tmp_path / "data") as gateway:
        client = await gateway.client()
        resting, filled = await placed(client, "rests"), await placed(client, "fills", price=70_000)
        await placed(client, "goes")
        cancelled = await client.ok("order.cancel", clientOrderId="goes")
        broken.append("/home/kit/secret")
        await client.ok("account.deposit", asset="USDT", amount=1)
        await eventually(lambda: gateway.runtime.projector.problem)
        assert await placed(client, "rests") == resting | {"duplicate": True}
        assert await placed(client, "fills", price=70_000) == filled | {"duplicate": True}
        assert await placed(client, "goes") == cancelled | {"duplicate": True}
        broken.clear()


async def test_a_repeated_order_is_answered_after_a_start_before_any_view_is_built(
    tmp_path: Path, broken: list[str]
) -> None:
    async with whole_gateway(tmp_path / "data") as gateway:
        first = await placed(await gateway.client(), "rests")
    broken.append("/home/kit/secret")
    async with whole_gateway(tmp_path / "data") as gateway:
        assert gateway.runtime.projector.views.seq == 0
        assert await placed(await gateway.client(), "rests") == first | {"duplicate": True}


async def test_after_a_start_what_the_account_knows_is_cancelled_and_moved_before_any_view_is_built(
    tmp_path: Path, broken: list[str]
) -> None:
    guarded = {"price": 70_000, "stopLoss": 60_000, "takeProfit": 80_000}
    async with whole_gateway(tmp_path / "data") as gateway:
        client = await gateway.client()
        bought, _ = await placed(client, "fills", **guarded), await placed(client, "goes")
        cancelled = await client.ok("order.cancel", clientOrderId="goes", idempotencyKey="k-1")
    broken.append("/home/kit/secret")
    async with whole_gateway(tmp_path / "data") as gateway:
        client = await gateway.client()
        again = await client.ok("order.cancel", clientOrderId="goes", idempotencyKey="k-1")
        assert again == cancelled | {"duplicate": True}
        assert await client.ok("order.cancel", clientOrderId="goes") == cancelled
        moved = await client.ok("order.amend", clientOrderId="fills", stopLoss=61_000)
        assert moved | {"seq": 0} == bought | {"stopLoss": 61_000, "seq": 0}
        assert gateway.runtime.projector.views.seq == 0


async def test_the_views_answer_the_same_as_the_accounts_state(
    tmp_path: Path, broken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "CLOSED_ORDERS_KEPT", 1)
    async with whole_gateway(tmp_path / "data") as gateway:
        client = await gateway.client()
        first, _ = await placed(client, "fills", price=70_000), await placed(client, "later", price=70_000)
        assert await placed(client, "fills", price=70_000) == first | {"duplicate": True}


async def test_a_command_that_is_done_says_so_where_only_its_answer_cannot_be_read(
    tmp_path: Path, broken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "CLOSED_ORDERS_KEPT", 1)
    monkeypatch.setattr(projector, "READ_WAIT_S", 0.01)
    async with whole_gateway(tmp_path / "data") as gateway:
        client = await gateway.client()
        broken.append("/home/kit/secret")
        first, _ = await placed(client, "fills", price=70_000), await placed(client, "later", price=70_000)
        error = await client.error("trade.execute", **LIMIT | {"clientOrderId": "fills", "price": 70_000})
        assert error == {
            "code": "INTERNAL_ERROR",
            "message": "done, but its answer cannot be read yet: ask again with the same key",
            "retryable": True,
            "details": {"outcome": "unknown"},
        }
        broken.clear()
        await eventually(lambda: gateway.runtime.projector.lag == 0)
        assert await placed(client, "fills", price=70_000) == first | {"duplicate": True}


async def test_a_command_that_has_to_read_first_says_how_far_behind_the_views_are(
    tmp_path: Path, broken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projector, "READ_WAIT_S", 0.01)
    async with whole_gateway(tmp_path / "data") as gateway:
        client = await gateway.client()
        broken.append("/home/kit/secret")
        await client.ok("account.deposit", asset="USDT", amount=1)
        await eventually(lambda: gateway.runtime.projector.problem)
        reading = await client.error("order.get", orderId="o-1")
        changing = await client.error("order.cancel", orderId="o-1")
        assert reading["message"].startswith(f"the views are {gateway.runtime.projector.lag} events behind")
        assert (reading["retryable"], reading.get("details")) == (True, None)
        assert changing["message"] == reading["message"]
        assert (changing["retryable"], changing["details"]) == (True, {"outcome": "unknown"})
        broken.clear()


async def test_what_everybody_may_read_names_the_failure_and_none_of_its_text(
    tmp_path: Path, broken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with whole_gateway(tmp_path / "data") as gateway:
        client = await gateway.client()
        await client.ok("order.list")
        monkeypatch.setattr(projector, "READ_WAIT_S", 0.01)
        with capture_logs() as logged:
            broken.append("/home/kit/secret")
            await client.ok("account.deposit", asset="USDT", amount=1)
            await eventually(lambda: gateway.runtime.projector.problem)
        (problem,) = (await client.ok("health"))["problems"]
        error = await client.error("order.list")
        broken.clear()
    assert problem.startswith("the views are being rebuilt: ValueError after position ")
    assert "ValueError after position " in error["message"]
    assert "secret" not in problem + error["message"]
    assert any(entry["log_level"] == "error" and entry.get("exc_info") for entry in logged)
