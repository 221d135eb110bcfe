"""A client's word on an execution made elsewhere: within its order, within the funds, or refused."""

from decimal import Decimal

import pytest

from domain.events.fills import FillRecorded, OrderFilled
from domain.executions import Execution
from domain.refusals import InvalidAmount, InvalidOrder, OrderClosed, OrderNotFound, OverFill
from tests.domain.books import (
    NOON,
    account,
    after,
    events,
    facts,
    fill,
    guarded_account,
    held,
    limit,
    market,
    moves,
    names,
    only_refusal,
    order,
    record,
    report,
)

FUNDS = account(USDT="1000")
BUY = after(FUNDS, limit("buy", "2", "100"), report("open"))
SELL = after(account(BTC="2"), limit("sell", "2", "100"), report("open"))
BUDGET = after(FUNDS, market("buy", "100", "50", unit="quote"))


def test_a_fill_without_an_order_moves_what_is_free() -> None:
    (recorded,) = events(FUNDS, record(fill("buy", "2", "100", "0.2", trade_id="t-9")))
    assert isinstance(recorded, FillRecorded)
    assert facts(recorded, "trade_id", "order_id", "side", "occurred_at") == ("t-9", None, "buy", NOON)
    assert moves(recorded) == {
        ("free", "USDT"): Decimal("-200.2"),
        ("market", "USDT"): 200,
        ("fees", "USDT"): Decimal("0.2"),
        ("market", "BTC"): -2,
        ("free", "BTC"): 2,
    }
    assert held(after(FUNDS, record(fill("buy", "2", "100", "0.2")))) == {"USDT": ("799.8", "0"), "BTC": ("2", "0")}


def test_a_fill_without_an_order_makes_and_reduces_a_position() -> None:
    state = after(FUNDS, record(fill("buy", "2", "100")), record(fill("sell", "0.5", "120")))
    position = state.positions["BTC/USDT"]
    assert facts(position, "amount", "cost", "realized_pnl") == (Decimal("1.5"), 150, 10)


def test_a_fill_of_an_order_is_taken_from_what_it_reserved() -> None:
    (filled,) = events(BUY, record(fill("buy", "1", "90"), "o-1"))
    assert isinstance(filled, OrderFilled)
    assert not filled.final
    assert facts(filled.order, "status", "filled_amount") == ("partial", 1)
    assert held(after(BUY, record(fill("buy", "1", "90"), "o-1"))) == {"USDT": ("810", "100"), "BTC": ("1", "0")}


def test_the_whole_of_an_order_can_be_recorded() -> None:
    state = after(BUY, record(fill("buy", "2", "100"), "o-1"))
    assert facts(order(state), "status", "reserved") == ("filled", 0)
    assert held(after(SELL, record(fill("sell", "2", "100"), "o-1"))) == {"USDT": ("200", "0")}


def test_more_than_the_order_leaves_is_refused() -> None:
    begun = after(BUY, record(fill("buy", "1.5", "100"), "o-1"))
    with pytest.raises(OverFill) as refused:
        events(begun, record(fill("buy", "0.6", "100"), "o-1"))
    assert str(refused.value) == "a fill of 0.6 BTC is more than the 0.5 that order o-1 leaves"
    assert names(events(begun, record(fill("buy", "0.5", "100"), "o-1"))) == ["OrderFilled"]


def test_more_than_the_budget_leaves_is_refused_in_quote() -> None:
    with pytest.raises(OverFill, match=r"a fill of 100\.50 USDT is more than the 100 that order o-1 leaves"):
        events(BUDGET, record(fill("buy", "2.01", "50"), "o-1"))
    # More base than was thought is no harm, while the budget lasts.
    assert names(events(BUDGET, record(fill("buy", "2.01", "49"), "o-1"))) == ["OrderFilled"]


@pytest.mark.parametrize(
    ("execution", "field", "value"),
    [
        (fill("sell", "1", "100"), "side", "sell"),
        (fill("buy", "1", "100", pair="ETH/USDT", base="ETH"), "pair", "ETH/USDT"),
    ],
)
def test_a_fill_of_another_pair_or_side_than_its_order_is_refused(execution: Execution, field: str, value: str) -> None:
    with pytest.raises(InvalidOrder, match=f"{field} {value} is not that of order o-1") as refused:
        events(BUY, record(execution, "o-1"))
    assert facts(refused.value, "field", "value") == (field, value)


