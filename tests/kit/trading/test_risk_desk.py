"""Limits, halts and resumes through the desk: on one exchange or on all of an account's at once, under one key."""

import asyncio
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from domain.commands import AmendOrder, HaltTrading
from domain.events.orders import OrderRefused
from domain.refusals import AccountNotFound, InvalidLimit
from domain.risk.limits import RiskLimits
from kit.exchanges.paper import PaperExchange
from kit.exchanges.protocol import ExchangeError, OrderReport, OrderRequest
from kit.market.protocol import Ticker
from kit.trading.errors import KeyReused, RiskLimitExceeded
from kit.trading.tasks import Outcome, Part
from tests.kit.trading.asked import ask, opening, task
from tests.kit.trading.floor import Floor, asked, fixed_market, floor, paper
from tests.waiting import eventually

OTHER = "account:main:binance"


async def limited(on: Floor, key: str = "limits", exchange: str | None = "paper", **limits: Any) -> Outcome:
    return await on.desk.set_limits("main", exchange, RiskLimits(**limits), ask(key))


async def halted(on: Floor, key: str = "halt", exchange: str | None = "paper", **how: bool) -> Outcome:
    how = {"reduce_only": True, "cancel_orders": False} | how
    return await on.desk.halt("main", exchange, "going on holiday", how["reduce_only"], how["cancel_orders"], ask(key))


def events_of(outcome: Outcome) -> list[tuple[str, str]]:
    """(stream, event) of each entry, in log order."""
    return [(one.entry.stream, type(one.entry.event).__name__) for one in outcome.recorded]


