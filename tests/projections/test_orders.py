"""An order's row after what happened to it, in whatever batches."""

from decimal import Decimal
from typing import Any

import pytest

from domain.events import Event
from domain.events.orders import OrderTriggered
from domain.money import divided
from projections import orders
from projections.history import CHUNK_ROWS
from projections.order_lookup import OrderFilter, by_client_order_id, by_order_id, listed
from projections.order_rows import ORDERS_SHOWN
from tests.projections.logs import (
    NOON,
    Log,
    accepted,
    amended,
    cancelled,
    filled,
    log_of,
    placed,
    recorded,
    rejected,
)


def order_after(*events: Event) -> dict[str, Any]:
    """The one order's row: the same whether its events came at once or one by one."""
    frame = log_of(*events)
    at_once = orders.fold(orders.empty(), frame)
    step_by_step = orders.empty()
    for row in frame.iter_slices(1):
        step_by_step = orders.fold(step_by_step, row)
    assert orders.read(at_once).equals(orders.read(step_by_step))
    return orders.read(at_once).row(0, named=True)


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([], "unknown"),
        ([accepted("o")], "pending"),
        ([filled("o", "1")], "partial"),
        ([filled("o", "1"), accepted("o")], "partial"),
        ([accepted("o"), filled("o", "1"), filled("o", "1", final=True)], "filled"),
        ([filled("o", "2", final=True)], "filled"),
        ([filled("o", "1", final=True)], "filled"),
        ([accepted("o"), cancelled("o")], "cancelled"),
        ([rejected("o")], "rejected"),
        ([accepted("o"), cancelled("o"), filled("o", "1")], "cancelled"),
        ([accepted("o"), cancelled("o"), filled("o", "1"), filled("o", "1", final=True)], "filled"),
        ([cancelled("o"), accepted("o")], "cancelled"),
        ([filled("o", "2", final=True), cancelled("o")], "filled"),
        ([rejected("o"), filled("o", "1")], "partial"),
        ([rejected("o"), cancelled("o")], "rejected"),
        ([rejected("o"), filled("o", "1"), cancelled("o")], "cancelled"),
        ([filled("o", "1"), rejected("o")], "partial"),
        ([accepted("o"), recorded("o", "1")], "partial"),
        ([accepted("o"), cancelled("o"), recorded("o", "2")], "filled"),
        ([amended("o", "1", "99"), recorded("o", "1")], "filled"),
        ([amended("o", "3", "99"), recorded("o", "2")], "partial"),
    ],
)
def test_status_follows_the_events(events: list[Event], status: str) -> None:
    assert order_after(placed("o", amount="2"), *events)["status"] == status


def test_fills_add_up_to_amount_fee_and_average_price() -> None:
    row = order_after(
        placed("o", amount="3"),
        filled("o", "1", "100", fee="0.1"),
        filled("o", "2", "101", fee="-0.3", final=True),
    )
    assert (row["filled_amount"], row["filled_notional"], row["fill_count"]) == (Decimal(3), Decimal(302), 2)
    assert row["avg_price"] == Decimal("100.666666666666666667")
    assert (row["fee"], row["fee_asset"]) == (Decimal("-0.2"), "USDT")


def test_an_average_is_rounded_half_even_like_the_domain_does() -> None:
    row = order_after(placed("o"), filled("o", "524287", "0"), filled("o", "1", "1"))
    assert row["avg_price"] == divided(Decimal(1), Decimal(524288)) == Decimal("0.000001907348632812")


def test_an_order_without_fills_has_no_average_and_a_fee_of_zero_quote() -> None:
    row = order_after(placed("o"))
    assert (row["avg_price"], row["fee"], row["fee_asset"]) == (None, Decimal(0), "USDT")


def test_fees_in_two_assets_are_not_added() -> None:
    row = order_after(
        placed("o"), filled("o", "1", fee="1", fee_asset="BNB"), filled("o", "1", fee="1"), filled("o", "1", fee="1")
    )
    assert (row["fee"], row["fee_asset"]) == (None, None)


def test_a_budget_order_knows_its_amount_once_it_is_filled() -> None:
    bought = placed("o", amount="2", type="market", price=None, spend=Decimal(200))
    assert order_after(bought, filled("o", "1"))["amount"] == Decimal(2)
    assert order_after(bought, filled("o", "1"), filled("o", "0.9", final=True, of="1.9"))["amount"] == Decimal("1.9")


