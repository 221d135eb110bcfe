"""An amendment is durable before the exchange hears of it, and whatever it does then is booked."""

import asyncio
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from domain.commands import AmendOrder
from domain.orders import Order
from kit.exchanges.protocol import OrderReport, OrderRequest
from kit.trading.settlements import Settled
from kit.trading.tasks import Outcome
from tests.kit.trading.asked import ask
from tests.kit.trading.floor import Floor, asked, fixed_market, floor, paper
from tests.kit.trading.scripted_exchange import ScriptedExchange, cut
from tests.kit.trading.waiting import eventually


async def amended(on: Floor, order_id: str, key: str, **changes: str) -> Outcome:
    numbers: dict[str, Any] = {name: Decimal(value) for name, value in changes.items()}
    instrument = on.exchange.instruments()["BTC/USDT"]
    return await on.desk.amend(on.main, AmendOrder(order_id=order_id, instrument=instrument, **numbers), ask(key))


def is_filled(order: Order) -> bool:
    return order.status == "filled"


class Slow(ScriptedExchange):
    """It takes no order until it is let to."""

    def __init__(self) -> None:
        super().__init__(fixed_market())
        self.open = asyncio.Event()

    async def place(self, request: OrderRequest) -> OrderReport:
        report = await super().place(request)
        await self.open.wait()
        return report


async def test_a_resting_order_fills_at_the_price_that_it_is_amended_to(tmp_path: Path) -> None:
    async with floor(tmp_path, paper()) as on:
        order, _ = await on.placed("k-1", "buy", "0.01", "67000")
        await amended(on, order.order_id, "k-2", price="67300", amount="0.02")
        done, _ = await on.until(order.order_id, is_filled)
        assert (done.filled_amount, done.average_price) == (Decimal("0.02"), Decimal(67250))
        assert on.topics() == ["OrderPlaced", "OrderAccepted", "OrderAmended", "OrderFilled"]
        assert on.main.balance("USDT").locked == 0


async def test_a_second_use_of_the_key_changes_nothing_and_tells_the_exchange_nothing(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("k-1", "buy", "0.01", "67000")
        first = await amended(on, order.order_id, "k-2", price="66000")
        again = await amended(on, order.order_id, "k-2", price="66000")
        await eventually(lambda: len(exchange.calls) == 2)
        assert (first.duplicate, again.duplicate) == (False, True)
        assert exchange.calls == [f"place {order.order_id}", f"amend {order.order_id} to 0.01 at 66000"]


async def test_an_order_that_is_amended_on_its_way_is_amended_once_it_has_arrived(tmp_path: Path) -> None:
    exchange = Slow()
    async with floor(tmp_path, exchange) as on:
        placing = asyncio.create_task(on.desk.place(asked("buy", "0.01", "67000"), ask("k-1")))
        await eventually(lambda: exchange.calls)
        (order_id,) = on.main.orders
        await amended(on, order_id, "k-2", price="66000")
        assert exchange.calls == [f"place {order_id}"]
        exchange.open.set()
        await placing
        await eventually(lambda: len(exchange.calls) == 2)
        assert exchange.calls[1] == f"amend {order_id} to 0.01 at 66000"


async def test_an_order_that_was_filled_before_its_larger_amount_arrived_is_done(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("k-1", "buy", "0.01", "67000")
        report = await exchange.order(order.order_id, "BTC/USDT")
        assert report is not None
        exchange.hold(report, "filled", cut("t-1", "0.01", "66900"))
        await amended(on, order.order_id, "k-2", amount="0.02")
        done, _ = await on.until(order.order_id, lambda one: not one.is_open)
        assert (done.filled_amount, done.amount, done.status) == (Decimal("0.01"), Decimal("0.02"), "cancelled")
        assert done.reason == "it was filled before the amendment reached the exchange"
        assert on.main.balance("USDT").locked == 0


async def test_a_stop_with_a_budget_that_is_moved_behind_the_market_buys_at_once_and_is_filled(tmp_path: Path) -> None:
    stop = {"type": "stop-market", "amount_in": "quote", "stop_price": Decimal(68_000)}
    async with floor(tmp_path, paper()) as on:
        answer = await on.desk.place(replace(asked("buy", "672.50"), **stop), ask("k-1"))
        assert isinstance(answer, Settled)
        await amended(on, answer.order.order_id, "k-2", stop_price="67000")
        done, _ = await on.until(answer.order.order_id, lambda one: not one.is_open)
        assert (done.status, done.filled_amount, done.triggered) == ("filled", Decimal("0.01"), True)


async def test_after_a_restart_the_order_rests_as_it_was_amended(tmp_path: Path) -> None:
    async with floor(tmp_path, paper()) as on:
        order, _ = await on.placed("k-1", "buy", "0.01", "67000")
        await amended(on, order.order_id, "k-2", price="60000", amount="0.05")
    market = fixed_market()
    async with floor(tmp_path, paper(market)) as on:
        market.set_price("BTC/USDT", Decimal(66_000))
        market.set_price("BTC/USDT", Decimal(59_000))
        done, _ = await on.until(order.order_id, is_filled)
        assert (done.filled_amount, done.average_price) == (Decimal("0.05"), Decimal(60_000))
