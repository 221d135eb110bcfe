"""An amendment is durable before the exchange hears of it, and made once the exchange has agreed."""

import asyncio
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from domain.account import Balance
from domain.commands import AmendOrder
from domain.events.reconciliation import DiscrepancyFound
from domain.orders import Order
from kit.exchanges.paper import PaperExchange
from kit.exchanges.protocol import ExchangeError, OrderReport, OrderRequest
from kit.trading import waits
from kit.trading.settlements import Settled
from kit.trading.tasks import Outcome
from tests.domain.books import NOON
from tests.kit.trading.asked import MAIN, ask
from tests.kit.trading.floor import Floor, asked, fixed_market, floor, paper
from tests.kit.trading.scripted_exchange import BUSY, NO_MONEY, TIMED_OUT, ScriptedExchange, cut
from tests.waiting import eventually


async def amended(on: Floor, order_id: str, key: str, **changes: str) -> Outcome:
    numbers: dict[str, Any] = {name: Decimal(value) for name, value in changes.items()}
    instrument = on.exchange.instruments()["BTC/USDT"]
    command = AmendOrder(order_id=order_id, instrument=instrument, exchange_time=NOON, **numbers)
    return await on.desk.amend(on.main, command, ask(key))


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


class Deliberate(ScriptedExchange):
    """It answers no amendment until it is let to."""

    def __init__(self) -> None:
        super().__init__(fixed_market())
        self.open = asyncio.Event()

    async def amend(self, request: OrderRequest) -> OrderReport:
        report = await super().amend(request)
        await self.open.wait()
        return report


async def test_a_resting_order_fills_at_the_price_that_it_is_amended_to(tmp_path: Path) -> None:
    async with floor(tmp_path, paper()) as on:
        order, _ = await on.placed("k-1", "buy", "0.01", "67000")
        await amended(on, order.order_id, "k-2", price="67300", amount="0.02")
        done, _ = await on.until(order.order_id, is_filled)
        assert (done.filled_amount, done.average_price) == (Decimal("0.02"), Decimal(67250))
        topics = ["OrderPlaced", "OrderAccepted", "AmendmentRequested", "OrderAmended", "OrderFilled"]
        assert on.topics() == topics
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
        amending = asyncio.create_task(amended(on, order_id, "k-2", price="66000"))
        await eventually(lambda: len(on.settlements._waiters[MAIN, order_id]) == 2)
        assert exchange.calls == [f"place {order_id}"]
        exchange.open.set()
        await placing
        await amending
        assert exchange.calls[1] == f"amend {order_id} to 0.01 at 66000"


async def test_an_order_that_is_cancelled_on_its_way_is_cancelled_once_it_has_arrived(tmp_path: Path) -> None:
    exchange = Slow()
    async with floor(tmp_path, exchange) as on:
        placing = asyncio.create_task(on.desk.place(asked("buy", "0.01", "67000"), ask("k-1")))
        await eventually(lambda: exchange.calls)
        (order,) = on.main.orders.values()
        cancelling = asyncio.create_task(on.desk.cancel(on.main, order, ask("k-2")))
        await eventually(lambda: len(on.settlements._waiters[MAIN, order.order_id]) == 2)
        exchange.open.set()
        await placing
        await cancelling
        assert exchange.calls == [f"place {order.order_id}", f"cancel {order.order_id}"]
        assert on.order(order.order_id).status == "cancelled"
        assert on.main.balance("USDT").locked == 0


