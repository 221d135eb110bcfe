"""What an account may ever move, so that every sum over its log fits its column."""

from decimal import Decimal

import pytest

from domain.decisions.room import FLOW_MAX
from domain.refusals import InvalidAmount
from tests.domain.books import account, after, deposit, events, fill, limit, record, report, withdraw

MOST = "999999999999999"


def test_what_went_through_a_bucket_is_summed_for_ever() -> None:
    moved = after(account(USDT="1000"), limit("buy", "2", "100"), report("filled", fill("buy", "2", "100", "0.2")))
    assert moved.flows == {
        "external USDT": -1000,
        "market USDT": 200,
        "market BTC": -2,
        "fees USDT": Decimal("0.2"),
    }


def test_money_that_goes_in_and_out_for_ever_is_refused_before_it_cannot_be_summed() -> None:
    state = account(USDT=MOST)
    # What went out again does not count: only the sum does.
    for _ in range(5):
        state = after(state, withdraw("USDT", MOST), deposit("USDT", MOST))
    assert state.flows["external USDT"] == -Decimal(MOST)


def test_a_rebate_cannot_make_a_balance_that_cannot_be_held() -> None:
    with pytest.raises(InvalidAmount, match="would make the balance 1000000000000000 BNB"):
        events(account(USDT="1", BNB="1"), record(fill("buy", "1", "1", f"-{MOST}", "BNB")))


def test_rebates_that_are_withdrawn_again_and_again_end_at_the_limit() -> None:
    state, rebate = account(USDT="5000"), record(fill("buy", "1", "1", f"-{MOST}", "BNB", trade_id="t-1"))
    for _ in range(int(FLOW_MAX) // int(MOST)):
        state = after(state, rebate, withdraw("BNB", MOST))
    with pytest.raises(InvalidAmount, match="through fees to -1000"):
        events(state, rebate)
