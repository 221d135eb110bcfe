"""What an exchange reports is booked, never refused: acceptance, fills, and how an order ends."""

from decimal import Decimal

import pytest

from domain.account import Account
from domain.commands import ReportOrders
from domain.events.fills import OrderFilled
from domain.events.orders import OrderAccepted, OrderCancelled, OrderRejected
from tests.domain.books import (
    BTC_USDT,
    State,
    account,
    after,
    discrepancies,
    events,
    facts,
    fill,
    fills_of,
    held,
    limit,
    market,
    moves,
    names,
    order,
    record,
    report,
)

FUNDS = account(USDT="1000", BNB="1")
BUY = after(FUNDS, limit("buy", "2", "100", instrument=BTC_USDT))
SELL = after(account(BTC="2"), limit("sell", "2", "100", instrument=BTC_USDT))
BUDGET = after(FUNDS, market("buy", "100", "50", unit="quote"))


def test_an_open_report_of_an_unknown_order_is_its_acceptance() -> None:
    assert events(BUY, report("open")) == (OrderAccepted(order_id="o-1", exchange_order_id="x-o-1", placed_version=4),)
    state = after(BUY, report("open"))
    assert facts(order(state), "status", "exchange_order_id") == ("pending", "x-o-1")
    assert state.balances == BUY.balances


def test_an_accepted_order_is_not_accepted_again() -> None:
    assert events(after(BUY, report("open")), report("open")) == ()


def test_an_order_that_a_client_reported_filled_in_part_is_still_to_be_accepted() -> None:
    begun = after(BUY, record(fill("buy", "1", "100"), "o-1"))
    assert facts(order(begun), "status", "exchange_order_id") == ("partial", None)
    accepted = after(begun, report("open"))
    assert facts(order(accepted), "status", "exchange_order_id") == ("partial", "x-o-1")


def test_a_partial_fill_keeps_what_the_rest_can_cost() -> None:
    # 0.5 at 99 costs 49.50 and 0.0495; the other 1.5 can still cost 150.15.
    accepted, filled = events(BUY, report("open", fill("buy", "0.5", "99", "0.0495")))
    assert isinstance(accepted, OrderAccepted)
    assert isinstance(filled, OrderFilled)
    assert moves(filled) == {
        ("locked", "USDT"): Decimal("-50.05"),
        ("free", "USDT"): Decimal("0.5005"),
        ("market", "USDT"): Decimal("49.5"),
        ("fees", "USDT"): Decimal("0.0495"),
        ("market", "BTC"): Decimal("-0.5"),
        ("free", "BTC"): Decimal("0.5"),
    }
    state = after(BUY, report("open", fill("buy", "0.5", "99", "0.0495")))
    assert held(state) == {"USDT": ("800.3005", "150.15"), "BTC": ("0.5", "0"), "BNB": ("1", "0")}
    assert facts(order(state), "status", "remaining", "reserved") == (
        "partial",
        Decimal("1.5"),
        Decimal("150.15"),
    )


def test_the_last_fill_releases_everything() -> None:
    state = after(BUY, report("filled", fill("buy", "0.5", "99", "0.0495"), fill("buy", "1.5", "98", "0.147")))
    # 1,000 − 49.50 − 0.0495 − 147 − 0.147
    assert held(state) == {"USDT": ("803.3035", "0"), "BTC": ("2", "0"), "BNB": ("1", "0")}
    assert facts(order(state), "status", "reserved", "fill_count") == ("filled", 0, 2)


def test_an_order_is_filled_once_its_amount_is_whatever_the_report_calls_it() -> None:
    (_, filled) = events(BUY, report("open", fill("buy", "2", "100")))
    assert isinstance(filled, OrderFilled)
    assert (filled.final, filled.order.status) == (True, "filled")


