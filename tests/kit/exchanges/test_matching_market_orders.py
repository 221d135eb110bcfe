"""Market orders walk the book."""

from decimal import Decimal

from msgspec.structs import replace

from domain.instruments import Fees
from kit.exchanges.matching import MatchingEngine
from tests.kit.exchanges.orders import BTC_USDT, NOON, PAIR, book, cuts, engine_with, order


def test_a_buy_for_a_hundred_dollars_gets_whole_lots_and_pays_the_fee_on_top() -> None:
    engine = engine_with(bids="67249×1", asks="67250×1")
    report = engine.place(order("buy", spend="100"), NOON)
    assert report.state == "filled"
    assert report.exchange_order_id == "paper-a"
    (fill,) = report.fills
    assert (fill.amount, fill.price, fill.fee) == (Decimal("0.00148698"), Decimal(67250), Decimal("0.099999405"))
    assert (fill.trade_id, fill.fee_asset, fill.liquidity, fill.occurred_at) == ("paper-a-1", "USDT", "taker", NOON)
    assert (fill.client_order_id, fill.exchange_order_id, fill.side) == ("a", "paper-a", "buy")


def test_a_market_order_takes_the_best_level_first_with_one_fill_a_level() -> None:
    engine = engine_with(asks="100×1 101×2 102×5")
    report = engine.place(order("buy", "4"), NOON)
    assert report.state == "filled"
    assert cuts(report) == ["1@100", "2@101", "1@102"]
    assert [fill.fee for fill in report.fills] == [Decimal("0.1"), Decimal("0.202"), Decimal("0.102")]
    assert [fill.trade_id for fill in report.fills] == ["paper-a-1", "paper-a-2", "paper-a-3"]


def test_a_sell_walks_the_bids_downwards() -> None:
    engine = engine_with(bids="100×1 99×1", asks="101×9")
    assert cuts(engine.place(order("sell", "1.5"), NOON)) == ["1@100", "0.5@99"]


def test_a_budget_is_spent_level_by_level() -> None:
    # 1 × 100 leaves 202, which pays for 2 × 100.5 and then for 0.00990099 × 101 (0.99999999 of 1).
    engine = engine_with(asks="100×1 100.5×2 101×5")
    report = engine.place(order("buy", spend="302"), NOON)
    assert cuts(report) == ["1@100", "2@100.5", "0.00990099@101"]
    assert report.state == "filled"


def test_a_budget_that_the_book_uses_up_to_the_lot_is_filled() -> None:
    engine = engine_with(asks="100×1")
    assert engine.place(order("buy", spend="100.0000005"), NOON).state == "filled"


def test_a_budget_beyond_the_book_is_cancelled_and_keeps_its_fills() -> None:
    engine = engine_with(asks="100×1")
    report = engine.place(order("buy", spend="150"), NOON)
    assert (report.state, cuts(report)) == ("cancelled", ["1@100"])
    assert report.reason == "the book gave 1 BTC, no more"


def test_a_budget_below_one_lot_is_rejected_with_both_numbers() -> None:
    engine = engine_with(asks="100000000000×1")
    report = engine.place(order("buy", spend="6"), NOON)
    assert report.state == "rejected"
    assert report.reason == "spend 6 buys less than 0.00000001 BTC at 100000000000"


def test_nothing_is_bought_beyond_the_price_bound() -> None:
    engine = engine_with(asks="100×1 101×1 102×1")
    report = engine.place(order("buy", "3", bound="101"), NOON)
    assert (report.state, cuts(report)) == ("cancelled", ["1@100", "1@101"])
    assert report.reason == "the book gave 2 BTC within 101, no more"


def test_nothing_is_sold_below_the_price_bound() -> None:
    engine = engine_with(bids="100×1 99×1 98×1")
    report = engine.place(order("sell", "3", bound="98.5"), NOON)
    assert (report.state, cuts(report)) == ("cancelled", ["1@100", "1@99"])


def test_an_empty_book_cancels_a_market_order() -> None:
    engine = MatchingEngine({PAIR: BTC_USDT}, "paper")
    report = engine.place(order("buy"), NOON)
    assert (report.state, report.fills) == ("cancelled", ())


def test_two_orders_at_one_tick_do_not_get_the_same_liquidity() -> None:
    engine = engine_with(asks="100×1.5 101×5")
    assert cuts(engine.place(order("buy", "1", id="a"), NOON)) == ["1@100"]
    assert cuts(engine.place(order("buy", "1", id="b"), NOON)) == ["0.5@100", "0.5@101"]


def test_the_same_book_again_brings_no_liquidity_and_a_later_one_does() -> None:
    engine = engine_with(asks="100×1")
    engine.place(order("buy", "1", id="a"), NOON)
    engine.tick(book(asks="100×1"), Decimal(100), NOON)
    assert engine.place(order("buy", "1", id="b"), NOON).state == "cancelled"
    engine.tick(book(asks="100×1", at=1), Decimal(100), NOON)
    assert engine.place(order("buy", "1", id="c"), NOON).state == "filled"


def test_a_level_gives_only_whole_lots() -> None:
    engine = engine_with(asks="100×0.000000019 101×1")
    assert cuts(engine.place(order("buy", "0.5"), NOON)) == ["0.00000001@100", "0.49999999@101"]


def test_a_level_below_one_lot_is_passed_over() -> None:
    engine = engine_with(asks="100×0.000000001 101×1")
    assert cuts(engine.place(order("buy", "1"), NOON)) == ["1@101"]


def test_a_fee_longer_than_eighteen_decimals_is_rounded_up() -> None:
    instrument = replace(BTC_USDT, fees=Fees(maker=Decimal(0), taker=Decimal("0.0000000001")))
    engine = MatchingEngine({PAIR: instrument}, "paper")
    engine.tick(book(asks="100.01×1"), Decimal(100), NOON)
    (fill,) = engine.place(order("buy", "0.12345678"), NOON).fills
    assert fill.fee == Decimal("0.000000001234691257")  # 0.12345678 × 100.01 = 12.3469125678
