"""One position's share in equity, the number of positions, and which pairs may be entered."""

from typing import Final

from msgspec.structs import replace

from domain.commands import PlaceOrder
from domain.instruments import Instrument
from tests.domain.books import BTC_USDT_FREE, account, after, events, limit, market, names, oco
from tests.domain.risk.limited import filled, holding, limited, placed, refused, resting, said, seen, seen_amend, view

ETH: Final = replace(BTC_USDT_FREE, pair="ETH/USDT", base="ETH")
SOL: Final = replace(BTC_USDT_FREE, pair="SOL/USDT", base="SOL")
WORLD: Final = view(ETH="100", SOL="100")


def buy(instrument: Instrument, amount: str, order_id: str, price: str = "100") -> PlaceOrder:
    return seen(limit("buy", amount, price, order_id=order_id), WORLD, instrument=instrument)


def test_a_position_may_take_its_share_of_equity_and_no_more() -> None:
    shared = limited(max_position_percent="25")
    placed(shared, seen(limit("buy", "25", "100")))
    refusal = refused(shared, seen(limit("buy", "34.2", "100")))
    assert said(refusal) == (
        "maxPositionPercent",
        "25",
        {"position": "3420", "equity": "10000", "sharePercent": "34.2"},
    )
    assert refusal.message == "Position in BTC/USDT would be 34.2 % of equity 10,000 USD; the limit is 25 %"
    assert said(refused(shared, seen(limit("buy", "25.0001", "100"))))[2]["sharePercent"] == "25.0001"


def test_what_is_held_counts_at_the_market_and_equity_with_it() -> None:
    """10 BTC bought at 100 are worth 3,000 at 300: equity is 9,000 + 3,000, and a quarter of it is held already."""
    shared = limited(holding("10", USDT="10000"), max_position_percent="25")
    refusal = refused(shared, seen(limit("buy", "0.02", "300"), view("300")))
    assert said(refusal)[2] == {"position": "3006", "equity": "12000", "sharePercent": "25.05"}


def test_other_open_buys_of_the_base_count_at_their_own_prices() -> None:
    """15 at 100 and 10 at 90 are 2,400; one more at 100 is the limit, and a cent more is above it."""
    shared = limited(max_position_percent="25")
    shared = placed(shared, seen(limit("buy", "15", "100", order_id="a")))
    shared = placed(shared, seen(limit("buy", "10", "90", order_id="b")))
    placed(shared, seen(limit("buy", "1", "100", order_id="c")))
    refusal = refused(shared, seen(limit("buy", "1.0001", "100", order_id="c")))
    assert said(refusal)[2] == {"position": "2500.01", "equity": "10000", "sharePercent": "25.0001"}


def test_of_two_linked_buys_the_dearer_one_counts() -> None:
    """10 at 90 or 10 at 120 are at most 1,200; 13 more at 100 are the limit."""
    shared = limited(max_position_percent="25")
    both = oco("buy", "10", "90", "120")
    shared = after(shared, replace(both, limit=seen(both.limit), stop=seen(both.stop)))
    placed(shared, seen(limit("buy", "13", "100", order_id="c")))
    refusal = refused(shared, seen(limit("buy", "13.0001", "100", order_id="c")))
    assert said(refusal)[2] == {"position": "2500.01", "equity": "10000", "sharePercent": "25.0001"}


def test_an_amendment_counts_what_is_left_of_its_order_once() -> None:
    """10 of 20 are filled and held; 25 in all would leave 15 to buy: 2,500 of 10,000."""
    shared = placed(limited(max_position_percent="25"), seen(limit("buy", "20", "100")))
    shared = after(shared, replace(filled("10", "100"), state="open"))
    assert names(events(shared, seen_amend(amount="25"))) == ["AmendmentRequested"]
    assert said(refused(shared, seen_amend(amount="26")))[2]["sharePercent"] == "26"
    assert said(refused(shared, seen_amend(price="151")))[2]["position"] == "2510"


def test_an_amendment_that_its_exchange_has_not_answered_counts_as_the_larger_of_both() -> None:
    """10 are to become 20, or stay 10: another 5 may be bought, whatever the answer, and not a bit more."""
    shared = resting(limited(max_position_percent="25"), seen(limit("buy", "10", "100")))
    larger = after(shared, seen_amend(amount="20"))
    placed(larger, seen(limit("buy", "5", "100", order_id="b")))
    assert said(refused(larger, seen(limit("buy", "5.0001", "100", order_id="b"))))[2]["sharePercent"] == "25.0001"
    smaller = after(
        resting(limited(max_position_percent="25"), seen(limit("buy", "20", "100"))), seen_amend(amount="10")
    )
    assert said(refused(smaller, seen(limit("buy", "5.0001", "100", order_id="b"))))[2]["sharePercent"] == "25.0001"