async def test_an_order_that_was_filled_before_its_larger_amount_arrived_is_done(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("k-1", "buy", "0.01", "67000")
        report = await exchange.order(order.order_id, "BTC/USDT")
        assert report is not None
        exchange.hold(report, "filled", cut("t-1", "0.01", "66900"))
        exchange.leaves_as_it_is = True
        await amended(on, order.order_id, "k-2", amount="0.02")
        done = on.order(order.order_id)
        assert (done.filled_amount, done.amount, done.status) == (Decimal("0.01"), Decimal("0.01"), "filled")
        assert on.main.balance("USDT") == Balance(Decimal(9331))


async def test_a_stop_with_a_budget_that_is_moved_behind_the_market_buys_at_once_and_is_filled(tmp_path: Path) -> None:
    stop = {"type": "stop-market", "amount_in": "quote", "stop_price": Decimal(68_000)}
    async with floor(tmp_path, paper()) as on:
        answer = await on.desk.place(replace(asked("buy", "672.50"), **stop), ask("k-1"))
        assert isinstance(answer, Settled)
        await amended(on, answer.order.order_id, "k-2", stop_price="67000")
        done, _ = await on.until(answer.order.order_id, lambda one: not one.is_open)
        assert (done.status, done.filled_amount, done.triggered) == ("filled", Decimal("0.01"), True)


async def test_what_an_order_reserves_is_given_back_only_once_the_exchange_has_agreed(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("k-1", "buy", "0.1", "67000")
        # Filled at the old price before the amendment came: at the new one 3,000 USDT would have been free.
        report = await exchange.order(order.order_id, "BTC/USDT")
        assert report is not None
        exchange.hold(report, "filled", cut("t-1", "0.1"))
        exchange.leaves_as_it_is = True
        asking = asyncio.create_task(amended(on, order.order_id, "k-2", price="37000"))
        await eventually(lambda: on.order(order.order_id).asked is not None)
        assert on.main.balance("USDT") == Balance(Decimal("3293.3"), Decimal("6706.7"))
        await asking
        assert on.main.balance("USDT") == Balance(Decimal(3300))
        assert not any(isinstance(event, DiscrepancyFound) for event in on.events())


async def test_fills_that_come_with_the_answer_are_booked_at_the_terms_that_they_were_made_at(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("k-1", "buy", "0.1", "67000")
        report = await exchange.order(order.order_id, "BTC/USDT")
        assert report is not None
        exchange.hold(report, "filled", cut("t-1", "0.04"), cut("t-2", "0.02", "36900"))
        await amended(on, order.order_id, "k-2", price="37000", amount="0.06")
        assert on.topics()[-3:] == ["OrderFilled", "OrderAmended", "OrderFilled"]
        assert (on.order(order.order_id).status, on.order(order.order_id).amount) == ("filled", Decimal("0.06"))
        assert on.main.balance("USDT") == Balance(Decimal(10_000 - 2_680 - 738))


async def test_an_order_that_the_exchange_does_not_change_keeps_its_terms_and_its_reservation(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("k-1", "buy", "0.1", "67000")
        before = on.main.balance("USDT")
        exchange.unwilling.append(NO_MONEY)
        with pytest.raises(ExchangeError, match="no money of yours"):
            await amended(on, order.order_id, "k-2", amount="0.14")
        now = on.order(order.order_id)
        assert (now.amount, now.asked, on.main.balance("USDT")) == (Decimal("0.1"), None, before)
        assert on.topics()[-2:] == ["AmendmentRequested", "AmendmentRejected"]


async def test_an_exchange_that_leaves_an_order_as_it_is_has_not_amended_it(tmp_path: Path) -> None:
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("k-1", "buy", "0.1", "67000")
        exchange.leaves_as_it_is = True
        with pytest.raises(ExchangeError, match="the exchange left the order as it was"):
            await amended(on, order.order_id, "k-2", price="66000")


async def test_a_busy_exchange_is_asked_again_and_so_the_client_is_not_told_that_nothing_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waits, "RETRY_FIRST_S", 0.001)
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("k-1", "buy", "0.1", "67000")
        exchange.unwilling.append(BUSY)
        with pytest.raises(ExchangeError, match="too many requests") as told:
            await amended(on, order.order_id, "k-2", price="66000")
        assert (told.value.outcome_unknown, told.value.retryable) == (True, False)
        await on.until(order.order_id, lambda one: one.price == 66_000)


async def test_an_amendment_without_an_answer_is_asked_for_until_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waits, "RETRY_FIRST_S", 0.001)
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("k-1", "buy", "0.1", "67000")
        exchange.unwilling.extend([TIMED_OUT, BUSY])
        with pytest.raises(ExchangeError, match="timed out"):
            await amended(on, order.order_id, "k-2", price="66000")
        done, _ = await on.until(order.order_id, lambda one: one.price == 66_000)
        assert (done.asked, done.reserved) == (None, Decimal("6606.6"))
        assert len(exchange.calls) == 4


@pytest.mark.parametrize("reached", [True, False])
async def test_after_a_crash_the_amendment_under_way_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reached: bool
) -> None:
    monkeypatch.setattr(waits, "RETRY_FIRST_S", 0.001)
    exchange = ScriptedExchange(fixed_market())
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("k-1", "buy", "0.1", "67000")
        exchange.unwilling.extend([TIMED_OUT] * 1_000)
        with pytest.raises(ExchangeError):
            await amended(on, order.order_id, "k-2", price="66000", amount="0.15")
    if reached:
        report = await exchange.order(order.order_id, "BTC/USDT")
        assert report is not None
        exchange.hold(report, "filled", cut("t-1", "0.15", "66000"))
    exchange.unwilling.clear()
    exchange.calls.clear()
    async with floor(tmp_path, exchange) as on:
        done, _ = await on.until(order.order_id, lambda one: one.asked is None)
        assert exchange.calls == [f"amend {order.order_id} to 0.15 at 66000"]
        assert (done.amount, done.price) == (Decimal("0.15"), Decimal(66_000))
        assert done.is_open is not reached
        assert on.main.balance("USDT").locked == (0 if reached else Decimal("9909.9"))


async def test_a_report_that_comes_while_the_exchange_is_asked_waits_for_the_answer(tmp_path: Path) -> None:
    exchange = Deliberate()
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("k-1", "buy", "0.1", "66000")
        asking = asyncio.create_task(amended(on, order.order_id, "k-2", price="67000"))
        await eventually(lambda: len(exchange.calls) == 2)
        exchange.tell(order.order_id, "open", cut("t-1", "0.04", "66900"))
        await eventually(lambda: not exchange.untold)
        assert on.order(order.order_id).filled_amount == 0
        exchange.open.set()
        await asking
        await on.until(order.order_id, lambda one: one.filled_amount == Decimal("0.04"))
        assert not any(isinstance(event, DiscrepancyFound) for event in on.events())


class Considerate(PaperExchange):
    """It has changed the order, and does not say so until it is let to."""

    def __init__(self) -> None:
        super().__init__("paper", fixed_market())
        self.asked, self.open = asyncio.Event(), asyncio.Event()

    async def amend(self, request: OrderRequest) -> OrderReport:
        report = await super().amend(request)
        self.asked.set()
        await self.open.wait()
        return report


async def test_an_order_that_a_client_says_is_filled_to_its_new_amount_while_the_exchange_is_asked_holds_nothing(
    tmp_path: Path,
) -> None:
    exchange = Considerate()
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("k-1", "buy", "0.02", "67000")
        asking = asyncio.create_task(amended(on, order.order_id, "k-2", amount="0.01"))
        await exchange.asked.wait()
        await on.recorded("t-1", "0.01", order.order_id)
        exchange.open.set()
        await asking
        done = on.order(order.order_id)
        assert (done.is_open, done.amount, done.filled_amount) == (False, Decimal("0.01"), Decimal("0.01"))
        assert on.main.balance("USDT") == Balance(Decimal(9_330))


async def test_a_second_amendment_waits_for_the_first(tmp_path: Path) -> None:
    exchange = Deliberate()
    async with floor(tmp_path, exchange) as on:
        order, _ = await on.placed("k-1", "buy", "0.1", "66000")
        first = asyncio.create_task(amended(on, order.order_id, "k-2", price="65000"))
        await eventually(lambda: len(exchange.calls) == 2)
        second = asyncio.create_task(amended(on, order.order_id, "k-3", amount="0.05"))
        exchange.open.set()
        await asyncio.gather(first, second)
        now = on.order(order.order_id)
        assert (now.price, now.amount, now.reserved) == (Decimal(65_000), Decimal("0.05"), Decimal("3253.25"))


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
