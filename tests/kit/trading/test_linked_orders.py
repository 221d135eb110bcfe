"""One cancels the other over an exchange that knows nothing of it, and over crashes between any two steps."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from domain.events.orders import OrderTriggered
from domain.orders import Order
from kit.exchanges.paper import PaperExchange
from kit.exchanges.protocol import ExchangeError, OrderReport
from kit.market.fixed import FixedMarket
from kit.trading import waits
from kit.trading.errors import ClientOrderIdReused
from kit.trading.held_stops import HeldStopWatch
from kit.trading.ordering import StopAsked
from kit.trading.tasks import Outcome
from tests.kit.trading.asked import ask, ticking
from tests.kit.trading.floor import Floor, asked, fixed_market, floor, paper
from tests.waiting import eventually


@pytest.fixture(autouse=True)
def no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waits, "RETRY_FIRST_S", 0.001)


@asynccontextmanager
async def linked(
    data_dir: Path, market: FixedMarket | None = None, exchange: PaperExchange | None = None, *, watching: bool = True
) -> AsyncIterator[Floor]:
    """A floor that watches held stops, with a coin bought at 67,250."""
    async with floor(data_dir, exchange or paper(market)) as on:
        watch = HeldStopWatch(on.exchange, on.journal, on.accounts)
        on.journal.followers.append(watch.follow)
        running = asyncio.create_task(watch.run()) if watching else None
        await asyncio.sleep(0)
        if not on.events():
            await on.placed("coin", "buy", "0.1", "67250")
        try:
            yield on
        finally:
            if running is not None:
                assert not running.done(), running
                running.cancel()
                await asyncio.wait([running])


async def sell(on: Floor, key: str = "k-1", stop: str = "66000", limit: str | None = None) -> Outcome:
    """Sell the coin at 69,000, or below ``stop``."""
    around = StopAsked(stop_price=Decimal(stop), limit=None if limit is None else Decimal(limit))
    return await on.desk.place_linked(asked("sell", "0.1", "69000"), around, ask(key))


def legs(on: Floor) -> tuple[Order, Order]:
    """The limit order and the stop as they stand."""
    known = {**on.main.closed, **on.main.orders}
    stop = next(order for order in known.values() if order.linked_to is not None and order.stop_price is not None)
    return known[stop.linked_to or ""], stop


async def over(on: Floor) -> tuple[str, str]:
    """How both orders ended."""
    await eventually(lambda: not on.main.orders)
    limit, stop = legs(on)
    return limit.status, stop.status


def sold(on: Floor) -> Decimal:
    return sum((order.filled_amount for order in legs(on)), Decimal(0))


async def test_the_limit_rests_on_the_exchange_and_the_stop_is_held_back(tmp_path: Path) -> None:
    async with linked(tmp_path) as on:
        await sell(on)
        limit, stop = legs(on)
        assert (limit.status, stop.status, stop.held) == ("pending", "pending", True)
        assert [report.client_order_id for report in await on.exchange.open_orders()] == [limit.order_id]
        assert on.main.balance("BTC").locked == Decimal("0.1")


async def test_a_limit_that_is_filled_cancels_the_stop(tmp_path: Path) -> None:
    market = fixed_market()
    async with linked(tmp_path, market) as on:
        await sell(on)
        market.set_price("BTC/USDT", Decimal(69_500))
        assert await over(on) == ("filled", "cancelled")
        market.set_price("BTC/USDT", Decimal(60_000))
        await asyncio.sleep(0)
        assert sold(on) == Decimal("0.1")


@pytest.mark.parametrize(("price", "limit", "at"), [(66_000, None, 66_000), (60_000, None, 60_000)])
async def test_a_stop_that_is_reached_or_jumped_over_cancels_the_limit_and_sells(
    tmp_path: Path, price: int, limit: str | None, at: int
) -> None:
    market = fixed_market()
    async with linked(tmp_path, market) as on:
        await sell(on, limit=limit)
        market.set_price("BTC/USDT", Decimal(price))
        assert await over(on) == ("cancelled", "filled")
        assert (legs(on)[1].average_price, legs(on)[1].triggered) == (Decimal(at), True)
        assert on.main.balance("BTC").total == 0


async def test_a_stop_with_a_limit_rests_at_it_where_the_price_has_jumped_over_both(tmp_path: Path) -> None:
    market = fixed_market()
    async with linked(tmp_path, market) as on:
        await sell(on, limit="65000")
        market.set_price("BTC/USDT", Decimal(60_000))
        await eventually(lambda: legs(on)[1].exchange_order_id)
        assert [report.client_order_id for report in await on.exchange.open_orders()] == [legs(on)[1].order_id]
        market.set_price("BTC/USDT", Decimal(65_100))
        assert await over(on) == ("cancelled", "filled")
        assert legs(on)[1].average_price == 65_000


async def test_a_buy_enters_at_its_stop_and_gives_back_what_it_did_not_need(tmp_path: Path) -> None:
    market = fixed_market()
    async with linked(tmp_path, market) as on:
        free = on.main.balance("USDT").free
        await on.desk.place_linked(asked("buy", "0.01", "66000"), StopAsked(stop_price=Decimal(68_000)), ask("k-1"))
        assert on.main.balance("USDT").locked == Decimal("694.2936")
        market.set_price("BTC/USDT", Decimal(68_100))
        assert await over(on) == ("cancelled", "filled")
        assert on.main.balance("USDT").locked == 0
        assert on.main.balance("USDT").free == free - Decimal("681.681")


@pytest.mark.parametrize("named", [0, 1])
async def test_cancelling_either_ends_both(tmp_path: Path, named: int) -> None:
    async with linked(tmp_path) as on:
        await sell(on)
        outcome = await on.desk.cancel(on.main, legs(on)[named], ask("k-2"))
        assert await over(on) == ("cancelled", "cancelled")
        assert len(outcome.recorded) == 2
        assert await on.exchange.open_orders() == []
        assert on.main.balance("BTC").locked == 0


async def test_cancelling_all_ends_both_at_once(tmp_path: Path) -> None:
    async with linked(tmp_path) as on:
        await sell(on)
        outcome, failed = await on.desk.cancel_all(on.main, list(on.main.orders.values()), ask("k-2"))
        assert (len(outcome.recorded), failed) == (2, [])
        assert await over(on) == ("cancelled", "cancelled")


async def test_the_same_key_places_one_pair_and_other_content_is_refused(tmp_path: Path) -> None:
    async with linked(tmp_path) as on:
        first, again = await sell(on), await sell(on)
        assert (first.duplicate, again.duplicate, again.recorded) == (False, True, first.recorded)
        with pytest.raises(ClientOrderIdReused):
            await on.desk.place_linked(
                asked("sell", "0.05", "69000"), StopAsked(stop_price=Decimal(66_000)), ask("k-1", "d-2")
            )
        assert on.topics().count("OrderLinked") == 2


class Stubborn(PaperExchange):
    """It does not cancel while it is ``busy``; with ``acts`` it does, and does not say so."""

    busy = False
    acts = False

    async def cancel(self, client_order_id: str, pair: str) -> OrderReport:
        if self.busy and self.acts:
            await super().cancel(client_order_id, pair)
        if self.busy:
            raise ExchangeError("the request timed out", outcome_unknown=True)
        return await super().cancel(client_order_id, pair)


async def test_a_cancel_that_the_exchange_does_not_answer_is_asked_for_again(tmp_path: Path) -> None:
    market = fixed_market()
    exchange = Stubborn("paper", market)
    async with linked(tmp_path, exchange=exchange) as on:
        await sell(on)
        exchange.busy = exchange.acts = True
        market.set_price("BTC/USDT", Decimal(65_000))
        await eventually(lambda: legs(on)[1].triggered)
        assert legs(on)[1].held
        exchange.busy = False
        assert await over(on) == ("cancelled", "filled")


@pytest.mark.parametrize("acts", [True, False])
async def test_after_a_crash_between_the_stop_and_the_cancel_it_comes_to_the_same_end(
    tmp_path: Path, acts: bool
) -> None:
    market = fixed_market()
    exchange = Stubborn("paper", market)
    exchange.busy, exchange.acts = True, acts
    async with linked(tmp_path, exchange=exchange) as on:
        await sell(on)
        market.set_price("BTC/USDT", Decimal(65_000))
        await eventually(lambda: any(isinstance(event, OrderTriggered) for event in on.events()))
    # The price has come back above the stop meanwhile: it was reached, and that stands.
    async with linked(tmp_path, fixed_market()) as on:
        assert await over(on) == ("cancelled", "filled")
        assert (sold(on), on.main.balance("BTC").total) == (Decimal("0.1"), Decimal(0))


async def test_after_a_crash_before_the_released_stop_was_sent_it_is_sent(tmp_path: Path) -> None:
    market = fixed_market()
    async with linked(tmp_path, market) as on:
        await sell(on)
        on.router._place = nothing  # type: ignore[method-assign, assignment]
        market.set_price("BTC/USDT", Decimal(65_000))
        await eventually(lambda: "OrderReleased" in on.topics())
        assert legs(on)[1].exchange_order_id is None
    async with linked(tmp_path) as on:
        assert await over(on) == ("cancelled", "filled")
        assert sold(on) == Decimal("0.1")


async def test_a_stop_that_was_passed_while_the_gateway_was_down_is_reached_at_its_start(tmp_path: Path) -> None:
    async with linked(tmp_path) as on:
        await sell(on)
    standing = FixedMarket({"BTC/USDT": Decimal(60_000)}, ticking())
    async with linked(tmp_path, standing) as on:
        assert await over(on) == ("cancelled", "filled")
        assert legs(on)[1].average_price == 60_000


async def test_a_pair_that_waits_still_waits_after_a_restart(tmp_path: Path) -> None:
    async with linked(tmp_path) as on:
        await sell(on)
        before = on.main
    market = fixed_market()
    async with linked(tmp_path, market) as on:
        assert on.main == before
        market.set_price("BTC/USDT", Decimal(70_000))
        assert await over(on) == ("filled", "cancelled")


async def test_a_limit_that_is_filled_before_it_could_be_cancelled_leaves_nothing_to_the_stop(tmp_path: Path) -> None:
    market = fixed_market()
    exchange = Stubborn("paper", market)
    async with linked(tmp_path, exchange=exchange) as on:
        await sell(on)
        exchange.busy = True
        market.set_price("BTC/USDT", Decimal(65_000))
        await eventually(lambda: legs(on)[1].triggered)
        market.set_price("BTC/USDT", Decimal(69_500))
        assert await over(on) == ("filled", "cancelled")
        assert sold(on) == Decimal("0.1")


async def nothing(*parts: object) -> None:
    """In the place of what a crash has kept from being done."""
