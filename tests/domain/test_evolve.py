"""How events that no command of this release writes change an account, and what replay insists on."""

from decimal import Decimal

import pytest

from domain.account import Halt
from domain.events import Entry, Stamp
from domain.events.amendments import OrderAmended
from domain.events.exits import ExitArmed
from domain.events.orders import OrderAccepted
from domain.events.reconciliation import BalanceAdjusted, BalanceAsserted
from domain.events.risk import RiskLimitsSet, TradingHalted, TradingResumed
from domain.events.terms import NamedValue
from domain.evolve import evolve, evolve_entry
from domain.postings import moved
from tests.domain.books import NOON, account, after, facts, held, limit, order, report

STAMP = Stamp(at=NOON, by="gateway", role="system")


def test_every_event_is_one_version() -> None:
    before = account(USDT="100")
    assert before.version == 2
    assert evolve(before, TradingResumed(reason="over"), NOON).version == 3


def test_replay_insists_on_the_next_version() -> None:
    before = account(USDT="100")
    resumed = TradingResumed(reason="over")
    assert evolve_entry(before, Entry(before.id, 3, STAMP, resumed)).version == 3
    for version in (2, 4):
        with pytest.raises(AssertionError, match=f"jumps from 2 to {version}"):
            evolve_entry(before, Entry(before.id, version, STAMP, resumed))


def test_replay_rounds_nothing_whatever_the_context() -> None:
    first, second = Decimal("999999999999998.999999999999999999"), Decimal("0.000000000000000001")
    state = account(BTC="999999999999999")
    for amount in (first, second):
        armed = ExitArmed(
            order_id="o-1",
            pair="BTC/USDT",
            base="BTC",
            amount=amount,
            stop_loss=Decimal(90),
            take_profit=None,
            trailing_stop=None,
            high=None,
            postings=moved(("free", "BTC", amount.copy_negate()), ("locked", "BTC", amount)),
        )
        state = evolve(state, armed, NOON)
        assert state.brackets["o-1"].amount == state.balance("BTC").locked
    assert held(state) == {"BTC": ("0", "999999999999999")}


def test_a_halt_stands_until_trading_resumes() -> None:
    event = TradingHalted(reason="loss", reduce_only=True, cancel_orders=False, check="dailyLossPercent")
    halted = evolve(account(), event, NOON)
    assert halted.halt == Halt("loss", reduce_only=True, check="dailyLossPercent", at=NOON, version=2)
    assert evolve(halted, TradingResumed(reason="ok"), NOON).halt is None


def test_limits_are_replaced_as_a_whole() -> None:
    first = evolve(account(), RiskLimitsSet(limits=(NamedValue("a", "1"), NamedValue("b", "2"))), NOON)
    assert first.limits == {"a": "1", "b": "2"}
    assert evolve(first, RiskLimitsSet(limits=(NamedValue("b", "3"),)), NOON).limits == {"b": "3"}


def test_a_balance_set_right_moves_money_and_one_asserted_does_not() -> None:
    adjusted = BalanceAdjusted(
        asset="USDT",
        amount=Decimal(-3),
        reason="miscounted",
        postings=moved(("free", "USDT", Decimal(-3)), ("external", "USDT", Decimal(3))),
    )
    assert held(evolve(account(USDT="100"), adjusted, NOON)) == {"USDT": ("97", "0")}
    asserted = BalanceAsserted(asset="USDT", free=Decimal(7), locked=Decimal(0), source="exchange")
    assert held(evolve(account(USDT="100"), asserted, NOON)) == {"USDT": ("100", "0")}


def test_an_amended_order_reserves_what_its_postings_say() -> None:
    placed = after(account(USDT="1000"), limit("buy", "2", "100"), report("open"))
    event = OrderAmended(
        order_id="o-1",
        amount=Decimal(3),
        price=Decimal(90),
        price_bound=None,
        stop_price=None,
        stop_loss=Decimal(80),
        take_profit=None,
        trailing_stop=None,
        postings=moved(("free", "USDT", Decimal(-70)), ("locked", "USDT", Decimal(70))),
    )
    amended = order(evolve(placed, event, NOON))
    assert facts(amended, "amount", "price", "stop_loss", "reserved") == (3, 90, 80, 270)
    assert amended.status == "pending"


def test_a_word_of_acceptance_that_comes_after_the_end_changes_nothing_but_the_version() -> None:
    cancelled = after(account(USDT="1000"), limit("buy", "2", "100"), report("cancelled"))
    late = evolve(cancelled, OrderAccepted(order_id="o-1", exchange_order_id="x-9", placed_version=3), NOON)
    assert order(late) == order(cancelled)
    assert late.version == cancelled.version + 1
