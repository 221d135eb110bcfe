"""Amending an order: what may change, what it reserves then, and the exits that move with it."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.events.amendments import AmendmentRequested, OrderAmended
from domain.instruments import Fees
from domain.refusals import InvalidOrder
from tests.domain.books import (
    BTC_USDT,
    BTC_USDT_FREE,
    account,
    after,
    amend,
    answer,
    changed,
    events,
    facts,
    fill,
    held,
    limit,
    market,
    moves,
    names,
    only_refusal,
    order,
    report,
    stop,
)
from tests.domain.decisions.resting import FUNDS, resting, usdt


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({"amount": "3"}, ("700", "300")),
        ({"amount": "1.5"}, ("850", "150")),
        ({"price": "120"}, ("760", "240")),
        ({"price": "90"}, ("820", "180")),
        ({"amount": "4", "price": "50"}, ("800", "200")),
        ({"stop_loss": "80"}, ("800", "200")),
    ],
)
def test_a_buy_reserves_what_it_can_cost_from_now_on(changes: dict[str, str], left: tuple[str, str]) -> None:
    assert usdt(changed(resting(limit("buy", "2", "100")), **changes)) == left


def test_a_reservation_with_fees_moves_to_the_last_digit() -> None:
    # 0.12345678 at 67,250.01 cost 8302.4696895678, and 0.1 % of that comes on top.
    entry = replace(limit("buy", "0.1", "67250.01"), instrument=BTC_USDT)
    before = after(account(USDT="10000"), entry, report("open"))
    amended = after(before, replace(amend(amount="0.12345678"), instrument=BTC_USDT), answer("open", amended=True))
    assert order(before).reserved == Decimal("6731.726001")
    assert order(amended).reserved == Decimal("8310.7721592573678") == amended.balance("USDT").locked
    assert amended.balance("USDT").total == 10000
    back = after(amended, replace(amend(amount="0.1"), instrument=BTC_USDT), answer("open", amended=True))
    assert (back.balance("USDT"), order(back)) == (before.balance("USDT"), order(before))


def test_the_fee_is_the_one_that_was_agreed_when_the_order_was_placed() -> None:
    dear = replace(BTC_USDT_FREE, fees=Fees(Decimal("0.5"), Decimal("0.5")))
    amended = after(resting(limit("buy", "2", "100")), replace(amend(amount="3"), instrument=dear))
    assert usdt(amended) == ("700", "300")


def test_the_event_says_all_that_can_change_and_what_moves() -> None:
    before = resting(limit("buy", "2", "100", stop_loss="90"))
    (event,) = events(before, amend(amount="3", take_profit="130"))
    assert isinstance(event, AmendmentRequested)
    assert facts(event, "amount", "price", "price_bound", "stop_price") == (3, 100, None, None)
    assert facts(event, "stop_loss", "take_profit", "trailing_stop") == (90, 130, None)
    assert moves(event) == {("free", "USDT"): -100, ("locked", "USDT"): 100}
    (agreed,) = events(after(before, amend(amount="3", take_profit="130")), answer("open", amended=True))
    assert isinstance(agreed, OrderAmended)
    said = [name for name in AmendmentRequested.__struct_fields__ if name != "postings"]
    assert facts(agreed, *said, "postings") == (*facts(event, *said), ())


def test_of_a_partly_filled_order_only_the_rest_is_reserved() -> None:
    before = resting(limit("buy", "2", "100"), ("0.5", "100"))
    assert usdt(before) == ("800", "150")
    assert usdt(changed(before, amount="1")) == ("900", "50")
    assert usdt(changed(before, amount="3")) == ("700", "250")
    assert usdt(changed(before, price="110")) == ("785", "165")
    done = after(changed(before, amount="1"), report("open", fill("buy", "0.5", "100")))
    assert facts(order(done), "status", "amount", "filled_amount", "reserved") == ("filled", 1, 1, 0)
    assert usdt(done) == ("900", "0")


def test_a_sell_reserves_what_it_sells() -> None:
    before = resting(limit("sell", "1", "100"), ("0.25", "100"))
    assert held(before)["BTC"] == ("1", "0.75")
    assert held(changed(before, amount="1.5"))["BTC"] == ("0.5", "1.25")
    assert held(changed(before, amount="0.5"))["BTC"] == ("1.5", "0.25")
    assert held(changed(before, price="5000"))["BTC"] == ("1", "0.75")


def test_of_an_order_on_its_way_only_the_levels_can_be_amended() -> None:
    before = after(FUNDS, limit("buy", "2", "100"))
    assert order(after(before, amend(stop_loss="90"))).stop_loss == 90
    with pytest.raises(InvalidOrder, match=r"^orderId o-1 is on its way to its exchange"):
        events(before, amend(amount="1"))


def test_more_than_the_funds_is_refused_and_remembered() -> None:
    before = resting(limit("buy", "2", "100"))
    refused = only_refusal(events(before, amend(amount="10.01")))
    assert facts(refused, "method", "client_order_id", "pair") == ("order.amend", "mine-o-1", "BTC/USDT")
    assert refused.message == "Not enough USDT to amend the order: needs 801, free 800"
    assert order(changed(before, amount="10.01")) == order(before)
    assert usdt(changed(before, amount="10")) == ("0", "1000")


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"amount": "0.5"}, "amount", "BTC must be above the 0.5 filled or allowed at least"),
        ({"amount": "0.4"}, "amount", "BTC must be above the 0.5 filled or allowed at least"),
        ({"amount": "-1"}, "amount", "BTC must be above the 0.5 filled or allowed at least"),
        ({"amount": "0.555555555"}, "amount", "BTC is off the lot: steps of 0.00000001"),
        ({"price": "5"}, None, ""),
        ({"price": "2.49"}, "amount", "BTC is below the minimum of 5 USDT"),
        ({"amount": "0.51", "price": "9.8"}, "amount", "BTC is below the minimum of 5 USDT"),
        (
            {"amount": "900000000000000", "price": "99"},
            "amount",
            "BTC comes to 89100000000000000 USDT, which must have",
        ),
        ({"price": "0"}, "price", "must be above zero"),
        ({"price": "99.999"}, "price", "is off the tick: BTC/USDT moves in steps of 0.01"),
        ({"stop_price": "110"}, "stopPrice", "cannot be changed: the limit order waits for none"),
        ({"stop_loss": "0"}, "stopLoss", "must be above zero"),
        ({"stop_loss": "90.001"}, "stopLoss", "is off the tick: "),
        ({"stop_loss": "130", "take_profit": "130"}, "stopLoss", "must be below the takeProfit at 130"),
    ],
)
def test_a_change_that_breaks_a_rule_names_the_field_and_changes_nothing(
    changes: dict[str, str], field: str | None, why: str
) -> None:
    before = resting(limit("buy", "2", "100"), ("0.5", "100"))
    if field is None:
        assert names(events(before, amend(**changes))) == ["AmendmentRequested"]
        return
    with pytest.raises(InvalidOrder) as refused:
        events(before, amend(**changes))
    assert refused.value.field == field
    assert refused.value.why.startswith(why)


def test_an_order_with_a_budget_keeps_it() -> None:
    before = resting(stop("buy", "220", "110", amount_in="quote", stop_loss="90"))
    with pytest.raises(InvalidOrder, match=r"^amount 3 cannot be changed: the order has a budget$"):
        events(before, amend(amount="3"))
    amended = changed(before, stop_price="120", stop_loss="95")
    assert facts(order(amended), "stop_price", "stop_loss", "spend", "reserved") == (120, 95, 220, 220)
    assert facts(order(amended), "price_bound") == (None,)
    assert usdt(amended) == ("780", "220")


def test_a_market_order_on_its_way_has_no_price_to_change() -> None:
    before = after(FUNDS, market("sell", "1", "100"))
    with pytest.raises(InvalidOrder, match=r"^price 99 does not belong to a market order$"):
        events(before, amend(price="99"))


def test_a_stop_that_moves_takes_its_worst_price_and_its_reservation_along() -> None:
    before = resting(stop("buy", "1", "110"))
    amended = changed(before, stop_price="150")
    assert usdt(before) == ("887.8", "112.2")
    assert facts(order(amended), "stop_price", "price_bound") == (150, 153)
    assert usdt(amended) == ("847", "153")


def test_a_stop_limit_can_move_both_its_prices_until_it_is_reached() -> None:
    before = resting(stop("buy", "1", "110", type="stop-limit", price=Decimal(111)))
    assert usdt(changed(before, stop_price="105", price="106")) == ("894", "106")
    reached = after(before, replace(report("open"), triggered_at=Decimal(110)))
    assert usdt(after(reached, amend(price="112"))) == ("888", "112")
    with pytest.raises(InvalidOrder, match=r"^stopPrice 105 cannot be changed: "):
        events(reached, amend(stop_price="105"))