@pytest.mark.parametrize(
    ("fee", "asset", "expected"),
    [
        ("0.2", "USDT", {"USDT": ("799.8", "0"), "BTC": ("2", "0"), "BNB": ("1", "0")}),
        ("0.002", "BTC", {"USDT": ("800", "0"), "BTC": ("1.998", "0"), "BNB": ("1", "0")}),
        ("0.25", "BNB", {"USDT": ("800", "0"), "BTC": ("2", "0"), "BNB": ("0.75", "0")}),
        ("-0.04", "USDT", {"USDT": ("800.04", "0"), "BTC": ("2", "0"), "BNB": ("1", "0")}),
        ("-0.5", "BNB", {"USDT": ("800", "0"), "BTC": ("2", "0"), "BNB": ("1.5", "0")}),
        ("0", "USDT", {"USDT": ("800", "0"), "BTC": ("2", "0"), "BNB": ("1", "0")}),
    ],
    ids=["quote", "base", "third asset", "rebate", "rebate in a third asset", "none"],
)
def test_a_fee_is_taken_in_whatever_asset_it_is_charged(
    fee: str, asset: str, expected: dict[str, tuple[str, str]]
) -> None:
    state = after(BUY, report("filled", fill("buy", "2", "100", fee, asset)))
    assert held(state) == expected
    assert order(state).fees == ({asset: Decimal(fee)} if Decimal(fee) else {})


def test_a_sale_pays_its_fee_from_what_it_brings() -> None:
    state = after(SELL, report("open", fill("sell", "0.5", "101", "0.0505")))
    assert held(state) == {"BTC": ("0", "1.5"), "USDT": ("50.4495", "0")}
    assert order(state).reserved == Decimal("1.5")


def test_a_fee_in_a_third_asset_that_is_not_held_is_booked_and_written_down() -> None:
    (found,) = discrepancies(events(BUY, report("filled", fill("buy", "2", "100", "3", "BNB"))))
    assert facts(found, "kind", "expected", "found") == ("negative balance", "BNB at least 0", "-2 BNB free")


def test_a_cancellation_releases_what_is_left_to_the_last_digit() -> None:
    precise = after(account(USDT="1000.000000000000000001"), limit("buy", "2", "100", instrument=BTC_USDT))
    begun = after(precise, report("open", fill("buy", "0.12345678", "99.99", "0.012344443433")))
    (cancelled,) = events(begun, report("cancelled", reason="client"))
    assert isinstance(cancelled, OrderCancelled)
    # 1.87654322 × 100 × 1.001 is still reserved.
    assert moves(cancelled) == {
        ("locked", "USDT"): Decimal("-187.841976322"),
        ("free", "USDT"): Decimal("187.841976322"),
    }
    state = after(begun, report("cancelled", reason="client"))
    # 1,000.000000000000000001 − 12.3444434322 − 0.012344443433
    assert held(state) == {"USDT": ("987.643212124367000001", "0"), "BTC": ("0.12345678", "0")}
    assert facts(order(state), "status", "reserved", "reason") == ("cancelled", 0, "client")


def test_a_report_can_accept_fill_and_cancel_at_once() -> None:
    one = report("cancelled", fill("buy", "1", "100"), reason="book too thin")
    assert names(events(BUY, one)) == ["OrderAccepted", "OrderFilled", "OrderCancelled"]
    assert order(after(BUY, one)).reason == "book too thin"


def test_a_cancellation_without_a_reason_says_just_that() -> None:
    assert order(after(BUY, report("cancelled"))).reason == "cancelled"


@pytest.mark.parametrize("before", [BUY, after(BUY, report("open"))], ids=["unknown", "pending"])
def test_a_rejection_releases_all_and_is_no_acceptance(before: Account) -> None:
    (rejected,) = events(before, report("rejected", reason="tick size"))
    assert isinstance(rejected, OrderRejected)
    state = after(before, report("rejected", reason="tick size"))
    assert facts(order(state), "status", "reason") == ("rejected", "tick size")
    assert state.balances == FUNDS.balances