def test_an_amendment_says_all_it_can_change_anew() -> None:
    row = order_after(placed("o", take_profit=Decimal(120)), amended("o", "5", "90"), amended("o", "6", "91"))
    assert (row["amount"], row["price"], row["stop_loss"], row["take_profit"]) == (6, 91, 90, None)


def test_the_reason_is_that_of_the_step_that_counted() -> None:
    assert order_after(placed("o"), cancelled("o", "client"), cancelled("o", "late"))["reason"] == "client"
    assert order_after(placed("o"), rejected("o", "tick"))["reason"] == "tick"
    assert order_after(placed("o"), cancelled("o"), filled("o", "2", final=True))["reason"] is None


def test_the_row_tells_who_asked_and_what_was_seen_last() -> None:
    triggered = OrderTriggered(order_id="o", market_price=Decimal(7))
    row = order_after(placed("o"), accepted("o"), triggered)
    assert (row["by"], row["request"], row["exchange_order_id"]) == ("bot", "r1", "x-o")
    assert (row["placed_seq"], row["seq"]) == (1, 3)
    assert (row["updated_at"] - row["placed_at"]).seconds == 2
    assert row["triggered_at"] == row["updated_at"]
    assert (row["account"], row["exchange"]) == ("main", "paper")


def test_events_of_orders_that_were_never_placed_change_nothing() -> None:
    frame = log_of(cancelled("ghost"), filled("later", "1"), placed("later"), recorded(None, "1"))
    rows = orders.read(orders.fold(orders.empty(), frame))
    assert rows["order_id"].to_list() == ["later"]
    assert rows["filled_amount"].to_list() == [Decimal(0)]


def test_a_late_fill_finds_its_order_among_many_closed_ones() -> None:
    # given: more closed orders than one chunk holds
    log = Log()
    for number in range(CHUNK_ROWS + 10):
        log.add(placed(f"o-{number}"), cancelled(f"o-{number}"))
    frame = log.add(recorded("o-3", "2"), filled("o-4", "1")).frame()
    # when
    many = orders.fold(orders.empty(), frame[:-2])
    state = orders.fold(many, frame[-2:])
    # then
    assert by_order_id(many, "o-3")["status"].to_list() == ["cancelled"]
    assert by_order_id(state, "o-3")["status"].to_list() == ["filled"]
    assert by_order_id(state, "o-4")["filled_amount"].to_list() == [Decimal(1)]
    assert orders.read(state).equals(orders.read(orders.fold(orders.empty(), frame)))
    assert len(listed(state, OrderFilter(), limit=10).orders) == 10


def test_an_order_is_found_by_either_id_open_or_closed() -> None:
    state = orders.fold(orders.empty(), log_of(placed("a"), placed("b"), cancelled("a")))
    assert by_order_id(state, "a")["status"].to_list() == ["cancelled"]
    assert by_client_order_id(state, "main", "mine-b")["order_id"].to_list() == ["b"]
    assert by_client_order_id(state, "other", "mine-b").is_empty()
    assert by_order_id(state, "c").columns == list(ORDERS_SHOWN)


def test_pages_run_from_the_newest_order_to_the_oldest() -> None:
    frame = log_of(*(placed(name) for name in "abcde"), cancelled("b"), cancelled("e"))
    state = orders.fold(orders.empty(), frame)
    first = listed(state, OrderFilter(), limit=2)
    second = listed(state, OrderFilter(cursor=first.cursor), limit=2)
    last = listed(state, OrderFilter(cursor=second.cursor), limit=2)
    assert [page.orders["order_id"].to_list() for page in (first, second, last)] == [["e", "d"], ["c", "b"], ["a"]]
    assert last.cursor is None


def test_a_list_keeps_to_status_pair_time_and_owner() -> None:
    log = Log().add(placed("a"), placed("b", pair="ETH/USDT"), placed("c"), cancelled("c"))
    state = orders.fold(orders.empty(), log.add(placed("d"), stream="account:desk:kraken").frame())

    def ids(wanted: OrderFilter) -> list[str]:
        return listed(state, wanted).orders["order_id"].to_list()

    assert ids(OrderFilter(status=("unknown", "pending"))) == ["d", "b", "a"]
    assert ids(OrderFilter(status=("cancelled",))) == ["c"]
    assert ids(OrderFilter(pair="ETH/USDT")) == ["b"]
    assert ids(OrderFilter(since=NOON.replace(second=3))) == ["d", "c"]
    assert ids(OrderFilter(account="desk")) == ["d"]
    assert ids(OrderFilter(account="main", exchange="paper", status=("unknown",))) == ["b", "a"]
    assert ids(OrderFilter(pair="none")) == []
