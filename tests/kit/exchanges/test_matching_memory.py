"""What the engine remembers of orders: copies, cancels, closed orders and restarts."""

from decimal import Decimal

import pytest

from kit.exchanges.matching import MatchingEngine
from kit.exchanges.protocol import ExchangeError, OrderRequest, RestingOrder
from tests.kit.exchanges.orders import BTC_USDT, NOON, PAIR, book, cuts, engine_with, order, second, tick


def resting(request: OrderRequest, *, filled: str = "0", fills: int = 0, triggered: bool = False) -> RestingOrder:
    return RestingOrder(
        request=request,
        exchange_order_id=f"paper-{request.client_order_id}",
        filled_amount=Decimal(filled),
        fill_count=fills,
        triggered=triggered,
    )


def test_placing_again_reports_all_fills_so_far_and_trades_nothing() -> None:
    engine = engine_with(asks="100×1")
    first = engine.place(order("buy", "3", "100"), NOON)
    (later,) = tick(engine, 1, asks="100×1", last="100")
    again = engine.place(order("buy", "3", "100"), second(1))
    assert (again.state, again.fills) == ("open", first.fills + later.fills)
    assert engine.order("a") == again


def test_a_cancel_ends_an_order_and_a_second_one_says_the_same() -> None:
    engine = engine_with(asks="100×1")
    engine.place(order("buy", "3", "100"), NOON)
    first = engine.cancel("a")
    assert (first.state, first.reason, cuts(first)) == ("cancelled", "cancelled on request", ["1@100"])
    assert engine.cancel("a") == first
    assert tick(engine, 1, asks="90×9", last="90") == []


def test_a_cancel_of_a_filled_order_reports_it_as_filled() -> None:
    engine = engine_with(asks="100×1")
    filled = engine.place(order("buy", "1"), NOON)
    assert engine.cancel("a") == filled


def test_a_cancel_of_an_unknown_order_says_so() -> None:
    with pytest.raises(ExchangeError, match="nothing"):
        engine_with().cancel("nothing")


def test_a_rejection_is_remembered() -> None:
    engine = engine_with(asks="100×1")
    rejected = engine.place(order("buy", "1", "100.001"), NOON)
    assert engine.place(order("buy", "1", "100"), NOON) == rejected


def test_only_the_newest_closed_orders_are_remembered_and_open_ones_always() -> None:
    engine = MatchingEngine({PAIR: BTC_USDT}, "paper", closed_orders_max=2)
    engine.tick(book(asks="100×9"), Decimal(100), NOON)
    engine.place(order("buy", "1", "50", id="open"), NOON)
    for name in ("a", "b", "c"):
        engine.place(order("buy", "1", id=name), NOON)
    assert engine.order("a") is None
    assert [fill.client_order_id for fill in engine.fills_since(NOON)] == ["b", "c"]
    assert [report.client_order_id for report in engine.open_orders(PAIR)] == ["open"]


def test_fills_since_a_time_leave_out_earlier_ones_and_other_pairs() -> None:
    engine = engine_with(asks="100×1")
    engine.place(order("buy", "2", "100"), NOON)
    tick(engine, 5, asks="100×1", last="100")
    assert [fill.trade_id for fill in engine.fills_since(second(5))] == ["paper-a-2"]
    assert engine.fills_since(NOON, "ETH/USDT") == []


def test_a_restored_order_goes_on_with_its_amount_and_its_trade_ids() -> None:
    engine = MatchingEngine({PAIR: BTC_USDT}, "paper")
    engine.restore(resting(order("buy", "3", "100"), filled="1", fills=2))
    (report,) = tick(engine, 1, asks="100×9", last="101")
    assert (report.state, cuts(report), report.fills[0].trade_id) == ("filled", ["2@100"], "paper-a-3")


