"""What a halt began to cancel is cancelled, whatever its exchange answers, until trading is resumed."""

from pathlib import Path

import pytest

from kit.exchanges.protocol import ExchangeError, OrderReport
from kit.trading import waits
from tests.domain.books import deposit
from tests.kit.trading.asked import ask
from tests.kit.trading.floor import Floor, fixed_market, floor
from tests.kit.trading.scripted_exchange import TIMED_OUT, ScriptedExchange
from tests.waiting import eventually


@pytest.fixture(autouse=True)
def no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waits, "RETRY_FIRST_S", 0.001)
    monkeypatch.setattr(waits, "RETRY_MAX_S", 0.01)


class Silent(ScriptedExchange):
    """It answers no cancellation before it ``answers``."""

    def __init__(self) -> None:
        super().__init__(fixed_market())
        self.answers = False

    async def cancel(self, client_order_id: str, pair: str) -> OrderReport:
        if not self.answers:
            self.calls.append(f"cancel {client_order_id}")
            raise ExchangeError(str(TIMED_OUT), outcome_unknown=True)
        return await super().cancel(client_order_id, pair)


async def halted_twice(on: Floor, exchange: Silent) -> str:
    """The order that the first halt cancels, in vain; the second one stops sells too, and cancels nothing."""
    await on.desk.deposit("main", "paper", deposit("BTC", "1"), ask("d-1"))
    resting = (await on.placed("k-1", "buy", "0.01", "60000")).order.order_id
    await on.desk.halt("main", None, "a fall", reduce_only=True, cancel_orders=True, ask=ask("h-1"))
    await eventually(lambda: f"cancel {resting}" in exchange.calls)
    await on.placed("k-2", "sell", "0.01", "70000")
    await on.desk.halt("main", None, "nobody sells", reduce_only=False, cancel_orders=False, ask=ask("h-2"))
    return resting


async def test_a_stricter_halt_does_not_end_what_another_had_begun_to_cancel(tmp_path: Path) -> None:
    exchange = Silent()
    async with floor(tmp_path, exchange) as on:
        resting = await halted_twice(on, exchange)
        exchange.answers = True
        await eventually(lambda: resting not in on.main.orders)
        assert on.order(resting).status == "cancelled"
        assert [order.client_order_id for order in on.main.orders.values()] == ["k-2"]


async def test_it_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with floor(tmp_path, Silent()) as on:
        assert isinstance(on.exchange, Silent)
        resting = await halted_twice(on, on.exchange)
    async with floor(tmp_path) as on:
        await eventually(lambda: resting not in on.main.orders)
        assert on.order(resting).status == "cancelled"
        assert [order.client_order_id for order in on.main.orders.values()] == ["k-2"]


async def test_it_ends_when_trading_is_resumed_though_it_is_halted_again(tmp_path: Path) -> None:
    exchange = Silent()
    async with floor(tmp_path, exchange) as on:
        resting = await halted_twice(on, exchange)
        await on.desk.resume("main", None, "it rises", ask("r-1"))
        await on.desk.halt("main", None, "for tonight", reduce_only=True, cancel_orders=False, ask=ask("h-3"))
        exchange.answers = True
        asked = len(exchange.calls)
        await on.desk.deposit("main", "paper", deposit("BTC", "1"), ask("d-2"))
        assert (on.order(resting).status, on.main.halt and on.main.halt.cancels_before) == ("pending", 0)
        assert len(exchange.calls) == asked
