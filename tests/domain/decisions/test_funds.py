"""Opening an account, and money in and out."""

from decimal import Decimal

import pytest

from domain.commands import Deposit, OpenAccount
from domain.events.funds import AccountOpened, FundsDeposited, FundsWithdrawn
from domain.events.terms import NamedValue
from domain.refusals import InvalidAmount
from tests.domain.books import (
    account,
    after,
    deposit,
    events,
    facts,
    guarded_account,
    held,
    limit,
    moves,
    names,
    nobody,
    only_refusal,
    withdraw,
)

LARGEST = "999999999999999.999999999999999999"


def test_an_account_opens_with_its_funds_deposited() -> None:
    command = OpenAccount(account="main", exchange="paper", paper=True, funds=(("USDT", Decimal(10_000)),))
    opened, funded = events(nobody(), command)
    assert opened == AccountOpened(account="main", exchange="paper", paper=True)
    assert isinstance(funded, FundsDeposited)
    assert facts(funded, "asset", "amount", "note") == ("USDT", 10_000, "opening balance")
    state = after(nobody(), command)
    assert facts(state, "account", "exchange", "paper", "version") == ("main", "paper", True, 2)
    assert held(state) == {"USDT": ("10000", "0")}


def test_an_account_can_open_with_nothing() -> None:
    assert names(events(nobody(), OpenAccount(account="main", exchange="binance", paper=False))) == ["AccountOpened"]


def test_opening_an_account_that_is_open_changes_nothing() -> None:
    again = OpenAccount(account="main", exchange="paper", paper=True, funds=(("USDT", Decimal(5)),))
    assert events(account(USDT="1"), again) == ()
    assert after(account(USDT="1"), again) == account(USDT="1")


def test_an_account_does_not_open_with_funds_that_cannot_be() -> None:
    with pytest.raises(InvalidAmount, match="amount -5 USDT must be above zero"):
        events(nobody(), OpenAccount(account="main", exchange="paper", paper=True, funds=(("USDT", Decimal(-5)),)))


def test_a_deposit_comes_from_outside_and_is_free() -> None:
    command = Deposit(asset="BTC", amount=Decimal("0.5"), cost_usd=Decimal(30_000), note="cold wallet")
    (event,) = events(account(BTC="1"), command)
    assert isinstance(event, FundsDeposited)
    assert facts(event, "asset", "amount", "cost_usd", "note") == ("BTC", Decimal("0.5"), 30_000, "cold wallet")
    assert moves(event) == {("external", "BTC"): Decimal("-0.5"), ("free", "BTC"): Decimal("0.5")}
    assert held(after(account(BTC="1"), command)) == {"BTC": ("1.5", "0")}


@pytest.mark.parametrize("amount", ["0", "-1", "-0.000000000000000001"])
def test_an_amount_that_is_not_above_zero_is_refused_both_ways(amount: str) -> None:
    for command in (deposit("USDT", amount), withdraw("USDT", amount)):
        with pytest.raises(InvalidAmount, match="USDT must be above zero") as refused:
            events(account(USDT="10"), command)
        assert facts(refused.value, "field", "value") == ("amount", Decimal(amount))


def test_a_deposit_that_would_make_the_balance_too_large_is_refused_with_the_balance() -> None:
    with pytest.raises(InvalidAmount) as refused:
        events(account(USDT=LARGEST), deposit("USDT", "0.000000000000000001"))
    assert str(refused.value) == (
        "amount 0.000000000000000001 would make the balance 1000000000000000.000000000000000000 USDT, "
        "which must have at most 15 digits before the point"
    )


def test_what_is_locked_counts_for_how_large_a_balance_may_be() -> None:
    full = after(account(USDT="999999999999999"), limit("buy", "1", "900000"))
    with pytest.raises(InvalidAmount, match="would make the balance 1000000000000000 USDT"):
        events(full, deposit("USDT", "1"))


def test_a_cost_below_zero_is_refused() -> None:
    with pytest.raises(InvalidAmount, match="costUsd -1 must not be negative"):
        events(account(), Deposit(asset="BTC", amount=Decimal(1), cost_usd=Decimal(-1)))
    gift = Deposit(asset="BTC", amount=Decimal(1), cost_usd=Decimal(0))
    assert names(events(account(), gift)) == ["FundsDeposited"]


def test_a_withdrawal_leaves_for_outside_down_to_the_last_digit() -> None:
    (event,) = events(account(USDT=LARGEST), withdraw("USDT", LARGEST))
    assert isinstance(event, FundsWithdrawn)
    assert moves(event) == {("free", "USDT"): Decimal(f"-{LARGEST}"), ("external", "USDT"): Decimal(LARGEST)}
    assert held(after(account(USDT=LARGEST), withdraw("USDT", LARGEST))) == {}


def test_a_withdrawal_of_more_than_is_free_is_refused_and_remembered() -> None:
    refused = only_refusal(events(account(USDT="10"), withdraw("USDT", "10.000000000000000001")))
    assert facts(refused, "method", "code", "check", "asset") == (
        "account.withdraw",
        "INSUFFICIENT_FUNDS",
        "funds",
        "USDT",
    )
    assert refused.message == "Not enough USDT to withdraw: needs 10.000000000000000001, free 10"
    assert refused.limit == "10"
    assert refused.inputs == (
        NamedValue("asset", "USDT"),
        NamedValue("needed", "10.000000000000000001"),
        NamedValue("free", "10"),
    )
    assert facts(refused, "client_order_id", "pair") == (None, None)


def test_a_refusal_is_a_version_and_nothing_else() -> None:
    before = account(USDT="10")
    state = after(before, withdraw("USDT", "11"))
    assert state.version == before.version + 1
    assert state.balances == before.balances


def test_what_is_reserved_or_guarded_cannot_be_withdrawn() -> None:
    reserved = after(account(USDT="100"), limit("buy", "0.6", "100"))
    assert only_refusal(events(reserved, withdraw("USDT", "41"))).limit == "40"
    assert only_refusal(events(guarded_account(), withdraw("BTC", "1"))).limit == "0"