def test_restored_orders_keep_their_turn() -> None:
    engine = MatchingEngine({PAIR: BTC_USDT}, "paper")
    for name in ("older", "newer"):
        engine.restore(resting(order("buy", "1", "100", id=name)))
    assert [report.client_order_id for report in tick(engine, 1, asks="100×1", last="101")] == ["older"]


def test_restoring_twice_is_restoring_once() -> None:
    engine = MatchingEngine({PAIR: BTC_USDT}, "paper")
    for _ in range(2):
        engine.restore(resting(order("buy", "1", "100")))
    assert len(tick(engine, 1, asks="100×9", last="101")) == 1


def test_a_restored_stop_waits_for_its_price_unless_it_had_been_reached() -> None:
    engine = MatchingEngine({PAIR: BTC_USDT}, "paper")
    stop = order("sell", "2", "94", id="waits", type="stop-limit", stop="95")
    reached = order("sell", "2", "94", id="reached", type="stop-limit", stop="95")
    engine.restore(resting(stop))
    engine.restore(resting(reached, filled="1", fills=1, triggered=True))
    (report,) = tick(engine, 1, bids="99×9", last="99")
    assert (report.client_order_id, cuts(report)) == ("reached", ["1@94"])


def test_an_interrupted_order_that_never_rests_is_cancelled() -> None:
    engine = MatchingEngine({PAIR: BTC_USDT}, "paper")
    report = engine.restore(resting(order("buy", spend="100"), filled="0.5", fills=1))
    assert report is not None
    assert report.state == "cancelled"
    assert report.reason == "interrupted by a restart: a market order never rests"


def test_a_restored_order_that_has_all_its_fills_is_filled() -> None:
    engine = MatchingEngine({PAIR: BTC_USDT}, "paper")
    report = engine.restore(resting(order("buy", "1", "100"), filled="1", fills=1))
    assert report is not None
    assert report.state == "filled"
    assert engine.idle(PAIR)


def test_an_order_goes_on_with_what_a_fill_made_elsewhere_left_of_it() -> None:
    engine = engine_with(asks="100×1")
    engine.place(order("buy", "5", "100"), NOON)
    assert engine.restore(resting(order("buy", "5", "100"), filled="3", fills=2)) is None
    (report,) = tick(engine, 1, asks="100×9", last="100")
    assert (report.state, cuts(report), report.fills[0].trade_id) == ("filled", ["2@100"], "paper-a-3")


def test_an_order_that_was_filled_elsewhere_is_filled() -> None:
    engine = engine_with(asks="101×1")
    engine.place(order("buy", "5", "100", tif="GTD", expires=9), NOON)
    report = engine.restore(resting(order("buy", "5", "100"), filled="5", fills=1))
    assert report is not None
    assert (report.state, report.fills) == ("filled", ())
    assert tick(engine, 9, asks="100×9", last="100") == []


def test_a_ledger_that_is_behind_takes_nothing_back() -> None:
    engine = engine_with(asks="100×3")
    engine.place(order("buy", "5", "100"), NOON)
    engine.restore(resting(order("buy", "5", "100")))
    (report,) = tick(engine, 1, asks="100×9", last="100")
    assert (cuts(report), report.fills[0].trade_id) == (["2@100"], "paper-a-2")


def test_a_closed_order_is_not_restored() -> None:
    engine = engine_with(asks="100×3")
    engine.place(order("buy", "1", "100"), NOON)
    assert engine.restore(resting(order("buy", "1", "100"))) is None
    assert engine.idle(PAIR)


def test_a_restored_order_of_a_pair_that_is_gone_stays_open_expires_and_can_be_cancelled() -> None:
    engine = MatchingEngine({}, "paper")
    engine.restore(resting(order("buy", "1", "100", id="kept")))
    engine.restore(resting(order("buy", "1", "100", id="dated", tif="GTD", expires=5)))
    assert [report.client_order_id for report in engine.expire(second(5))] == ["dated"]
    assert engine.open_orders()[0].client_order_id == "kept"
    assert engine.cancel("kept").state == "cancelled"
