"""A halt stops entries, and what enlarges them; exits and cancels always pass."""

from decimal import Decimal

import msgspec
import pytest
from msgspec.structs import replace

from domain.account import Account
from domain.commands import HaltTrading, ResumeTrading
from domain.events.risk import TradingHalted, TradingResumed
from domain.refusals import AccountNotFound
from tests.domain.books import (
    NOON,
    account,
    after,
    amend,
    events,
    fill,
    guarded_account,
    limit,
    market,
    names,
    nobody,
    report,
    trigger,
    withdraw,
)
from tests.domain.risk.limited import holding, limited, measured, placed, refused, resting, said

HALT = HaltTrading(reason="going on holiday")
FULL = HaltTrading(reason="going on holiday", reduce_only=False)


def test_a_halt_refuses_entries_and_says_why() -> None:
    refusal = refused(after(account(USDT="1000"), HALT), limit("buy", "1", "100"))
    assert refusal.message == "Trading is halted (going on holiday); positions can be reduced"
    assert said(refusal) == (
        "halt",
        "",
        {"reason": "going on holiday", "reduceOnly": "true", "haltedAt": "2026-02-09T12:00:00+00:00"},
    )


def test_what_is_halted_says_so_in_the_log_and_in_the_state() -> None:
    (event,) = events(account(), replace(HALT, cancel_orders=True))
    assert event == TradingHalted(reason="going on holiday", reduce_only=True, cancel_orders=True, check=None)
    halt = after(account(), replace(HALT, cancel_orders=True)).halt
    assert halt is not None
    assert (halt.at, halt.version, halt.cancel_orders, halt.check) == (NOON, 2, True, None)


def test_sells_pass_a_halt_that_is_reduce_only_and_no_other() -> None:
    held = holding("5", USDT="1000")
    placed(after(held, HALT), limit("sell", "1", "100"))
    refusal = refused(after(held, FULL), limit("sell", "1", "100"))
    assert refusal.message == "Trading is halted (going on holiday); positions can be closed"


def test_what_closes_a_position_passes_every_halt() -> None:
    placed(after(holding("5", USDT="1000"), FULL), replace(market("sell", "5", "100"), closes=True))


def test_armed_exits_fire_under_every_halt() -> None:
    halted = after(guarded_account(), FULL)
    assert names(events(halted, trigger("stop_loss", "80"))) == ["ExitTriggered", "ExitDisarmed", "OrderPlaced"]


def test_what_rests_may_fill_end_and_arm_its_exits_under_a_halt() -> None:
    halted = after(account(USDT="1000"), limit("buy", "2", "100", stop_loss="90"), FULL)
    assert names(events(halted, report("open", fill("buy", "1", "100")))) == [
        "OrderAccepted",
        "OrderFilled",
        "ExitArmed",
    ]
    assert names(events(halted, report("cancelled"))) == ["OrderAccepted", "OrderCancelled"]
    assert names(events(halted, withdraw("USDT", "1"))) == ["FundsWithdrawn"]


@pytest.mark.parametrize(
    "larger", [{"amount": "3"}, {"price": "101"}, {"amount": "1", "price": "300"}], ids=["more", "dearer", "both"]
)
def test_no_amendment_enlarges_an_entry_under_a_halt(larger: dict[str, str]) -> None:
    halted = after(resting(account(USDT="1000"), limit("buy", "2", "100")), HALT)
    refusal = refused(halted, amend(**larger))
    assert (refusal.method, refusal.check) == ("order.amend", "halt")


@pytest.mark.parametrize(
    ("smaller", "written"),
    [
        ({"amount": "1"}, "AmendmentRequested"),
        ({"price": "99"}, "AmendmentRequested"),
        ({"stop_loss": "50"}, "OrderAmended"),
    ],
)
def test_an_entry_can_be_made_smaller_cheaper_and_safer_under_a_halt(smaller: dict[str, str], written: str) -> None:
    halted = after(resting(account(USDT="1000"), limit("buy", "2", "100")), HALT)
    assert names(events(halted, amend(**smaller))) == [written]


def test_a_second_halt_replaces_the_first() -> None:
    halt = after(account(), HALT, replace(FULL, reason="worse")).halt
    assert halt is not None
    assert (halt.reason, halt.reduce_only) == ("worse", False)


def test_resuming_lets_entries_through_again() -> None:
    resume = ResumeTrading(reason="back from holiday")
    halted = after(account(USDT="1000"), HALT)
    assert events(halted, resume) == (TradingResumed(reason="back from holiday"),)
    placed(after(halted, resume), limit("buy", "1", "100"))


def test_resuming_what_is_not_halted_changes_nothing() -> None:
    assert events(account(), ResumeTrading(reason="sure?")) == ()


def test_only_an_open_account_can_be_halted_or_resumed() -> None:
    for command in (HALT, ResumeTrading(reason="back")):
        with pytest.raises(AccountNotFound):
            events(nobody(), command)


def test_a_person_who_halts_is_not_resumed_by_a_new_day() -> None:
    watched = limited(holding("50", USDT="10000"), daily_loss_percent="5")
    halted = after(watched, HALT)
    for price, day in (("90", 9), ("90", 10), ("90", 17)):
        halted = measured(halted, price, NOON.replace(day=day)).account
        assert halted.halt is not None
        assert halted.halt.check is None


def test_a_halted_account_is_the_same_after_a_snapshot() -> None:
    watched = limited(holding("50", USDT="10000"), daily_loss_percent="5", max_orders_per_minute=5)
    halted = measured(watched, "90").account
    assert halted.halt is not None
    again = msgspec.json.decode(msgspec.json.encode(halted), type=Account)
    assert again == halted
    assert again.performance is not None
    assert again.performance.nav == Decimal("0.95")
