"""IOC, FOK, post-only, good till a date, and stops."""

import pytest

from domain.events.terms import Side
from tests.kit.exchanges.orders import NOON, cuts, engine_with, order, second, tick


def test_immediate_or_cancel_takes_what_there_is_and_cancels_the_rest() -> None:
    engine = engine_with(asks="100×1 101×1")
    report = engine.place(order("buy", "2", "100", tif="IOC"), NOON)
    assert (report.state, cuts(report)) == ("cancelled", ["1@100"])
    assert report.reason == "the book gave 1 BTC within 100, no more"
    assert engine.open_orders() == []


def test_fill_or_kill_takes_nothing_where_it_cannot_have_all() -> None:
    engine = engine_with(asks="100×1 101×1")
    report = engine.place(order("buy", "2", "100", tif="FOK"), NOON)
    assert (report.state, report.fills) == ("cancelled", ())
    assert report.reason == "time_in_force FOK: the book gives only 1 of 2"
    # What it did not get is still there for the next.
    assert cuts(engine.place(order("buy", "2", "101", id="b", tif="FOK"), NOON)) == ["1@100", "1@101"]


def test_fill_or_kill_of_a_budget_counts_in_quote() -> None:
    engine = engine_with(asks="100×1")
    report = engine.place(order("buy", spend="150", tif="FOK"), NOON)
    assert report.reason == "time_in_force FOK: the book gives only 1 for 100 of 150"


@pytest.mark.parametrize(("side", "price", "meets"), [("buy", "101", "101"), ("sell", "98", "99")])
def test_post_only_is_rejected_where_it_would_take(side: Side, price: str, meets: str) -> None:
    engine = engine_with(bids="99×1", asks="101×1")
    report = engine.place(order(side, "1", price, post_only=True), NOON)
    assert (report.state, report.fills) == ("rejected", ())
    assert report.reason == f"post_only true: price {price} would take at {meets}"


def test_post_only_rests_beside_the_book_and_fills_as_maker() -> None:
    engine = engine_with(bids="99×1", asks="101×1")
    assert engine.place(order("buy", "1", "100", post_only=True), NOON).state == "open"
    (report,) = tick(engine, 1, asks="100×1", last="101")
    assert report.fills[0].liquidity == "maker"


def test_an_order_good_till_a_date_is_cancelled_then_even_if_that_tick_would_fill_it() -> None:
    engine = engine_with(asks="101×1")
    engine.place(order("buy", "1", "100", tif="GTD", expires=10), NOON)
    assert tick(engine, 9, asks="101×1", last="101") == []
    (report,) = tick(engine, 10, asks="99×1", last="99")
    assert (report.state, report.fills, report.reason) == ("cancelled", (), "expired at 2026-03-01T12:00:10+00:00")


def test_expiry_needs_no_tick_of_the_pair_and_leaves_what_is_filled_or_cancelled_alone() -> None:
    engine = engine_with(asks="101×1")
    for name in ("expires", "cancelled"):
        engine.place(order("buy", "1", "100", id=name, tif="GTD", expires=10), NOON)
    engine.cancel("cancelled")
    assert [report.client_order_id for report in engine.expire(second(11))] == ["expires"]
    assert engine.expire(second(12)) == []
    assert engine.idle("BTC/USDT")


def test_a_stop_market_sell_waits_for_its_price_and_then_takes() -> None:
    engine = engine_with(bids="100×9", last="100")
    assert engine.place(order("sell", "2", type="stop-market", stop="95"), NOON).state == "open"
    assert tick(engine, 1, bids="96×9", last="95.01") == []
    (report,) = tick(engine, 2, bids="94×1 93×9", last="95")
    assert (report.state, cuts(report)) == ("filled", ["1@94", "1@93"])
    assert report.fills[0].liquidity == "taker"


def test_a_stop_keeps_its_price_bound_when_it_triggers() -> None:
    engine = engine_with(bids="100×9", last="100")
    engine.place(order("sell", "2", type="stop-market", stop="95", bound="93.5"), NOON)
    (report,) = tick(engine, 1, bids="94×1 93×9", last="94")
    assert (report.state, cuts(report)) == ("cancelled", ["1@94"])


def test_a_stop_limit_buy_becomes_a_limit_order() -> None:
    engine = engine_with(asks="100×9", last="100")
    engine.place(order("buy", "2", "106", type="stop-limit", stop="105"), NOON)
    (triggered,) = tick(engine, 1, asks="106×0.5 107×9", last="105")
    assert (triggered.state, cuts(triggered)) == ("open", ["0.5@106"])
    assert triggered.triggered_at == 105
    # The stop is behind it: the rest fills at its limit, below the stop price too.
    (report,) = tick(engine, 2, asks="104×9", last="104")
    assert (report.state, cuts(report), report.reason) == ("filled", ["1.5@106"], None)


def test_a_stop_that_the_price_has_passed_already_triggers_at_once() -> None:
    engine = engine_with(bids="100×9", last="100")
    report = engine.place(order("sell", "1", type="stop-market", stop="101"), NOON)
    assert (report.state, cuts(report)) == ("filled", ["1@100"])


def test_a_stop_with_a_budget_spends_it_when_it_triggers() -> None:
    engine = engine_with(asks="100×9", last="100")
    engine.place(order("buy", type="stop-market", spend="220", stop="110"), NOON)
    (report,) = tick(engine, 1, asks="110×9", last="110")
    assert (report.state, cuts(report)) == ("filled", ["2@110"])


def test_stops_trigger_nearest_first_after_resting_orders_are_served() -> None:
    engine = engine_with(bids="100×9", last="100")
    engine.place(order("sell", "1", id="far", type="stop-market", stop="90"), NOON)
    engine.place(order("sell", "1", id="near", type="stop-market", stop="95"), NOON)
    engine.place(order("sell", "1", "110", id="resting"), NOON)
    tick(engine, 1, bids="100×9", last="100")
    reports = tick(engine, 2, bids="80×1.5", last="85")
    assert [(report.client_order_id, report.state, cuts(report)) for report in reports] == [
        ("near", "filled", ["1@80"]),
        ("far", "cancelled", ["0.5@80"]),
    ]


def test_a_post_only_stop_that_would_take_when_it_triggers_is_cancelled() -> None:
    engine = engine_with(asks="100×9", last="100")
    engine.place(order("buy", "1", "106", type="stop-limit", stop="105", post_only=True), NOON)
    (report,) = tick(engine, 1, asks="105×9", last="105")
    assert (report.state, report.fills) == ("cancelled", ())


def test_a_waiting_stop_can_be_cancelled() -> None:
    engine = engine_with(bids="100×9", last="100")
    engine.place(order("sell", "1", type="stop-market", stop="95"), NOON)
    assert engine.cancel("a").state == "cancelled"
    assert tick(engine, 1, bids="90×9", last="90") == []
