"""The exact highest price of each exit, and when it has risen far enough to be recorded."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.account import Bracket
from kit.trading.highs import Highs, is_step

ARMED = Bracket(
    order_id="o-1",
    pair="BTC/USDT",
    base="BTC",
    amount=Decimal(1),
    stop_loss=Decimal(80),
    take_profit=None,
    trailing_stop=Decimal(10),
    high=Decimal(100),
)


def high_after(highs: Highs, bracket: Bracket, *prices: str) -> Decimal | None:
    return [highs.raised(bracket, Decimal(price)) for price in prices][-1].high


def test_the_highest_price_seen_counts_whatever_the_ledger_has_heard_of_it() -> None:
    assert high_after(Highs(), ARMED, "100.01", "103", "99") == 103
    assert high_after(Highs(), ARMED, "99") == 100


def test_what_the_ledger_has_recorded_meanwhile_counts_too() -> None:
    highs = Highs()
    high_after(highs, ARMED, "103")
    assert high_after(highs, replace(ARMED, high=Decimal(102)), "99") == 103
    assert high_after(highs, replace(ARMED, high=Decimal(104)), "99") == 104


def test_an_exit_armed_anew_at_a_lower_price_does_not_know_the_high_of_what_was_sold() -> None:
    highs = Highs()
    high_after(highs, ARMED, "120")
    assert high_after(highs, replace(ARMED, high=Decimal(95)), "96") == 96


def test_one_that_was_set_later_begins_at_the_first_price() -> None:
    assert high_after(Highs(), replace(ARMED, high=None), "97", "98", "95") == 98


def test_an_exit_without_a_trailing_stop_is_left_as_it_is() -> None:
    fixed = replace(ARMED, trailing_stop=None, high=None)
    assert Highs().raised(fixed, Decimal(500)) is fixed


def test_what_is_armed_no_more_is_forgotten() -> None:
    highs = Highs()
    high_after(highs, ARMED, "120")
    highs.keep({"o-2"})
    assert high_after(highs, ARMED, "101") == 101


@pytest.mark.parametrize(("high", "is_due"), [("100", False), ("101.11", False), ("101.12", True), ("150", True)])
def test_a_tenth_of_the_distance_is_a_step(high: str, *, is_due: bool) -> None:
    """From 90 the level of a tenth off 100 has to rise by 1: by a ninth more than a hundredth of the price."""
    assert is_step(ARMED, replace(ARMED, high=Decimal(high))) is is_due


def test_the_first_price_of_one_that_was_set_later_is_a_step() -> None:
    unseen = replace(ARMED, high=None)
    assert is_step(unseen, replace(unseen, high=Decimal(5)))
    fixed = replace(unseen, trailing_stop=None)
    assert not is_step(fixed, fixed)


def test_a_rise_too_small_to_move_the_level_is_no_step() -> None:
    fine = replace(ARMED, trailing_stop=Decimal("1E-18"))
    assert not is_step(fine, fine)
    tiny = replace(ARMED, trailing_stop=Decimal("99.9999999999999999"), high=Decimal("1E-18"))
    assert not is_step(tiny, replace(tiny, high=Decimal("2E-18")))
