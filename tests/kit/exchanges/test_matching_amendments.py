"""Changing an order in place: it loses its place in time, and takes what it may at its new price."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from kit.exchanges.protocol import ExchangeError
from tests.kit.exchanges.orders import NOON, cuts, engine_with, order, second, tick


def test_a_resting_order_takes_what_its_new_price_reaches() -> None:
    engine = engine_with(asks="101×1 102×1")
    engine.place(order("buy", "3", "100"), NOON)
    report = engine.amend(order("buy", "3", "101"), NOON)
    assert (report.state, cuts(report), report.fills[0].liquidity) == ("open", ["1@101"], "taker")
    (report,) = tick(engine, 1, asks="101×5", last="102")
    assert (report.state, cuts(report), report.fills[0].liquidity) == ("filled", ["2@101"], "maker")


def test_an_amended_order_stands_behind_those_that_were_there_before_it_at_its_price() -> None:
    engine = engine_with(asks="101×1")
    for name in ("first", "second"):
        engine.place(order("buy", "1", "100", id=name), NOON)
    engine.amend(order("buy", "2", "100", id="first"), NOON)
    (report,) = tick(engine, 1, asks="100×1", last="101")
    assert (report.client_order_id, cuts(report)) == ("second", ["1@100"])


def test_an_order_that_is_amended_to_what_it_is_keeps_its_place() -> None:
    engine = engine_with(asks="101×1")
    for name in ("first", "second"):
        engine.place(order("buy", "1", "100", id=name), NOON)
    engine.amend(order("buy", "1", "100", id="first"), NOON)
    assert [report.client_order_id for report in tick(engine, 1, asks="100×1", last="101")] == ["first"]


def test_the_place_that_an_amended_order_has_outlives_a_restart() -> None:
    engine, again = engine_with(asks="101×1"), engine_with(asks="101×1")
    for name in ("first", "second"):
        engine.place(order("buy", "1", "100", id=name), NOON)
    engine.amend(order("buy", "2", "100", id="first"), NOON)
    for resting in engine.resting():
        again.restore(resting)
    assert [report.client_order_id for report in tick(again, 1, asks="100×1", last="101")] == ["second"]


def test_an_order_moved_away_no_longer_fills_at_its_old_price() -> None:
    engine = engine_with(asks="101×1")
    engine.place(order("buy", "1", "100"), NOON)
    engine.amend(order("buy", "1", "99"), NOON)
    assert tick(engine, 1, asks="100×9", last="100") == []
    assert cuts(tick(engine, 2, asks="99×9", last="99")[0]) == ["1@99"]


def test_the_amount_counts_what_is_filled() -> None:
    engine = engine_with(asks="100×1")
    engine.place(order("buy", "3", "100"), NOON)
    engine.amend(order("buy", "2", "100"), NOON)
    (report,) = tick(engine, 1, asks="100×9", last="100")
    assert (report.state, cuts(report)) == ("filled", ["1@100"])


@pytest.mark.parametrize("amount", ["1", "0.5"])
def test_an_order_that_has_filled_all_of_its_new_amount_is_filled(amount: str) -> None:
    engine = engine_with(asks="100×1")
    engine.place(order("buy", "3", "100"), NOON)
    report = engine.amend(order("buy", amount, "100"), NOON)
    assert (report.state, cuts(report)) == ("filled", ["1@100"])
    assert engine.open_orders() == []
    assert tick(engine, 1, asks="100×9", last="100") == []


def test_a_post_only_order_that_would_take_at_its_new_price_is_cancelled() -> None:
    engine = engine_with(bids="99×1", asks="101×1")
    engine.place(order("buy", "1", "100", post_only=True), NOON)
    report = engine.amend(order("buy", "1", "101", post_only=True), NOON)
    assert (report.state, report.fills) == ("cancelled", ())
    assert report.reason == "postOnly true: price 101 would take at 101"


def test_a_post_only_order_rests_at_its_new_price_beside_the_book() -> None:
    engine = engine_with(bids="99×1", asks="101×1")
    engine.place(order("buy", "1", "99", post_only=True), NOON)
    assert engine.amend(order("buy", "1", "100", post_only=True), NOON).state == "open"
    assert tick(engine, 1, asks="100×1", last="101")[0].fills[0].liquidity == "maker"


def test_a_closed_order_is_reported_as_it_is() -> None:
    engine = engine_with(asks="100×1")
    engine.place(order("buy", "1", "100"), NOON)
    report = engine.amend(order("buy", "2", "100"), NOON)
    assert (report.state, cuts(report)) == ("filled", ["1@100"])
    assert tick(engine, 1, asks="100×9", last="100") == []


def test_an_order_that_is_not_known_cannot_be_amended() -> None:
    with pytest.raises(ExchangeError, match="no order has the client order id 'a'"):
        engine_with().amend(order("buy", "1", "100"), NOON)


def test_a_change_that_breaks_a_rule_leaves_the_order_as_it_was() -> None:
    engine = engine_with(asks="101×1")
    engine.place(order("buy", "1", "100"), NOON)
    with pytest.raises(ExchangeError, match="price 0 is not above zero"):
        engine.amend(order("buy", "1", "0"), NOON)
    assert cuts(tick(engine, 1, asks="100×1", last="101")[0]) == ["1@100"]


def test_a_stop_waits_for_its_new_price() -> None:
    engine = engine_with(bids="100×9", asks="101×9")
    engine.place(order("sell", "1", type="stop-market", stop="95"), NOON)
    assert engine.amend(order("sell", "1", type="stop-market", stop="90"), NOON).state == "open"
    assert tick(engine, 1, bids="94×9", last="94") == []
    (report,) = tick(engine, 2, bids="89×9", last="89")
    assert (report.state, cuts(report), report.triggered_at) == ("filled", ["1@89"], Decimal(89))


def test_a_stop_moved_beyond_the_market_triggers_at_once() -> None:
    engine = engine_with(bids="100×9", asks="101×9")
    engine.place(order("sell", "1", type="stop-market", stop="95"), NOON)
    report = engine.amend(order("sell", "1", type="stop-market", stop="100"), NOON)
    assert (report.state, cuts(report), report.triggered_at) == ("filled", ["1@100"], Decimal(100))


def test_a_triggered_stop_limit_moves_as_the_limit_order_that_it_is() -> None:
    engine = engine_with(asks="100×1")
    engine.place(order("buy", "2", "106", type="stop-limit", stop="105"), NOON)
    tick(engine, 1, asks="110×9", last="110")
    report = engine.amend(order("buy", "2", "111", type="stop-limit", stop="105"), second(1))
    assert (report.state, cuts(report), report.triggered_at) == ("filled", ["2@110"], Decimal(110))


def test_an_amended_order_still_expires() -> None:
    engine = engine_with(asks="101×1")
    dated = order("buy", "1", "100", tif="GTD", expires=10)
    engine.place(dated, NOON)
    engine.amend(replace(dated, price=Decimal(99)), NOON)
    assert [report.client_order_id for report in engine.expire(second(10))] == ["a"]
    assert engine.open_orders() == []


def test_a_restored_order_can_be_amended() -> None:
    engine = engine_with(asks="101×1")
    engine.place(order("buy", "1", "100"), NOON)
    again = engine_with(asks="101×1")
    for resting in engine.resting():
        again.restore(resting)
    assert cuts(again.amend(order("buy", "1", "101"), NOON)) == ["1@101"]
