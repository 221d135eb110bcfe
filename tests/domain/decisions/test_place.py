"""Placing an order reserves the most that it can cost, or is refused for funds and remembered."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.account import OPEN_ORDERS_MAX
from domain.events.exits import ExitDisarmed
from domain.events.orders import OrderPlaced
from domain.events.terms import NamedValue
from domain.refusals import InvalidAmount, InvalidOrder
from tests.domain.books import (
    BTC_USDT,
    account,
    after,
    events,
    facts,
    fill,
    guarded_account,
    held,
    limit,
    market,
    moves,
    names,
    only_refusal,
    order,
    report,
)


def test_the_example_of_the_page_buys_for_a_hundred_with_the_fee_on_top() -> None:
    command = replace(market("buy", "100", "67250", unit="quote"), instrument=BTC_USDT)
    (placed,) = events(account(USDT="10000"), command)
    assert isinstance(placed, OrderPlaced)
    assert facts(placed, "amount", "spend", "price") == (Decimal("0.00148698"), 100, None)
    assert facts(placed, "price_seen", "price_bound", "fee_rate_max") == (67250, 68595, Decimal("0.001"))
    assert moves(placed) == {("free", "USDT"): Decimal("-100.1"), ("locked", "USDT"): Decimal("100.1")}
    state = after(account(USDT="10000"), command)
    assert held(state) == {"USDT": ("9899.9", "100.1")}
    assert facts(order(state), "status", "reserved") == ("unknown", Decimal("100.1"))


def test_the_example_of_the_page_once_filled_leaves_what_it_did_not_spend() -> None:
    command = replace(market("buy", "100", "67250", unit="quote"), instrument=BTC_USDT)
    # 0.00148698 × 67,250 = 99.999405, of which a thousandth is 0.099999405.
    filled = report("filled", fill("buy", "0.00148698", "67250", "0.099999405"))
    state = after(account(USDT="10000"), command, filled)
    assert held(state) == {"USDT": ("9899.900595595", "0"), "BTC": ("0.00148698", "0")}
    assert facts(order(state), "status", "reserved", "filled_notional") == (
        "filled",
        0,
        Decimal("99.999405"),
    )
    assert order(state).fees == {"USDT": Decimal("0.099999405")}


def test_a_market_buy_by_base_reserves_its_worst_price_and_the_fee() -> None:
    # 0.5 × 68,595 × 1.001
    command = replace(market("buy", "0.5", "67250"), instrument=BTC_USDT)
    state = after(account(USDT="40000"), command)
    assert held(state) == {"USDT": ("5668.2025", "34331.7975")}
    assert facts(order(state), "amount", "spend", "price_bound") == (Decimal("0.5"), None, 68595)


def test_a_limit_buy_reserves_its_price_and_the_fee() -> None:
    # The page's second example: 0.5 × 3,450 × 1.001
    command = limit("buy", "0.5", "3450", instrument=BTC_USDT, stop_loss="3200", take_profit="4000")
    state = after(account(USDT="10000"), command)
    assert held(state) == {"USDT": ("8273.275", "1726.725")}
    placed = order(state)
    assert facts(placed, "side", "type", "price", "stop_loss", "take_profit") == (
        "buy",
        "limit",
        3450,
        3200,
        4000,
    )
    assert facts(placed, "client_order_id", "exchange_client_id", "placed_version") == ("mine-o-1", "kit-o-1", 3)


def test_a_rebate_is_not_counted_on() -> None:
    rebate = replace(BTC_USDT, fees=replace(BTC_USDT.fees, maker=Decimal("-0.001"), taker=Decimal("-0.001")))
    assert order(after(account(USDT="100"), limit("buy", "1", "100", instrument=rebate))).reserved == 100


def test_the_dearer_of_the_two_fees_is_reserved() -> None:
    dear = replace(BTC_USDT, fees=replace(BTC_USDT.fees, maker=Decimal("0.01")))
    assert order(after(account(USDT="101"), limit("buy", "1", "100", instrument=dear))).reserved == 101


def test_a_sell_reserves_its_amount_in_base() -> None:
    for command in (limit("sell", "0.4", "100"), market("sell", "0.4", "100")):
        state = after(account(BTC="1"), command)
        assert held(state) == {"BTC": ("0.6", "0.4")}
        assert order(state).reserved == Decimal("0.4")


def test_a_market_sell_by_quote_sells_what_comes_to_it() -> None:
    state = after(account(BTC="1"), market("sell", "100", "67250", unit="quote"))
    assert facts(order(state), "amount", "spend") == (Decimal("0.00148698"), None)
    assert held(state) == {"BTC": ("0.99851302", "0.00148698")}


def test_all_that_is_free_can_be_reserved_and_one_digit_more_cannot() -> None:
    command = limit("buy", "1", "100", instrument=BTC_USDT)
    assert held(after(account(USDT="100.1"), command)) == {"USDT": ("0", "100.1")}
    assert names(events(account(USDT="100.099999999999999999"), command)) == ["OrderRefused"]


def test_a_refusal_for_funds_says_which_check_which_limit_and_what_it_saw() -> None:
    refused = only_refusal(events(account(USDT="100"), limit("buy", "1", "100", instrument=BTC_USDT)))
    assert facts(refused, "method", "code", "check") == ("trade.execute", "INSUFFICIENT_FUNDS", "funds")
    assert refused.message == "Not enough USDT to execute order: needs 100.1, free 100"
    assert facts(refused, "client_order_id", "pair", "asset") == ("mine-o-1", "BTC/USDT", "USDT")
    assert refused.limit == "100"
    assert {value.name: Decimal(value.value) for value in refused.inputs[1:]} == {
        "needed": Decimal("100.1"),
        "free": 100,
    }
    assert refused.inputs[0] == NamedValue("asset", "USDT")


def test_a_refused_order_does_not_exist() -> None:
    state = after(account(USDT="100"), limit("buy", "2", "100"))
    assert facts(state, "orders", "closed") == ({}, {})
    assert held(state) == {"USDT": ("100", "0")}


def test_orders_share_what_is_free() -> None:
    two = after(account(USDT="100"), limit("buy", "0.6", "100"), limit("buy", "0.4", "100", "o-2"))
    assert held(two) == {"USDT": ("0", "100")}
    assert names(events(two, limit("buy", "0.1", "100", "o-3"))) == ["OrderRefused"]


def test_a_sell_takes_what_is_free_before_what_exits_guard() -> None:
    more = after(
        guarded_account(), limit("buy", "1", "100", "o-2"), report("filled", fill("buy", "1", "100"), order_id="o-2")
    )
    assert held(more)["BTC"] == ("1", "1")
    assert names(events(more, limit("sell", "1", "110", "o-3"))) == ["OrderPlaced"]
    disarmed, placed = events(more, limit("sell", "1.25", "110", "o-3"))
    assert isinstance(disarmed, ExitDisarmed)
    assert facts(disarmed, "order_id", "amount", "for_order") == ("o-1", Decimal("0.25"), "o-3")
    assert moves(disarmed) == {("locked", "BTC"): Decimal("-0.25"), ("free", "BTC"): Decimal("0.25")}
    assert moves(placed) == {("free", "BTC"): Decimal("-1.25"), ("locked", "BTC"): Decimal("1.25")}


def test_a_sell_beyond_free_and_guarded_together_is_refused_and_disarms_nothing() -> None:
    refused = only_refusal(events(guarded_account(), limit("sell", "1.00000001", "110", "o-2")))
    assert refused.message == "Not enough BTC to execute order: needs 1.00000001, free 1"


def test_an_order_whose_proceeds_the_ledger_could_not_hold_is_refused() -> None:
    with pytest.raises(InvalidAmount, match="would make the balance 1000000000000000 BTC"):
        events(account(USDT="1000", BTC="999999999999999"), limit("buy", "1", "100"))
    with pytest.raises(InvalidAmount, match="would make the balance 1000000000000099 USDT"):
        events(account(USDT="999999999999999", BTC="1"), limit("sell", "1", "100"))


def test_no_more_orders_and_exits_are_open_than_the_state_can_carry() -> None:
    full = after(account(USDT="100000"), limit("buy", "1", "10"))
    template = order(full)
    many = {f"o-{number}": replace(template, order_id=f"o-{number}") for number in range(1, OPEN_ORDERS_MAX)}
    last = replace(full, orders=many)
    assert names(events(last, limit("buy", "1", "10", "o-last"))) == ["OrderPlaced"]
    with pytest.raises(InvalidOrder, match="account main has 1000 orders and exits open, the most allowed"):
        events(after(last, limit("buy", "1", "10", "o-last")), limit("buy", "1", "10", "o-more"))


def test_a_closing_sale_takes_what_the_position_has_left_and_no_more() -> None:
    bought = after(account(USDT="1000", BTC="5"), limit("buy", "2", "100"), report("filled", fill("buy", "2", "100")))
    closing = replace(market("sell", "2", "100", "o-2"), closes=True)
    selling = after(bought, closing)
    for too_much in (replace(closing, order_id="o-3", amount=Decimal("0.1")), replace(closing, order_id="o-3")):
        with pytest.raises(InvalidOrder, match="is more than the 0 that the position has left"):
            events(selling, too_much)
    with pytest.raises(InvalidOrder, match=r"amount 2\.1 is more than the 2 that the position has left"):
        events(bought, replace(closing, amount=Decimal("2.1")))
