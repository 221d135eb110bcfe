"""A fill that comes late, or is too large, is booked once all the same, and what it breaks is written down."""

import pytest

from domain.events.fills import FillRecorded
from domain.events.reconciliation import DiscrepancyFound
from tests.domain.books import (
    State,
    account,
    after,
    discrepancies,
    events,
    facts,
    fill,
    guarded_account,
    held,
    limit,
    market,
    names,
    order,
    report,
)

BUY = after(account(USDT="1000"), limit("buy", "2", "100"), report("open"))


def test_a_fill_over_the_rest_is_booked_whole() -> None:
    over = report("filled", fill("buy", "3", "100", trade_id="t-7"))
    assert names(events(BUY, over)) == ["OrderFilled", "DiscrepancyFound"]
    assert discrepancies(events(BUY, over)) == [
        DiscrepancyFound(
            kind="over fill",
            subject="order o-1",
            expected="at most 2 BTC",
            found="3 BTC filled at 100",
            order_id="o-1",
            trade_id="t-7",
        )
    ]
    state = after(BUY, over)
    assert held(state) == {"USDT": ("700", "0"), "BTC": ("3", "0")}
    assert facts(order(state), "status", "amount", "filled_amount") == ("filled", 2, 3)


def test_a_second_fill_is_measured_by_what_the_first_left() -> None:
    happened = events(BUY, report("open", fill("buy", "1.5", "100"), fill("buy", "0.75", "100")))
    assert [found.expected for found in discrepancies(happened)] == ["at most 0.5 BTC"]


def test_a_budget_is_overdrawn_in_quote() -> None:
    budget = after(account(USDT="1000"), market("buy", "100", "50", unit="quote"))
    assert discrepancies(events(budget, report("filled", fill("buy", "2.5", "40")))) == []
    (found,) = discrepancies(events(budget, report("filled", fill("buy", "2.5", "40.01"))))
    assert facts(found, "kind", "expected") == ("over fill", "at most 100 USDT")


def test_a_fill_after_the_cancellation_is_paid_from_what_is_free() -> None:
    cancelled = after(BUY, report("cancelled"))
    late = report("cancelled", fill("buy", "0.5", "100"))
    (found,) = discrepancies(events(cancelled, late))
    assert facts(found, "kind", "expected") == ("late fill", "nothing: the order is cancelled")
    state = after(cancelled, late)
    assert held(state) == {"USDT": ("950", "0"), "BTC": ("0.5", "0")}
    assert facts(order(state), "status", "filled_amount") == ("cancelled", state.balance("BTC").free)


def test_a_cancelled_order_that_was_filled_after_all_is_filled() -> None:
    state = after(BUY, report("cancelled"), report("filled", fill("buy", "2", "100")))
    assert facts(order(state), "status", "filled_amount") == ("filled", 2)


def test_a_filled_order_can_be_filled_further() -> None:
    state = after(BUY, report("filled", fill("buy", "2", "100")))
    happened = events(state, report("filled", fill("buy", "0.5", "100")))
    assert [found.expected for found in discrepancies(happened)] == ["nothing: the order is filled"]
    assert order(after(state, report("filled", fill("buy", "0.5", "100")))).filled_amount == 2.5


def test_a_rejected_order_that_is_filled_in_part_works_again_until_it_ends() -> None:
    working = after(BUY, report("rejected"), report("open", fill("buy", "1", "100")))
    assert facts(order(working), "status", "reserved") == ("partial", 0)
    done = after(working, report("cancelled"))
    assert order(done).status == "cancelled"
    assert held(done) == {"USDT": ("900", "0"), "BTC": ("1", "0")}


@pytest.mark.parametrize("state", ["open", "filled", "cancelled", "rejected"])
def test_a_fill_of_an_order_long_forgotten_is_booked_by_its_name(state: State) -> None:
    reported = report(state, fill("buy", "2", "100", trade_id="t-7"), order_id="o-old")
    recorded, found = events(account(USDT="1000"), reported)
    assert isinstance(recorded, FillRecorded)
    assert facts(recorded, "order_id", "trade_id", "amount") == ("o-old", "t-7", 2)
    assert isinstance(found, DiscrepancyFound)
    assert facts(found, "kind", "order_id", "expected") == (
        "late fill",
        "o-old",
        "nothing: the order closed long ago",
    )
    assert held(after(account(USDT="1000"), reported)) == {"USDT": ("800", "0"), "BTC": ("2", "0")}


def test_a_report_without_fills_of_an_order_long_forgotten_says_nothing_new() -> None:
    assert events(account(USDT="1000"), report("cancelled", order_id="o-old")) == ()


def test_every_asset_that_a_fill_leaves_below_zero_is_written_down() -> None:
    poor = after(account(USDT="200"), limit("buy", "2", "100"))
    happened = events(poor, report("filled", fill("buy", "2", "101", "3", "BNB")))
    assert [(found.kind, found.expected, found.found) for found in discrepancies(happened)] == [
        ("beyond limit", "a price no worse than 100", "2 BTC filled at 101"),
        ("negative balance", "USDT at least 0", "-2 USDT free"),
        ("negative balance", "BNB at least 0", "-3 BNB free"),
    ]
    state = after(poor, report("filled", fill("buy", "2", "101", "3", "BNB")))
    assert held(state) == {"USDT": ("-2", "0"), "BNB": ("-3", "0"), "BTC": ("2", "0")}


def test_a_forgotten_sale_of_what_is_not_held_is_written_down_too() -> None:
    happened = events(account(USDT="1"), report("filled", fill("sell", "2", "100"), order_id="o-old"))
    assert [found.kind for found in discrepancies(happened)] == ["late fill", "negative balance"]


def test_a_sale_below_its_limit_is_booked_and_written_down() -> None:
    selling = after(account(BTC="1"), limit("sell", "1", "110"), report("open"))
    happened = events(selling, report("filled", fill("sell", "1", "109")))
    assert [(found.kind, found.expected) for found in discrepancies(happened)] == [
        ("beyond limit", "a price no worse than 110")
    ]


def test_an_order_said_to_be_filled_stays_open_until_all_its_fills_are_here() -> None:
    buying = after(account(USDT="200"), limit("buy", "2", "100"), report("open"))
    short = after(buying, report("filled", fill("buy", "0.5", "100")))
    assert held(short) == {"USDT": ("0", "150"), "BTC": ("0.5", "0")}
    assert short.orders["o-1"].status == "partial"
    done = after(short, report("filled", fill("buy", "1.5", "100")))
    assert done.closed["o-1"].status == "filled"


def test_a_late_sale_of_what_exits_guard_again_takes_it_from_them() -> None:
    rearmed = after(guarded_account(), limit("sell", "1", "110", "o-2"), report("cancelled", order_id="o-2"))
    late = report("cancelled", fill("sell", "1", "110"), order_id="o-2")
    assert [found.kind for found in discrepancies(events(rearmed, late))] == ["late fill"]
    sold = after(rearmed, late)
    assert held(sold) == {"USDT": ("1010", "0")}
    assert (sold.brackets, sold.taken) == ({}, {})