def test_a_fill_of_an_order_that_is_not_there_or_closed_is_refused() -> None:
    with pytest.raises(OrderNotFound, match="o-9"):
        events(BUY, record(fill("buy", "1", "100"), "o-9"))
    for state in ("cancelled", "rejected"):
        with pytest.raises(OrderClosed, match=f"order o-1 is {state} already"):
            events(after(BUY, report(state)), record(fill("buy", "1", "100"), "o-1"))


@pytest.mark.parametrize(
    ("execution", "message"),
    [
        (fill("buy", "0", "100"), "amount 0 BTC must be above zero"),
        (fill("buy", "-1", "100"), "amount -1 BTC must be above zero"),
        (fill("buy", "1", "0"), "price 0 USDT must be above zero"),
        (fill("sell", "1", "-100"), "price -100 USDT must be above zero"),
        (
            fill("buy", "10000000000", "100000"),
            "amount 10000000000 at 100000 has a notional that must have at most 15 digits before the point",
        ),
    ],
)
def test_numbers_that_cannot_be_are_refused(execution: Execution, message: str) -> None:
    with pytest.raises(InvalidAmount) as refused:
        events(FUNDS, record(execution))
    assert str(refused.value) == message


def test_a_fill_that_would_make_a_balance_too_large_is_refused() -> None:
    rich = account(USDT="1000", BTC="999999999999999")
    with pytest.raises(InvalidAmount, match="would make the balance 1000000000000000 BTC"):
        events(rich, record(fill("buy", "1", "100")))
    with pytest.raises(InvalidAmount, match="would make the balance 1000000000000000 USDT"):
        events(account(USDT="999999999999999", BTC="1"), record(fill("sell", "1", "1")))


@pytest.mark.parametrize(
    ("execution", "asset", "message"),
    [
        (fill("buy", "10", "100", "1"), "USDT", "Not enough USDT to book it: needs 1001, free 1000"),
        (fill("sell", "1", "100"), "BTC", "Not enough BTC to book it: needs 1, free 0"),
        (fill("buy", "1", "100", "0.5", "BNB"), "BNB", "Not enough BNB to book it: needs 0.5, free 0"),
        (fill("buy", "1", "100", "1.5", "BTC"), "BTC", "Not enough BTC to book it: needs 0.5, free 0"),
    ],
)
def test_a_fill_without_the_funds_for_it_is_refused_and_remembered(
    execution: Execution, asset: str, message: str
) -> None:
    refused = only_refusal(events(FUNDS, record(execution)))
    assert facts(refused, "method", "asset", "pair", "message") == ("fill.record", asset, "BTC/USDT", message)


def test_a_fill_of_an_order_that_costs_more_fee_than_it_reserved_needs_the_rest_free() -> None:
    tight = after(account(USDT="210"), limit("buy", "2", "100"), report("open"))
    assert held(after(tight, record(fill("buy", "2", "100", "10"), "o-1"))) == {"BTC": ("2", "0")}
    refused = only_refusal(events(tight, record(fill("buy", "2", "100", "10.02"), "o-1")))
    assert refused.message == "Not enough USDT to book it: needs 10.02, free 10"


def test_a_fill_worse_than_the_limit_of_its_order_is_refused() -> None:
    with pytest.raises(InvalidOrder, match=r"price 100\.01 is beyond the limit of order o-1 at 100"):
        events(BUY, record(fill("buy", "1", "100.01"), "o-1"))
    with pytest.raises(InvalidOrder, match=r"price 99\.99 is beyond the limit of order o-1 at 100"):
        events(SELL, record(fill("sell", "1", "99.99"), "o-1"))


def test_a_sale_made_elsewhere_takes_what_exits_guard() -> None:
    sold = after(guarded_account(), record(fill("sell", "1", "110")))
    assert "BTC" not in held(sold)
    assert (sold.brackets, sold.taken) == ({}, {})


def test_a_fee_that_what_was_bought_pays_for_needs_nothing_free() -> None:
    state = after(FUNDS, record(fill("buy", "1", "100", "0.25", "BTC")))
    assert held(state) == {"USDT": ("900", "0"), "BTC": ("0.75", "0")}
