"""The smallest and the largest order, in USD."""

from domain.commands import PlaceOrder
from tests.domain.books import account, amend, events, limit, market, names, stop
from tests.domain.risk.limited import holding, limited, placed, refused, resting, said, seen, seen_amend, view


def buy(amount: str, price: str = "100") -> PlaceOrder:
    return seen(limit("buy", amount, price))


def test_an_order_may_be_worth_the_largest_notional_and_not_a_cent_more() -> None:
    most = limited(max_order_notional="500")
    placed(most, buy("5"))
    refusal = refused(most, buy("5.0001"))
    assert said(refusal) == ("maxOrderNotional", "500", {"notional": "500.01"})
    assert refusal.message == "The order for BTC/USDT is worth 500.01 USD; the limit is 500 USD"
    assert (refusal.method, refusal.client_order_id, refusal.pair) == ("trade.execute", "mine-o-1", "BTC/USDT")


def test_an_order_has_to_be_worth_the_smallest_notional() -> None:
    least = limited(min_order_notional="50")
    placed(least, buy("0.5"))
    refusal = refused(least, buy("0.4999"))
    assert said(refusal) == ("minOrderNotional", "50", {"notional": "49.99"})
    assert refusal.message == "The order for BTC/USDT is worth 49.99 USD; at least 50 USD is asked for"


def test_a_notional_counts_in_dollars_whatever_the_pair_is_quoted_in() -> None:
    most = limited(max_order_notional="500")
    at_two_dollars = view(USDT="2")
    placed(most, seen(limit("buy", "2.5", "100"), at_two_dollars))
    assert said(refused(most, seen(limit("buy", "2.51", "100"), at_two_dollars)))[2] == {"notional": "502"}


def test_a_budget_counts_as_what_it_may_spend() -> None:
    most = limited(max_order_notional="500")
    placed(most, seen(market("buy", "500", "97", unit="quote"), view("97")))
    assert said(refused(most, seen(market("buy", "500.01", "97", unit="quote"), view("97"))))[2] == {
        "notional": "500.01"
    }


def test_a_market_order_counts_at_the_price_seen_and_a_stop_at_its_stop() -> None:
    most = limited(max_order_notional="500")
    assert said(refused(most, seen(market("buy", "5", "101"))))[2] == {"notional": "505"}
    assert said(refused(most, seen(stop("buy", "5", "110"))))[2] == {"notional": "550"}


def test_a_sale_may_be_too_large_and_never_too_small() -> None:
    held = limited(holding("20", USDT="10000"), min_order_notional="50", max_order_notional="500")
    placed(held, seen(limit("sell", "0.1", "100")))
    assert said(refused(held, seen(limit("sell", "5.1", "100"))))[:2] == ("maxOrderNotional", "500")


def test_closing_a_position_is_never_too_large() -> None:
    held = limited(holding("20", USDT="10000"), max_order_notional="500")
    placed(held, seen(market("sell", "20", "100"), closes=True))


def test_no_amendment_gets_around_the_notional() -> None:
    order = resting(limited(min_order_notional="50", max_order_notional="500"), buy("4"))
    for change, notional in ((seen_amend(amount="5.1"), "510"), (seen_amend(price="126"), "504")):
        refusal = refused(order, change)
        assert (refusal.method, said(refusal)) == ("order.amend", ("maxOrderNotional", "500", {"notional": notional}))
    assert said(refused(order, seen_amend(amount="0.4"))) == ("minOrderNotional", "50", {"notional": "40"})
    assert names(events(order, seen_amend(amount="5", price="100"))) == ["AmendmentRequested"]
    assert names(events(order, amend(stop_loss="90"))) == ["OrderAmended"]


def test_without_limits_any_order_is_let_through() -> None:
    assert names(events(account(USDT="10000"), limit("buy", "99", "100"))) == ["OrderPlaced"]