def test_what_makes_a_position_smaller_passes_though_it_is_too_large() -> None:
    large = limited(resting(holding("30", USDT="10000"), limit("buy", "10", "100")), max_position_percent="25")
    placed(large, seen(limit("sell", "1", "100", order_id="s")))
    assert names(events(large, seen_amend(amount="5"))) == ["AmendmentRequested"]
    assert names(events(large, seen_amend(price="90"))) == ["AmendmentRequested"]


def test_a_sale_for_another_coin_is_a_position_in_that_coin() -> None:
    """5,000 USDT and 50 ETH at 100: 25 BTC for 25 of them are a quarter of all, and the least bit more is above it."""
    shared = limited(account(USDT="5000", ETH="50"), max_position_percent="25")
    cross = replace(ETH, pair="ETH/BTC", quote="BTC")
    placed(shared, seen(limit("sell", "25", "1", order_id="s"), WORLD, instrument=cross))
    refusal = refused(shared, seen(limit("sell", "25.0001", "1", order_id="s"), WORLD, instrument=cross))
    assert said(refusal) == (
        "maxPositionPercent",
        "25",
        {"position": "2500.01", "equity": "10000", "sharePercent": "25.0001"},
    )
    assert refusal.message == "Position in BTC would be 25.0001 % of equity 10,000 USD; the limit is 25 %"
    placed(shared, seen(limit("sell", "50", "100", order_id="s"), WORLD, instrument=ETH))


def test_a_position_beyond_the_number_of_positions_is_refused() -> None:
    few = limited(max_open_positions=2)
    few = after(placed(few, buy(BTC_USDT_FREE, "1", "a")), filled("1", "100", "a"))
    few = placed(few, buy(ETH, "1", "b"))
    refusal = refused(few, buy(SOL, "1", "c"))
    assert said(refusal) == ("maxOpenPositions", "2", {"open": "2", "pairs": "BTC/USDT, ETH/USDT"})
    assert refusal.message == "SOL/USDT would be position number 3; the limit is 2"


def test_more_of_a_position_or_of_a_pair_that_is_being_bought_is_no_new_one() -> None:
    few = limited(max_open_positions=2)
    few = after(placed(few, buy(BTC_USDT_FREE, "1", "a")), filled("1", "100", "a"))
    few = placed(few, buy(ETH, "1", "b"))
    placed(placed(few, buy(BTC_USDT_FREE, "1", "c")), buy(ETH, "1", "d"))


def test_only_pairs_that_are_allowed_may_be_bought_and_any_may_be_sold() -> None:
    some = limited(holding("5", USDT="10000"), allowed_pairs=("ETH/USDT", "SOL/USDT"))
    placed(some, buy(ETH, "1", "a"))
    refusal = refused(some, seen(limit("buy", "1", "100")))
    assert said(refusal) == ("allowedPairs", "ETH/USDT,SOL/USDT", {"pair": "BTC/USDT"})
    assert refusal.message == "BTC/USDT is not among the pairs that may be bought: ETH/USDT, SOL/USDT"
    placed(some, seen(market("sell", "5", "100")))


def test_a_blocked_pair_may_be_left_and_not_entered() -> None:
    some = limited(holding("5", USDT="10000"), blocked_pairs=("BTC/USDT",))
    refusal = refused(some, seen(limit("buy", "1", "100")))
    assert said(refusal) == ("blockedPairs", "BTC/USDT", {"pair": "BTC/USDT"})
    assert refusal.message == "BTC/USDT is blocked: it may be sold, but not bought"
    placed(some, seen(market("sell", "5", "100")))
    placed(some, buy(ETH, "1", "a"))


def test_a_pair_is_blocked_or_allowed_in_whatever_case_it_was_typed() -> None:
    blocked = limited(blocked_pairs=("btc/usdt",))
    assert said(refused(blocked, seen(limit("buy", "1", "100"))))[0] == "blockedPairs"
    placed(limited(allowed_pairs=("btc/Usdt",)), seen(limit("buy", "1", "100")))


def test_a_pair_that_was_blocked_while_it_was_being_bought_takes_no_larger_order() -> None:
    order = limited(resting(account(USDT="10000"), limit("buy", "1", "100")), blocked_pairs=("BTC/USDT",))
    assert said(refused(order, seen_amend(amount="2")))[0] == "blockedPairs"
    assert names(events(order, seen_amend(amount="0.5"))) == ["AmendmentRequested"]