async def test_an_order_beyond_a_limit_is_refused_for_ever_under_its_key(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        await limited(on, max_order_notional=Decimal(500))
        for _ in range(2):
            with pytest.raises(RiskLimitExceeded) as refusal:
                await on.desk.place(asked("buy", "0.01", "60000"), ask("k-1"))
            assert str(refusal.value) == "The order for BTC/USDT is worth 600 USD; the limit is 500 USD"
            assert refusal.value.details == {
                "check": "maxOrderNotional",
                "limit": "500",
                "inputs": {"notional": "600"},
            }
        await limited(on, "no limits")
        with pytest.raises(RiskLimitExceeded):
            await on.desk.place(asked("buy", "0.01", "60000"), ask("k-1"))
        await on.placed("k-2", "buy", "0.01", "60000")
        assert on.topics().count("OrderRefused") == 1


async def test_an_order_is_judged_by_the_market_of_its_moment(tmp_path: Path) -> None:
    """A position of 0.03 BTC at 67,250 is 2,017.50 of 10,000 USD; the collar is 1 % around that price."""
    async with floor(tmp_path) as on:
        await limited(on, max_position_percent=Decimal(20), price_collar_percent=Decimal(1))
        with pytest.raises(RiskLimitExceeded, match=r"would be 20\.18 % of equity 10,000 USD; the limit is 20 %"):
            await on.desk.place(asked("buy", "0.03", "67250"), ask("k-1"))
        with pytest.raises(RiskLimitExceeded, match=r"Price 67922\.51 .* is 1 % above the last price 67250"):
            await on.desk.place(asked("buy", "0.01", "67922.51"), ask("k-2"))
        await on.placed("k-3", "buy", "0.01", "67922.50")


async def test_an_amendment_is_judged_by_the_market_of_its_moment(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        await limited(on, max_position_percent=Decimal(20), price_collar_percent=Decimal(1))
        resting, _ = await on.placed("k-1", "buy", "0.01", "60000")
        instrument = on.exchange.instruments()["BTC/USDT"]
        for number, changes in enumerate(({"amount": Decimal("0.04")}, {"price": Decimal("67922.51")})):
            change: dict[str, Any] = {"order_id": resting.order_id, "instrument": instrument, **changes}
            change["exchange_time"] = on.exchange.now()
            with pytest.raises(RiskLimitExceeded):
                await on.desk.amend(on.main, AmendOrder(**change), ask(f"a-{number}"))
        refusals = [event for event in on.events() if isinstance(event, OrderRefused)]
        assert [event.check for event in refusals] == ["maxPositionPercent", "priceCollarPercent"]


class Mute(PaperExchange):
    """Says no price of one pair."""

    mute = ""

    async def ticker(self, pair: str) -> Ticker:
        if pair == self.mute:
            raise ExchangeError("no answer in 10 s")
        return await super().ticker(pair)


async def test_a_price_that_cannot_be_had_refuses_entries_and_no_sales(tmp_path: Path) -> None:
    exchange = Mute("paper", fixed_market())
    async with floor(tmp_path, exchange) as on:
        await on.placed("k-0", "buy", "500")
        await limited(on, daily_loss_percent=Decimal(5))
        exchange.mute = "BTC/USDT"
        with pytest.raises(RiskLimitExceeded, match="There is no price in USD of BTC now"):
            await on.desk.place(replace(asked("buy", "100"), pair="ETH/USDT"), ask("k-1"))
        exchange.mute = "ETH/USDT"
        await on.placed("k-2", "sell", "0.005")


async def test_without_an_exchange_all_of_the_account_is_halted_in_one_commit_or_nothing(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        await on.journal.submit(opening(exchange="binance"))
        on.told.commits.clear()
        outcome = await halted(on, exchange=None)
        assert events_of(outcome) == [("account:main:paper", "TradingHalted"), (OTHER, "TradingHalted")]
        assert len(on.told.commits) == 1
        assert all(account.halt is not None for account in on.accounts)
        again = await halted(on, exchange=None)
        assert (again.duplicate, events_of(again)) == (True, events_of(outcome)[:1])
        resumed = await on.desk.resume("main", None, "back", ask("resume"))
        assert [name for _, name in events_of(resumed)] == ["TradingResumed", "TradingResumed"]


async def test_a_key_that_halted_everything_does_nothing_else_on_any_exchange(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        await on.journal.submit(opening(exchange="binance"))
        await halted(on, exchange=None)
        with pytest.raises(KeyReused):
            await on.desk.resume("main", "binance", "back", ask("halt", "another"))
        on.log.rebuild_keys()
        row = on.log.find_key(OTHER, "command", "halt")
        assert row is not None
        assert row.stream == "account:main:paper"


async def test_limits_that_one_exchange_refuses_are_set_on_none(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        await on.journal.submit(opening(exchange="binance"))
        with pytest.raises(InvalidLimit, match="dailyLossPercent 101"):
            await limited(on, exchange=None, max_order_notional=Decimal(5), daily_loss_percent=Decimal(101))
        assert all(account.limits == {} for account in on.accounts)


async def test_a_task_for_two_streams_of_which_one_refuses_changes_neither(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        command = HaltTrading(reason="enough")
        with pytest.raises(AccountNotFound):
            await on.journal.submit(replace(task(command), also=(Part("account:main:nowhere", command),)))
        assert on.main.halt is None
        assert on.topics() == []


async def test_an_account_that_does_not_exist_is_not_found(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        for exchange in (None, "paper"):
            with pytest.raises(AccountNotFound):
                await on.desk.halt("nobody", exchange, "why not", True, False, ask("k"))


async def test_limits_and_a_halt_stand_after_a_restart(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        await limited(on, max_order_notional=Decimal(500), max_orders_per_minute=5)
        await on.placed("k-1", "buy", "0.005", "60000")
        await halted(on)
        before = on.main
    async with floor(tmp_path) as on:
        assert on.main == before
        with pytest.raises(RiskLimitExceeded, match=r"Trading is halted \(going on holiday\)"):
            await on.desk.place(asked("buy", "0.005", "60000"), ask("k-2"))


async def test_a_halt_cancels_what_rests_where_it_is_asked_to_and_leaves_the_exits(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        bought, _ = await on.placed("k-1", "buy", "0.01", "67250", stop_loss="60000")
        await on.until(bought.order_id, lambda order: order.status == "filled")
        buy, _ = await on.placed("k-2", "buy", "0.01", "60000")
        sell, _ = await on.placed("k-3", "sell", "0.002", "80000")
        await halted(on, cancel_orders=True)
        for order_id in (buy.order_id, sell.order_id):
            ended = await on.until(order_id, lambda order: order.status == "cancelled")
            assert ended.order.reason == "trading was halted"
        assert on.main.brackets[bought.order_id].amount == Decimal("0.01")
        assert on.main.orders == {}


async def test_a_halt_that_is_not_asked_to_cancels_nothing(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        buy, _ = await on.placed("k-1", "buy", "0.01", "60000")
        await halted(on)
        await on.desk.resume("main", "paper", "back", ask("resume"))
        assert on.order(buy.order_id).is_open


class Slow(PaperExchange):
    """Takes orders only once it is let go."""

    def __init__(self) -> None:
        super().__init__("paper", fixed_market())
        self.let_go = asyncio.Event()

    async def place(self, request: OrderRequest) -> OrderReport:
        await self.let_go.wait()
        return await super().place(request)


async def test_an_order_on_its_way_is_cancelled_once_it_has_arrived(tmp_path: Path) -> None:
    exchange = Slow()
    async with floor(tmp_path, exchange) as on:
        placing = asyncio.create_task(on.placed("k-1", "buy", "0.01", "60000"))
        await eventually(lambda: on.main.orders)
        await halted(on, cancel_orders=True)
        exchange.let_go.set()
        order_id = (await placing).order.order_id
        ended = await on.until(order_id, lambda order: not order.is_open)
        assert (ended.order.status, ended.order.reason) == ("cancelled", "trading was halted")


class Stubborn(PaperExchange):
    """Takes no cancels."""

    async def cancel(self, client_order_id: str, pair: str) -> OrderReport:
        raise ExchangeError("no answer in 10 s")


async def test_what_a_crash_left_open_is_cancelled_at_the_next_start(tmp_path: Path) -> None:
    async with floor(tmp_path, Stubborn("paper", fixed_market())) as on:
        buy, _ = await on.placed("k-1", "buy", "0.01", "60000")
        await halted(on, cancel_orders=True)
        assert on.order(buy.order_id).is_open
    async with floor(tmp_path, paper()) as on:
        await on.until(buy.order_id, lambda order: order.status == "cancelled")


async def test_what_is_sold_after_a_halt_is_not_swept_away_at_the_next_start(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        bought, _ = await on.placed("k-1", "buy", "0.01", "67250")
        await on.until(bought.order_id, lambda order: order.status == "filled")
        await halted(on, cancel_orders=True)
        sell, _ = await on.placed("k-2", "sell", "0.01", "80000")
    async with floor(tmp_path) as on:
        await halted(on, "again")
        assert on.order(sell.order_id).is_open