def test_an_order_that_was_filled_in_part_is_cancelled_rather_than_rejected() -> None:
    begun = after(BUY, report("open", fill("buy", "1", "100")))
    assert names(events(begun, report("rejected", reason="halted"))) == ["OrderCancelled"]


@pytest.mark.parametrize("state", ["open", "filled", "cancelled", "rejected"])
@pytest.mark.parametrize("end", ["filled", "cancelled", "rejected"])
def test_a_closed_order_does_not_end_again(end: State, state: State) -> None:
    fills = (fill("buy", "2", "100"),) if end == "filled" else ()
    closed = after(BUY, report(end, *fills))
    assert events(closed, report(state)) == ()


def test_a_budget_is_spent_fill_by_fill() -> None:
    begun = after(BUDGET, report("open", fill("buy", "1", "50"), fill("buy", "0.5", "51")))
    assert held(begun) == {"USDT": ("900", "24.5"), "BTC": ("1.5", "0"), "BNB": ("1", "0")}
    done = after(begun, report("filled", fill("buy", "0.49", "50")))
    assert held(done) == {"USDT": ("900", "0"), "BTC": ("1.99", "0"), "BNB": ("1", "0")}
    assert facts(order(done), "status", "amount", "filled_amount") == (
        "filled",
        Decimal("1.99"),
        Decimal("1.99"),
    )


def test_a_budget_that_buys_more_than_was_thought_goes_on_until_it_is_spent() -> None:
    # Thought to buy 2 at 50; at 40 they cost 80, and 20 are still there to be spent.
    begun = after(BUDGET, report("open", fill("buy", "2", "40")))
    assert facts(order(begun), "status", "reserved", "budget_left") == ("partial", 20, 20)
    happened = events(begun, report("filled", fill("buy", "0.5", "40")))
    assert names(happened) == ["OrderFilled"]
    done = after(begun, report("filled", fill("buy", "0.5", "40")))
    assert held(done) == {"USDT": ("900", "0"), "BTC": ("2.5", "0"), "BNB": ("1", "0")}


def test_a_budget_that_is_cancelled_after_it_bought_what_was_thought_is_released() -> None:
    state = after(BUDGET, report("cancelled", fill("buy", "2", "40")))
    assert held(state) == {"USDT": ("920", "0"), "BTC": ("2", "0"), "BNB": ("1", "0")}
    assert facts(order(state), "status", "reserved") == ("cancelled", 0)


def test_a_position_opens_with_the_first_fill_and_is_named_for_the_exchange() -> None:
    first, second = fills_of(events(BUY, report("open", fill("buy", "0.5", "100"), fill("buy", "0.5", "90"))))
    assert first.position is not None
    assert second.position is not None
    assert facts(first.position, "position_id", "opened") == ("pos-paper-1", True)
    assert facts(second.position, "position_amount", "position_cost", "opened") == (1, 95, False)


def test_a_second_position_of_a_pair_has_a_name_of_its_own() -> None:
    sold = [
        report("filled", fill("buy", "2", "100")),
        limit("sell", "2", "100", "o-2"),
        report("filled", fill("sell", "2", "110"), order_id="o-2"),
    ]
    flat = after(BUY, *sold)
    assert facts(flat, "positions", "position_count") == ({}, 1)
    again = after(flat, limit("buy", "1", "100", "o-3"), report("open", fill("buy", "1", "100"), order_id="o-3"))
    assert again.positions["BTC/USDT"].position_id == "pos-paper-2"


def test_several_reports_are_booked_in_one_decision() -> None:
    two = after(BUY, limit("buy", "1", "100", "o-2"))
    command = ReportOrders(reports=(report("cancelled"), report("cancelled", order_id="o-2")))
    assert names(events(two, command)) == ["OrderAccepted", "OrderCancelled"] * 2
    assert after(two, command).balances == FUNDS.balances
