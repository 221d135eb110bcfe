"""Linked orders over an exchange that is slow, down, or says what cannot be."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from kit.exchanges.protocol import ExchangeError, OrderReport, OrderState
from kit.trading import waits
from tests.kit.trading.asked import ask
from tests.kit.trading.floor import Floor, fixed_market, floor
from tests.kit.trading.scripted_exchange import TIMED_OUT, ScriptedExchange, cut
from tests.kit.trading.test_linked_orders import legs, linked, over, sell, sold
from tests.waiting import eventually

UNKNOWN = ExchangeError("Unknown order")


@pytest.fixture(autouse=True)
def no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waits, "RETRY_FIRST_S", 0.001)
    monkeypatch.setattr(waits, "RETRY_MAX_S", 0.01)


class Lying(ScriptedExchange):
    """It answers the next cancellations as ``says`` has it: by an error, or that the order is in that state.

    Until ``answers`` is set, it answers no others.
    """

    def __init__(self, *says: ExchangeError | OrderState) -> None:
        self.fixed = fixed_market()
        super().__init__(self.fixed)
        self.says = deque(says)
        self.answers = asyncio.Event()
        self.answers.set()

    async def cancel(self, client_order_id: str, pair: str) -> OrderReport:
        if not self.says:
            await self.answers.wait()
            return await super().cancel(client_order_id, pair)
        self.calls.append(f"cancel {client_order_id}")
        said = self.says.popleft()
        if isinstance(said, ExchangeError):
            raise said
        return replace(self._held[client_order_id], state=said)

    def fall(self) -> None:
        """Below the stop."""
        self.fixed.set_price("BTC/USDT", Decimal(65_000))


@asynccontextmanager
async def pair(data_dir: Path, exchange: Lying) -> AsyncIterator[Floor]:
    """A coin that is sold at 69,000 or below 66,000, on an exchange that fills orders only as it is told to."""
    async with floor(data_dir) as on:
        await on.placed("coin", "buy", "0.1", "67250")
    async with linked(data_dir, exchange=exchange) as on:
        await sell(on)
        yield on


@pytest.mark.parametrize("said", ["open", "filled"])
async def test_a_cancel_after_which_the_order_still_stands_is_asked_for_again(tmp_path: Path, said: OrderState) -> None:
    exchange = Lying(said, said)
    async with pair(tmp_path, exchange) as on:
        exchange.fall()
        await eventually(lambda: not legs(on)[1].held)
        limit, stop = legs(on)
        assert (limit.status, stop.held) == ("cancelled", False)
        assert exchange.calls.count(f"cancel {limit.order_id}") == 3


async def test_a_limit_that_is_said_to_be_filled_before_its_fill_is_told_leaves_nothing_to_the_stop(
    tmp_path: Path,
) -> None:
    exchange = Lying("filled", "filled", "filled")
    async with pair(tmp_path, exchange) as on:
        exchange.answers.clear()
        exchange.fall()
        await eventually(lambda: not exchange.says)
        exchange.tell(legs(on)[0].order_id, "filled", cut("t-1", "0.1", "69000", "sell"))
        exchange.answers.set()
        assert await over(on) == ("filled", "cancelled")
        assert sold(on) == Decimal("0.1")


async def test_a_part_that_is_filled_while_the_cancel_is_under_way_is_not_sold_again(tmp_path: Path) -> None:
    exchange = Lying()
    async with pair(tmp_path, exchange) as on:
        exchange.answers.clear()
        exchange.fall()
        await eventually(lambda: legs(on)[1].triggered)
        exchange.tell(legs(on)[0].order_id, "open", cut("t-1", "0.04", "69000", "sell"))
        exchange.answers.set()
        await eventually(lambda: not legs(on)[1].held)
        limit, stop = legs(on)
        assert (limit.filled_amount, stop.amount) == (Decimal("0.04"), Decimal("0.06"))
        assert on.main.balance("BTC").locked == Decimal("0.06")
        assert not any("Discrepancy" in topic for topic in on.topics())


async def test_health_says_which_stop_waits_for_an_exchange_that_does_not_know_the_order_in_its_way(
    tmp_path: Path,
) -> None:
    exchange = Lying(*[UNKNOWN] * 20)
    async with pair(tmp_path, exchange) as on:
        exchange.fall()
        await eventually(lambda: on.router.problems)
        limit, stop = legs(on)
        why = f"the stop of order {stop.order_id} was reached, and paper does not end order {limit.order_id}"
        assert on.router.problems == [f"{why}: Unknown order"]
        await eventually(lambda: not legs(on)[1].held)
        await eventually(lambda: not on.router.problems)


async def test_a_stop_that_waits_for_no_longer_than_usual_is_no_problem(tmp_path: Path) -> None:
    exchange = Lying(TIMED_OUT)
    async with pair(tmp_path, exchange) as on:
        exchange.fall()
        await eventually(lambda: not exchange.says)
        assert on.router.problems == []


@pytest.mark.parametrize("named", [0, 1])
async def test_cancelling_either_ends_a_stop_that_is_sent_meanwhile(tmp_path: Path, named: int) -> None:
    exchange = Lying()
    async with pair(tmp_path, exchange) as on:
        exchange.answers.clear()
        exchange.fall()
        await eventually(lambda: legs(on)[1].triggered)
        cancelling = asyncio.create_task(on.desk.cancel(on.main, legs(on)[named], ask("k-2")))
        await asyncio.sleep(0)
        exchange.answers.set()
        await cancelling
        assert await over(on) == ("cancelled", "cancelled")
        assert on.main.balance("BTC").locked == 0


async def test_cancelling_all_cancels_a_stop_that_is_sent_meanwhile(tmp_path: Path) -> None:
    exchange = Lying()
    async with pair(tmp_path, exchange) as on:
        exchange.answers.clear()
        exchange.fall()
        await eventually(lambda: legs(on)[1].triggered)
        everything = asyncio.create_task(on.desk.cancel_all(on.main, list(on.main.orders.values()), ask("k-2")))
        await asyncio.sleep(0)
        exchange.answers.set()
        _, failed = await everything
        assert failed == []
        assert await over(on) == ("cancelled", "cancelled")
        assert on.main.balance("BTC").locked == 0
