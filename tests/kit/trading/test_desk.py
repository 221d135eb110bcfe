"""Orders, fills and money from a client's command to its answer, on the paper exchange."""

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from domain.commands import Deposit, RecordFill, Withdraw
from domain.refusals import AccountNotFound, InvalidAmount, InvalidOrder
from kit.exchanges.protocol import UnknownPair
from kit.trading import desk as desk_module
from kit.trading.errors import ClientOrderIdReused, InsufficientFunds, KeyReused
from kit.trading.settlements import Settled
from kit.trading.tasks import Outcome
from tests.domain.books import fill
from tests.kit.trading.asked import ask
from tests.kit.trading.floor import asked, fixed_market, floor, paper
from tests.kit.trading.scripted_exchange import TIMED_OUT, ScriptedExchange


async def test_a_market_buy_spends_what_it_was_told_to_and_answers_once_it_is_filled(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        order, seq = await on.placed("k-1", "buy", "100")
        assert (order.status, str(order.filled_amount)) == ("filled", "0.00148698")
        assert seq == on.log.head()
        held = {asset: balance.free for asset, balance in on.main.balances.items()}
    assert held == {"USDT": Decimal("9899.900595595"), "BTC": Decimal("0.00148698")}


async def test_a_limit_order_answers_once_the_exchange_has_taken_it_and_is_filled_by_a_later_price(
    tmp_path: Path,
) -> None:
    market = fixed_market()
    async with floor(tmp_path, paper(market)) as on:
        order, _ = await on.placed("k-1", "buy", "0.1", "67000")
        assert (order.status, on.main.balance("USDT").locked) == ("pending", Decimal("6706.7"))
        market.set_price("BTC/USDT", Decimal(66_999))
        order, _ = await on.until(order.order_id, lambda order: order.status == "filled")
        assert order.average_price == 67_000
        assert on.main.balance("USDT").locked == 0
        assert on.topics() == ["OrderPlaced", "OrderAccepted", "OrderFilled"]


async def test_the_same_order_again_answers_with_the_first_and_other_content_is_refused(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        await on.placed("k-1", "buy", "100")
        again = await on.desk.place(asked("buy", "100"), ask("k-1"))
        assert isinstance(again, Outcome)
        assert again.duplicate
        with pytest.raises(ClientOrderIdReused, match="'k-1' was used before"):
            await on.desk.place(asked("buy", "200"), ask("k-1", "d-2"))
        assert on.topics().count("OrderPlaced") == 1


async def test_twenty_copies_sent_at_once_are_one_order(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        answers = await asyncio.gather(*(on.desk.place(asked("buy", "100"), ask("k-1")) for _ in range(20)))
        assert sum(isinstance(answer, Settled) for answer in answers) == 1
        assert on.topics() == ["OrderPlaced", "OrderAccepted", "OrderFilled"]


async def test_a_refusal_for_funds_is_raised_the_first_time_and_every_time_after(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        for _ in range(2):
            with pytest.raises(InsufficientFunds, match="Not enough USDT to execute order: needs 20020") as error:
                await on.desk.place(asked("buy", "20000"), ask("k-1"))
            assert error.value.details is not None
            assert error.value.details["check"] == "funds"
            await on.desk.deposit("main", "paper", Deposit(asset="USDT", amount=Decimal(50_000)), ask("k-2"))
        assert on.topics() == ["OrderRefused", "FundsDeposited"]


async def test_what_the_market_does_not_know_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        for pair in ("DOGE/USDT", "nonsense"):
            with pytest.raises((InvalidOrder, UnknownPair), match=pair):
                await on.desk.place(replace(asked("buy", "100"), pair=pair), ask("k-1"))
        with pytest.raises(AccountNotFound, match="account 'nobody' is not open on paper"):
            await on.desk.withdraw("nobody", "paper", Withdraw(asset="USDT", amount=Decimal(1)), ask("k-2"))
        assert on.topics() == []


async def test_a_market_order_that_is_not_settled_in_time_answers_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_module, "SETTLE_WAIT_S", 0.01)
    async with floor(tmp_path, ScriptedExchange(fixed_market(), TIMED_OUT)) as on:
        order, seq = await on.placed("k-1", "buy", "100")
        assert (order.status, seq) == ("unknown", 3)
        assert on.main.balance("USDT").locked == Decimal("100.1")


async def test_a_deposit_opens_an_account_that_does_not_exist_yet(tmp_path: Path) -> None:
    money = Deposit(asset="USDT", amount=Decimal(5))
    async with floor(tmp_path) as on:
        outcomes = await asyncio.gather(*(on.desk.deposit("new", "paper", money, ask("k-1")) for _ in range(3)))
        assert on.accounts.get("new", "paper").balance("USDT").free == 5
        assert sorted(outcome.duplicate for outcome in outcomes) == [False, True, True]


async def test_a_deposit_that_is_refused_opens_no_account(tmp_path: Path) -> None:
    async with floor(tmp_path) as on:
        head = on.log.head()
        with pytest.raises(InvalidAmount, match="amount -5 USDT must be above zero"):
            await on.desk.deposit("new", "paper", Deposit(asset="USDT", amount=Decimal(-5)), ask("k-1"))
        assert on.log.head() == head
        with pytest.raises(AccountNotFound):
            on.accounts.get("new", "paper")


async def test_a_recorded_fill_is_booked_once_by_its_trade_id(tmp_path: Path) -> None:
    bought = RecordFill(execution=fill("buy", "0.01", "67000", trade_id="t-1"))
    dearer = RecordFill(execution=fill("buy", "0.01", "67001", trade_id="t-1"))
    async with floor(tmp_path) as on:
        first = await on.desk.record_fill("main", "paper", bought, ask("k-1"))
        again = await on.desk.record_fill("main", "paper", bought, ask("k-2"))
        with pytest.raises(KeyReused, match="trade id 't-1' was used before"):
            await on.desk.record_fill("main", "paper", dearer, ask("k-3"))
        assert (first.duplicate, again.duplicate, again.recorded) == (False, True, first.recorded)
        assert on.topics() == ["FillRecorded"]
