"""After a restart every open order is where it was: resting where the exchange had it, else offered again."""

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest

from kit.trading import waits
from tests.kit.trading.asked import ask
from tests.kit.trading.floor import Floor, asked, fixed_market, floor, paper
from tests.kit.trading.scripted_exchange import TIMED_OUT, ScriptedExchange, cut
from tests.waiting import eventually


@pytest.fixture(autouse=True)
def no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waits, "RETRY_FIRST_S", 0.001)
    monkeypatch.setattr(waits, "RETRY_MAX_S", 0.002)


async def place_without_answer(on: Floor) -> str:
    """An order that is in the log and of which nobody knows what became; the exchange stays silent."""
    placing = asyncio.create_task(on.desk.place(asked("buy", "0.1", "67000"), ask("k-1")))
    await eventually(lambda: on.main.orders)
    placing.cancel()
    await asyncio.wait([placing])
    return next(iter(on.main.orders))


def silent(*, taken: bool) -> ScriptedExchange:
    exchange = ScriptedExchange(fixed_market(), *[TIMED_OUT] * 10_000, taken=taken)
    exchange.lost.extend([TIMED_OUT] * 10_000)
    return exchange


async def test_accepted_orders_rest_again_and_are_filled_by_a_later_price(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        order_id = (await on.placed("k-1", "buy", "0.1", "67000")).order.order_id
    market = fixed_market()
    async with floor(tmp_path, paper(market)) as on:
        assert on.order(order_id).status == "pending"
        market.set_price("BTC/USDT", Decimal(66_000))
        order, _ = await on.until(order_id, lambda order: order.status == "filled")
        assert str(order.average_price) == "67000"
        assert on.topics() == ["OrderPlaced", "OrderAccepted", "OrderFilled"]


@pytest.mark.parametrize("taken", [True, False])
async def test_an_order_without_an_answer_is_offered_again_under_the_same_client_id(
    tmp_path: Path, taken: bool
) -> None:
    async with floor(tmp_path, silent(taken=taken)) as on:
        order_id = await place_without_answer(on)
        assert on.order(order_id).status == "unknown"
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        await on.until(order_id, lambda order: order.status == "pending")
        assert exchange.calls == [f"place {order_id}"]
        assert exchange.restored == []
        assert on.topics() == ["OrderPlaced", "OrderAccepted"]


async def test_an_order_that_was_filled_while_we_were_away_is_booked_once(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order_id = (await on.placed("k-1", "buy", "0.1", "67000")).order.order_id
        exchange.tell(order_id, "open", cut("t-1", "0.04"))
        await on.until(order_id, lambda order: order.status == "partial")
    async with floor(tmp_path, exchange) as on:
        assert [(str(order.filled_amount), order.fill_count) for order in exchange.restored] == [("0.04", 1)]
        exchange.tell(order_id, "filled", cut("t-1", "0.04"), cut("t-2", "0.06"))
        order, _ = await on.until(order_id, lambda order: order.status == "filled")
        assert (order.fill_count, str(order.filled_amount)) == (2, "0.10")


async def test_an_order_with_a_client_s_fill_and_no_answer_is_offered_again_and_not_taken_for_accepted(
    tmp_path: Path,
) -> None:
    async with floor(tmp_path, silent(taken=False)) as on:
        order_id = await place_without_answer(on)
        await on.recorded("t-1", "0.04", order_id)
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        await on.until(order_id, lambda order: order.exchange_order_id is not None)
        assert exchange.calls == [f"place {order_id}"]
        assert on.order(order_id).status == "partial"


async def test_money_orders_and_keys_are_the_same_after_any_number_of_restarts(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        await on.placed("k-1", "buy", "100")
        await on.placed("k-2", "buy", "0.1", "60000", stop_loss="50000", take_profit="70000")
        before = on.main
    for _ in range(3):
        async with floor(tmp_path) as on:
            assert on.main == before
            again = await on.desk.place(asked("buy", "100"), ask("k-1"))
            assert getattr(again, "duplicate", False)
