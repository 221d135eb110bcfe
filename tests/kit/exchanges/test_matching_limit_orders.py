"""Limit orders: what takes, what rests, and who is filled first when the market comes."""

from decimal import Decimal

from kit.exchanges.matching import MatchingEngine
from tests.kit.exchanges.orders import NOON, cuts, engine_with, order, second, tick


def test_the_marketable_part_takes_and_the_rest_rests() -> None:
    engine = engine_with(asks="100×1 101×1 102×9")
    report = engine.place(order("buy", "3", "101"), NOON)
    assert (report.state, cuts(report)) == ("open", ["1@100", "1@101"])
    assert {fill.liquidity for fill in report.fills} == {"taker"}
    assert [open_order.client_order_id for open_order in engine.open_orders()] == ["a"]


def test_a_resting_buy_fills_as_maker_at_its_own_price_when_an_ask_comes_down_to_it() -> None:
    engine = engine_with(asks="101×5")
    engine.place(order("buy", "2", "100"), NOON)
    (report,) = tick(engine, 1, asks="99×5", last="99")
    assert (report.state, cuts(report)) == ("filled", ["2@100"])
    (fill,) = report.fills
    assert (fill.liquidity, fill.fee, fill.occurred_at) == ("maker", Decimal("0.16"), second(1))


def test_a_resting_sell_fills_when_a_bid_comes_up_to_it() -> None:
    engine = engine_with(bids="99×5", last="99")
    engine.place(order("sell", "2", "100"), NOON)
    (report,) = tick(engine, 1, bids="100×5", last="99.5")
    assert (report.state, cuts(report)) == ("filled", ["2@100"])


def test_a_resting_order_gets_no_more_than_the_depth_at_its_price() -> None:
    engine = engine_with(asks="101×5")
    engine.place(order("buy", "4", "100"), NOON)
    (first,) = tick(engine, 1, asks="99×1 100×0.5 100.01×9", last="100.5")
    assert (first.state, cuts(first)) == ("open", ["1.5@100"])
    (second_report,) = tick(engine, 2, asks="100×9", last="100.5")
    assert (second_report.state, cuts(second_report)) == ("filled", ["2.5@100"])
    assert second_report.fills[0].trade_id == "paper-a-2"


def test_a_price_that_only_touches_the_limit_gives_the_best_level_of_the_book() -> None:
    engine = engine_with(bids="99×1", asks="101×5", last="100.5")
    engine.place(order("buy", "4", "100"), NOON)
    (report,) = tick(engine, 1, bids="99×1", asks="101×1.5 102×9", last="100")
    assert (report.state, cuts(report)) == ("open", ["1.5@100"])


def test_a_last_price_short_of_the_limit_fills_nothing() -> None:
    engine = engine_with(bids="99×1", asks="101×5", last="100.5")
    engine.place(order("buy", "1", "100"), NOON)
    engine.place(order("sell", "1", "102", id="b"), NOON)
    assert tick(engine, 1, bids="99×1", asks="101×5", last="100.01") == []


def test_a_touched_sell_is_met_by_the_best_bid() -> None:
    engine = engine_with(bids="99×1", asks="101×5", last="99.5")
    engine.place(order("sell", "4", "100"), NOON)
    (report,) = tick(engine, 1, bids="99×1 98×7", asks="101×5", last="100.5")
    assert cuts(report) == ["1@100"]


def test_a_trade_before_the_order_does_not_fill_it() -> None:
    engine = engine_with(bids="99×1", asks="101×5", last="99.5")
    assert engine.place(order("buy", "1", "100"), NOON).fills == ()
    assert tick(engine, 0, bids="99×1", asks="101×5", last="99.5") == []


def test_the_better_price_and_then_the_older_order_is_filled_first() -> None:
    engine = engine_with(asks="105×5", last="105")
    for name, price in (("late", "100"), ("low", "99"), ("later", "100"), ("high", "101")):
        engine.place(order("buy", "1", price, id=name), NOON)
    reports = tick(engine, 1, asks="98×2.5", last="105")
    assert [(report.client_order_id, cuts(report)) for report in reports] == [
        ("high", ["1@101"]),
        ("late", ["1@100"]),
        ("later", ["0.5@100"]),
    ]


def test_depth_at_a_touched_price_is_shared_by_all_who_are_touched() -> None:
    engine = engine_with(asks="105×5", last="105")
    engine.place(order("buy", "1", "100", id="a"), NOON)
    engine.place(order("buy", "1", "100", id="b"), NOON)
    reports = tick(engine, 1, asks="101×1.2 102×9", last="100")
    assert [cuts(report) for report in reports] == [["1@100"], ["0.2@100"]]


def test_a_new_order_gets_only_what_resting_ones_left() -> None:
    engine = engine_with(asks="105×5", last="105")
    engine.place(order("buy", "2", "100", id="resting"), NOON)
    tick(engine, 1, asks="100×3", last="100")
    report = engine.place(order("buy", "2", id="new"), second(1))
    assert (report.state, cuts(report)) == ("cancelled", ["1@100"])


def test_our_own_buys_and_sells_do_not_meet_each_other() -> None:
    engine = engine_with(bids="90×1", asks="110×1")
    engine.place(order("buy", "1", "100", id="a"), NOON)
    assert engine.place(order("sell", "1", "99", id="b"), NOON).fills == ()


def test_pairs_that_are_idle_say_so() -> None:
    engine: MatchingEngine = engine_with(asks="100×1")
    assert engine.idle("BTC/USDT")
    engine.place(order("buy", "1", "90"), NOON)
    assert not engine.idle("BTC/USDT")
