"""Amending an order: what may change, what it reserves then, and the exits that move with it."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.account import CLOSED_ORDERS_KEPT, Account
from domain.commands import AmendOrder, Command
from domain.events.account import OrderAmended
from domain.instruments import Fees
from domain.refusals import ExitNotArmed, InvalidOrder, OrderClosed, OrderNotFound
from tests.domain.books import (
    BTC_USDT,
    BTC_USDT_FREE,
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
    stop,
    trigger,
)

FUNDS = account(USDT="1000", BTC="2")


def amend(order_id: str = "o-1", **changes: str) -> AmendOrder:
    numbers = {name: Decimal(value) for name, value in changes.items()}
    return AmendOrder(order_id=order_id, instrument=BTC_USDT_FREE, **numbers)


def resting(command: Command, *fills: tuple[str, str], funds: Account = FUNDS) -> Account:
    made = [fill(getattr(command, "side"), amount, price) for amount, price in fills]  # noqa: B009
    return after(funds, command, report("open", *made))


def usdt(of: Account) -> tuple[str, str]:
    return held(of)["USDT"]


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
    assert usdt(after(resting(limit("buy", "2", "100")), amend(**changes))) == left


def test_a_reservation_with_fees_moves_to_the_last_digit() -> None:
    # 0.12345678 at 67,250.01 cost 8302.4696895678, and 0.1 % of that comes on top.
    entry = replace(limit("buy", "0.1", "67250.01"), instrument=BTC_USDT)
    before = after(account(USDT="10000"), entry, report("open"))
    amended = after(before, replace(amend(amount="0.12345678"), instrument=BTC_USDT))
    assert order(before).reserved == Decimal("6731.726001")
    assert order(amended).reserved == Decimal("8310.7721592573678") == amended.balance("USDT").locked
    assert amended.balance("USDT").total == 10000
    back = after(amended, replace(amend(amount="0.1"), instrument=BTC_USDT))
    assert (back.balance("USDT"), order(back)) == (before.balance("USDT"), order(before))


def test_the_fee_is_the_one_that_was_agreed_when_the_order_was_placed() -> None:
    dear = replace(BTC_USDT_FREE, fees=Fees(Decimal("0.5"), Decimal("0.5")))
    amended = after(resting(limit("buy", "2", "100")), replace(amend(amount="3"), instrument=dear))
    assert usdt(amended) == ("700", "300")


def test_the_event_says_all_that_can_change_and_what_moves() -> None:
    (event,) = events(resting(limit("buy", "2", "100", stop_loss="90")), amend(amount="3", take_profit="130"))
    assert isinstance(event, OrderAmended)
    assert facts(event, "amount", "price", "price_bound", "stop_price") == (3, 100, None, None)
    assert facts(event, "stop_loss", "take_profit", "trailing_stop") == (90, 130, None)
    assert moves(event) == {("free", "USDT"): -100, ("locked", "USDT"): 100}


def test_of_a_partly_filled_order_only_the_rest_is_reserved() -> None:
    before = resting(limit("buy", "2", "100"), ("0.5", "100"))
    assert usdt(before) == ("800", "150")
    assert usdt(after(before, amend(amount="1"))) == ("900", "50")
    assert usdt(after(before, amend(amount="3"))) == ("700", "250")
    assert usdt(after(before, amend(price="110"))) == ("785", "165")
    done = after(before, amend(amount="1"), report("open", fill("buy", "0.5", "100")))
    assert facts(order(done), "status", "amount", "filled_amount", "reserved") == ("filled", 1, 1, 0)
    assert usdt(done) == ("900", "0")


def test_a_sell_reserves_what_it_sells() -> None:
    before = resting(limit("sell", "1", "100"), ("0.25", "100"))
    assert held(before)["BTC"] == ("1", "0.75")
    assert held(after(before, amend(amount="1.5")))["BTC"] == ("0.5", "1.25")
    assert held(after(before, amend(amount="0.5")))["BTC"] == ("1.5", "0.25")
    assert held(after(before, amend(price="5000")))["BTC"] == ("1", "0.75")


def test_an_order_that_the_exchange_has_not_answered_can_be_amended() -> None:
    amended = after(FUNDS, limit("buy", "2", "100"), amend(amount="1"))
    assert facts(order(amended), "status", "amount", "reserved") == ("unknown", 1, 100)


def test_more_than_the_funds_is_refused_and_remembered() -> None:
    before = resting(limit("buy", "2", "100"))
    refused = only_refusal(events(before, amend(amount="10.01")))
    assert facts(refused, "method", "client_order_id", "pair") == ("order.amend", "mine-o-1", "BTC/USDT")
    assert refused.message == "Not enough USDT to amend the order: needs 801, free 800"
    assert order(after(before, amend(amount="10.01"))) == order(before)
    assert usdt(after(before, amend(amount="10"))) == ("0", "1000")


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
        assert names(events(before, amend(**changes))) == ["OrderAmended"]
        return
    with pytest.raises(InvalidOrder) as refused:
        events(before, amend(**changes))
    assert refused.value.field == field
    assert refused.value.why.startswith(why)


def test_an_order_with_a_budget_keeps_it() -> None:
    before = after(FUNDS, stop("buy", "220", "110", amount_in="quote", stop_loss="90"))
    with pytest.raises(InvalidOrder, match=r"^amount 3 cannot be changed: the order has a budget$"):
        events(before, amend(amount="3"))
    amended = after(before, amend(stop_price="120", stop_loss="95"))
    assert facts(order(amended), "stop_price", "stop_loss", "spend", "reserved") == (120, 95, 220, 220)
    assert facts(order(amended), "price_bound") == (None,)
    assert usdt(amended) == ("780", "220")


def test_a_market_order_on_its_way_has_no_price_to_change() -> None:
    before = after(FUNDS, market("sell", "1", "100"))
    with pytest.raises(InvalidOrder, match=r"^price 99 does not belong to a market order$"):
        events(before, amend(price="99"))


def test_a_stop_that_moves_takes_its_worst_price_and_its_reservation_along() -> None:
    before = resting(stop("buy", "1", "110"))
    amended = after(before, amend(stop_price="150"))
    assert usdt(before) == ("887.8", "112.2")
    assert facts(order(amended), "stop_price", "price_bound") == (150, 153)
    assert usdt(amended) == ("847", "153")


def test_a_stop_limit_can_move_both_its_prices_until_it_is_reached() -> None:
    before = resting(stop("buy", "1", "110", type="stop-limit", price=Decimal(111)))
    assert usdt(after(before, amend(stop_price="105", price="106"))) == ("894", "106")
    reached = after(before, replace(report("open"), triggered_at=Decimal(110)))
    assert usdt(after(reached, amend(price="112"))) == ("888", "112")
    with pytest.raises(InvalidOrder, match=r"^stopPrice 105 cannot be changed: "):
        events(reached, amend(stop_price="105"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"stop_loss": "100"}, "stopLoss"), ({"take_profit": "100"}, "takeProfit"), ({"price": "89"}, "stopLoss")],
)
def test_before_anything_is_bought_the_levels_stand_around_the_entry(changes: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidOrder, match=rf"^{field} .* must be "):
        events(resting(limit("buy", "1", "100", stop_loss="90", take_profit="120")), amend(**changes))


def test_levels_changed_before_the_entry_fills_are_those_that_arm() -> None:
    before = resting(limit("buy", "1", "100", stop_loss="90"))
    bought = after(before, amend(stop_loss="95", take_profit="130"), report("filled", fill("buy", "1", "100")))
    assert facts(bought.brackets["o-1"], "amount", "stop_loss", "take_profit") == (1, 95, 130)


def test_levels_can_move_where_fills_that_cost_more_have_eaten_the_reservation_and_nothing_is_free() -> None:
    before = resting(limit("buy", "1", "100", stop_loss="90"), ("0.5", "140"), funds=account(USDT="100"))
    assert usdt(before) == ("0", "30")
    assert after(before, amend(stop_loss="95")).brackets["o-1"].stop_loss == 95
    only_refusal(events(before, amend(price="101")))


def test_a_sell_has_no_levels() -> None:
    with pytest.raises(InvalidOrder, match=r"^stopLoss 90 guards a buy; this order sells$"):
        events(resting(limit("sell", "1", "100")), amend(stop_loss="90"))


def test_armed_exits_move_with_their_levels_and_stay_locked_once() -> None:
    happened = events(guarded_account(), amend(stop_loss="105", take_profit="140"))
    amended = after(guarded_account(), amend(stop_loss="105", take_profit="140"))
    assert names(happened) == ["OrderAmended", "ExitDisarmed", "ExitArmed"]
    assert facts(amended.brackets["o-1"], "amount", "stop_loss", "take_profit") == (1, 105, 140)
    assert facts(order(amended), "status", "stop_loss", "take_profit") == ("filled", 105, 140)
    assert held(amended) == held(guarded_account()) == {"USDT": ("900", "0"), "BTC": ("0", "1")}


def test_one_level_moved_after_the_other_leaves_the_other_where_it_is_now() -> None:
    amended = after(guarded_account(), amend(stop_loss="95"), amend(take_profit="150"))
    assert facts(amended.brackets["o-1"], "stop_loss", "take_profit") == (95, 150)


def test_the_exits_of_what_is_bought_so_far_move_and_so_do_those_of_the_rest() -> None:
    before = resting(limit("buy", "2", "100", stop_loss="90"), ("0.5", "100"))
    amended = after(before, amend(stop_loss="101"), report("filled", fill("buy", "1.5", "100")))
    assert facts(amended.brackets["o-1"], "amount", "stop_loss") == (2, 101)


def test_a_bought_order_without_exits_takes_no_more_commands() -> None:
    plain = after(FUNDS, limit("buy", "1", "100"), report("filled", fill("buy", "1", "100")))
    with pytest.raises(OrderClosed):
        events(plain, amend(stop_loss="90"))


@pytest.mark.parametrize("changes", [{"amount": "2"}, {"price": "90"}, {"amount": "2", "stop_loss": "90"}])
def test_of_a_closed_order_only_its_exits_can_change(changes: dict[str, str]) -> None:
    with pytest.raises(OrderClosed):
        events(guarded_account(), amend(**changes))


def test_an_exit_that_was_triggered_moves_no_more() -> None:
    with pytest.raises(OrderClosed):
        events(after(guarded_account(), trigger("stop_loss", "90")), amend(stop_loss="95"))


def test_a_trigger_that_was_under_way_when_its_exit_moved_sells_nothing() -> None:
    moved_away = after(guarded_account(), amend(stop_loss="80"))
    under_way = replace(trigger("stop_loss", "89"), level=Decimal(90))
    with pytest.raises(ExitNotArmed):
        events(moved_away, under_way)
    assert names(events(guarded_account(), under_way))[0] == "ExitTriggered"


def test_an_order_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(OrderNotFound):
        events(FUNDS, amend("o-9", amount="1"))


def test_the_exits_of_an_entry_that_closed_long_ago_can_still_be_moved() -> None:
    state = guarded_account()
    for number in range(CLOSED_ORDERS_KEPT):
        name = f"later-{number}"
        state = after(state, limit("buy", "0.1", "100", name), report("cancelled", order_id=name))
    assert state.find("o-1") is None
    amended = after(state, amend(stop_loss="105"), amend(take_profit="150"))
    assert facts(amended.brackets["o-1"], "amount", "stop_loss", "take_profit") == (1, 105, 150)
    with pytest.raises(InvalidOrder, match=r"^stopLoss 150 must be below the takeProfit at 120$"):
        events(state, amend(stop_loss="150"))
    with pytest.raises(OrderNotFound):
        events(state, amend(amount="2"))


def test_a_smaller_sell_gives_back_to_the_exits_what_it_took_from_them() -> None:
    selling = after(guarded_account(), limit("sell", "1", "130", "o-2"), report("open", order_id="o-2"))
    assert selling.brackets == {}
    amended = after(selling, amend("o-2", amount="0.4"))
    assert facts(amended.brackets["o-1"], "amount", "stop_loss", "take_profit") == (Decimal("0.6"), 90, 120)
    assert held(amended)["BTC"] == ("0", "1")
    sold = after(amended, report("filled", fill("sell", "0.4", "130"), order_id="o-2"))
    assert sold.brackets["o-1"].amount == Decimal("0.6")
    cancelled = after(amended, report("cancelled", fill("sell", "0.1", "130"), order_id="o-2"))
    assert cancelled.brackets["o-1"].amount == Decimal("0.9")


def test_a_smaller_sell_arms_no_more_than_was_bought() -> None:
    half_free = after(
        account(USDT="1000", BTC="1"),
        limit("buy", "1", "100", stop_loss="90"),
        report("filled", fill("buy", "1", "100")),
        limit("sell", "2", "130", "o-2"),
        amend("o-2", amount="0.5"),
    )
    assert half_free.brackets["o-1"].amount == Decimal("0.5")
    assert held(half_free)["BTC"] == ("1", "1")
    assert after(half_free, report("cancelled", order_id="o-2")).brackets["o-1"].amount == 1


def test_a_larger_sell_takes_from_the_exits_and_gives_back_what_it_did_not_sell() -> None:
    selling = after(guarded_account(), limit("sell", "0.4", "130", "o-2"), amend("o-2", amount="0.9"))
    assert selling.brackets["o-1"].amount == Decimal("0.1")
    assert after(selling, report("cancelled", order_id="o-2")).brackets["o-1"].amount == 1


def test_an_order_whose_terms_change_goes_behind_the_others_and_one_whose_levels_change_stays() -> None:
    two = after(FUNDS, limit("buy", "1", "100"), limit("buy", "1", "100", "o-2"))
    assert list(after(two, amend(stop_loss="90")).orders) == ["o-1", "o-2"]
    assert list(after(two, amend(price="101")).orders) == ["o-2", "o-1"]


def test_exits_that_a_sell_took_come_back_at_the_levels_that_were_amended_meanwhile() -> None:
    selling = after(guarded_account(), limit("sell", "0.4", "130", "o-2"), amend(stop_loss="95"))
    back = after(selling, report("cancelled", order_id="o-2"))
    assert facts(back.brackets["o-1"], "amount", "stop_loss", "take_profit") == (1, 95, 120)
