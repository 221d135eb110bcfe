"""Collars against the last price, stale prices, and prices that cannot be had."""

from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from domain.commands import PlaceOrder
from domain.risk.market import MarketView, UsdPrices
from tests.domain.books import after, amend, events, limit, market, names, stop, trigger
from tests.domain.risk.limited import filled, holding, limited, placed, refused, resting, said, seen, seen_amend, view


def beyond(price: str, reference: str, percent: str) -> dict[str, str]:
    return {"price": price, "reference": reference, "beyondPercent": percent}


def test_a_buy_may_lie_the_collar_above_the_last_price_and_no_tick_more() -> None:
    collared = limited(price_collar_percent="2")
    placed(collared, seen(limit("buy", "1", "102")))
    refusal = refused(collared, seen(limit("buy", "1", "102.01")))
    assert said(refusal) == ("priceCollarPercent", "2", beyond("102.01", "100", "2.01"))
    assert refusal.message == "Price 102.01 of BTC/USDT is 2.01 % above the last price 100; the limit is 2 %"


def test_a_sale_may_lie_the_collar_below_the_last_price_and_no_tick_more() -> None:
    collared = limited(holding("5", USDT="10000"), price_collar_percent="2")
    placed(collared, seen(limit("sell", "1", "98")))
    refusal = refused(collared, seen(limit("sell", "1", "97.99")))
    assert said(refusal) == ("priceCollarPercent", "2", beyond("97.99", "100", "2.01"))
    assert refusal.message == "Price 97.99 of BTC/USDT is 2.01 % below the last price 100; the limit is 2 %"


def test_a_price_that_costs_nothing_may_be_as_far_away_as_one_likes() -> None:
    collared = limited(holding("5", USDT="10000"), price_collar_percent="2")
    placed(collared, seen(limit("buy", "1", "50")))
    placed(collared, seen(limit("sell", "1", "200")))


def test_a_market_order_is_judged_by_the_price_that_it_would_meet() -> None:
    collared = limited(holding("5", USDT="10000"), price_collar_percent="2")
    wide = view(last="100")
    placed(collared, seen(market("buy", "1", "102"), wide))
    assert said(refused(collared, seen(market("buy", "1", "103"), wide)))[2] == beyond("103", "100", "3")
    assert said(refused(collared, seen(market("sell", "1", "97"), wide)))[2] == beyond("97", "100", "3")


def stop_limit(stop_price: str, price: str) -> PlaceOrder:
    return seen(stop("buy", "1", stop_price, type="stop-limit", price=Decimal(price)))


def test_the_limit_behind_a_stop_is_compared_with_its_stop() -> None:
    collared = limited(price_collar_percent="2")
    placed(collared, stop_limit("150", "153"))
    refusal = refused(collared, stop_limit("150", "153.01"))
    assert said(refusal)[2]["reference"] == "150"
    assert refusal.message == "Price 153.01 of BTC/USDT is 2.01 % above its stop 150; the limit is 2 %"


def test_no_amendment_gets_around_the_collar() -> None:
    order = resting(limited(price_collar_percent="2"), seen(limit("buy", "1", "100")))
    assert names(events(order, seen_amend(price="102"))) == ["AmendmentRequested"]
    assert said(refused(order, seen_amend(price="102.01")))[0] == "priceCollarPercent"
    waiting = resting(limited(price_collar_percent="2"), stop_limit("150", "153"))
    assert said(refused(waiting, seen_amend(stop_price="149")))[2] == {
        "price": "153",
        "reference": "149",
        "beyondPercent": "2.684563758389261745",
    }


def test_a_price_may_be_as_old_as_the_limit_and_no_older() -> None:
    fresh = limited(holding("5", USDT="10000"), max_price_age_s="5")
    for order in (limit("buy", "1", "100"), limit("sell", "1", "100")):
        placed(fresh, seen(order, view(age_s="5")))
        refusal = refused(fresh, seen(order, view(age_s="5.000001")))
        assert said(refusal) == ("maxPriceAgeSeconds", "5", {"ageSeconds": "5.000001"})
    assert refused(fresh, seen(order, view(age_s="12"))).message == (
        "The last price of BTC/USDT is 12 s old; the limit is 5 s: send a new order later"
    )


def test_what_closes_a_position_asks_for_no_price_at_all() -> None:
    held = limited(holding("5", USDT="10000"), max_price_age_s="5", price_collar_percent="2", daily_loss_percent="5")
    placed(held, replace(market("sell", "5", "10"), closes=True))


def test_an_entry_without_the_prices_that_its_limits_need_is_refused_with_the_reason() -> None:
    blind = MarketView(prices=UsdPrices(), last=None)
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"max_order_notional": "500"}, "There is no price in USD of USDT now"),
        ({"max_position_percent": "25"}, "There is no price in USD of BTC, USDT now"),
        ({"daily_loss_percent": "5"}, "There is no price in USD of BTC, USDT now"),
        ({"price_collar_percent": "2"}, "There is no last price of BTC/USDT now"),
        ({"max_price_age_s": "5"}, "There is no last price of BTC/USDT now"),
    )
    for limits, sentence in cases:
        for market_ in (blind, None):
            refusal = refused(limited(**limits), replace(limit("buy", "1", "100"), market=market_))
            assert refusal.check == "price"
            assert refusal.message == f"{sentence}, and without it the limits cannot be checked"


def test_one_price_that_is_missing_among_all_that_is_held_refuses_an_entry_and_not_a_sale() -> None:
    held = limited(holding("5", USDT="10000", ETH="3"), daily_loss_percent="5")
    assert said(refused(held, seen(limit("buy", "1", "100"))))[2] == {"assets": "ETH"}
    placed(held, seen(limit("sell", "1", "100")))


def test_what_is_held_without_a_listing_counts_nothing_but_cannot_be_bought() -> None:
    listed = {"USDT": Decimal(1), "BTC": Decimal(100)}
    held = limited(holding("5", USDT="10000", OLD="3"), max_position_percent="25")
    placed(held, seen(limit("buy", "1", "100"), MarketView(prices=UsdPrices(listed, ("OLD",)))))
    unlisted = MarketView(prices=UsdPrices({"USDT": Decimal(1)}, ("BTC", "OLD")))
    assert said(refused(held, seen(limit("buy", "1", "100"), unlisted)))[2] == {"assets": "BTC"}


def test_exits_ask_for_no_price() -> None:
    collared = limited(price_collar_percent="2", daily_loss_percent="5", max_price_age_s="5", max_order_notional="150")
    guarded = placed(collared, seen(limit("buy", "1", "100", stop_loss="90")))
    assert names(events(guarded, amend(stop_loss="80"))) == ["OrderAmended"]
    armed = after(guarded, filled("1", "100"))
    assert names(events(armed, trigger("stop_loss", "10")))[-1] == "OrderPlaced"
