"""Exits and amendments: levels that move before and after the entry is bought, and sells that take from exits."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.account import CLOSED_ORDERS_KEPT
from domain.refusals import ExitNotArmed, InvalidOrder, OrderClosed, OrderNotFound
from tests.domain.books import (
    account,
    after,
    amend,
    changed,
    deposit,
    events,
    facts,
    fill,
    guarded_account,
    held,
    limit,
    names,
    only_refusal,
    order,
    report,
    trigger,
)
from tests.domain.decisions.resting import FUNDS, resting, usdt


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
    amended = changed(selling, "o-2", amount="0.4")
    assert facts(amended.brackets["o-1"], "amount", "stop_loss", "take_profit") == (Decimal("0.6"), 90, 120)
    assert held(amended)["BTC"] == ("0", "1")
    sold = after(amended, report("filled", fill("sell", "0.4", "130"), order_id="o-2"))
    assert sold.brackets["o-1"].amount == Decimal("0.6")
    cancelled = after(amended, report("cancelled", fill("sell", "0.1", "130"), order_id="o-2"))
    assert cancelled.brackets["o-1"].amount == Decimal("0.9")


def test_a_smaller_sell_arms_no_more_than_was_bought() -> None:
    selling = after(
        account(USDT="1000", BTC="1"),
        limit("buy", "1", "100", stop_loss="90"),
        report("filled", fill("buy", "1", "100")),
        limit("sell", "2", "130", "o-2"),
        report("open", order_id="o-2"),
    )
    half_free = changed(selling, "o-2", amount="0.5")
    assert half_free.brackets["o-1"].amount == Decimal("0.5")
    assert held(half_free)["BTC"] == ("1", "1")
    assert after(half_free, report("cancelled", order_id="o-2")).brackets["o-1"].amount == 1


def test_a_larger_sell_takes_from_the_exits_and_gives_back_what_it_did_not_sell() -> None:
    resting = after(guarded_account(), limit("sell", "0.4", "130", "o-2"), report("open", order_id="o-2"))
    selling = changed(resting, "o-2", amount="0.9")
    assert selling.brackets["o-1"].amount == Decimal("0.1")
    assert after(selling, report("cancelled", order_id="o-2")).brackets["o-1"].amount == 1


def test_a_sell_that_grows_after_it_sold_a_part_gives_back_to_each_entry_what_it_took_and_did_not_sell() -> None:
    second = limit("buy", "1", "100", "o-2", stop_loss="80")
    both = after(guarded_account(), second, report("filled", fill("buy", "1", "100"), order_id="o-2"))
    half = report("open", fill("sell", "0.5", "130"), order_id="o-3")
    selling = after(both, limit("sell", "1.2", "130", "o-3"), half)
    # Of what it took it sold 0.2 of the second entry and then 0.3 of the first, and takes 0.4 more of the second.
    for grown in (after(selling, amend("o-3", amount="1.6")), changed(selling, "o-3", amount="1.6")):
        assert {entry: bracket.amount for entry, bracket in grown.brackets.items()} == {"o-2": Decimal("0.4")}
        back = after(grown, report("cancelled", order_id="o-3")).brackets
        assert {entry: bracket.amount for entry, bracket in back.items()} == {
            "o-1": Decimal("0.7"),
            "o-2": Decimal("0.8"),
        }


def test_an_exit_sells_no_more_than_it_guarded() -> None:
    triggered = after(guarded_account(), deposit("BTC", "5"), trigger("stop_loss", "90"))
    richer = after(triggered, report("open", order_id="exit-1"))
    with pytest.raises(InvalidOrder, match=r"^amount 1.5 BTC is more than the 1 that the exit guarded$"):
        events(richer, amend("exit-1", amount="1.5"))
    assert order(changed(richer, "exit-1", amount="0.5"), "exit-1").amount == Decimal("0.5")


def test_an_order_whose_terms_change_goes_behind_the_others_and_one_whose_levels_change_stays() -> None:
    two = after(FUNDS, limit("buy", "1", "100"), report("open"), limit("buy", "1", "100", "o-2"))
    assert list(after(two, amend(stop_loss="90")).orders) == ["o-1", "o-2"]
    assert list(changed(two, price="101").orders) == ["o-2", "o-1"]


def test_exits_that_a_sell_took_come_back_at_the_levels_that_were_amended_meanwhile() -> None:
    selling = after(guarded_account(), limit("sell", "0.4", "130", "o-2"), amend(stop_loss="95"))
    back = after(selling, report("cancelled", order_id="o-2"))
    assert facts(back.brackets["o-1"], "amount", "stop_loss", "take_profit") == (1, 95, 120)


def test_a_stop_moved_while_a_sell_holds_a_part_of_it_guards_at_its_new_level_what_comes_back() -> None:
    state = after(guarded_account(), limit("sell", "0.4", "130", "o-2"), report("open", order_id="o-2"))
    for number in range(CLOSED_ORDERS_KEPT):
        name = f"later-{number}"
        state = after(state, limit("buy", "0.1", "100", name), report("cancelled", order_id=name))
    assert state.find("o-1") is None
    back = after(state, amend(stop_loss="105"), report("cancelled", order_id="o-2"))
    assert facts(back.brackets["o-1"], "amount", "stop_loss", "take_profit") == (1, 105, 120)


def test_a_stop_given_to_a_partly_filled_order_guards_what_is_bought_already() -> None:
    before = resting(limit("buy", "1", "100"), ("0.6", "100"), funds=account(USDT="1000", BTC="5"))
    amended = after(before, amend(stop_loss="90"))
    assert facts(amended.brackets["o-1"], "amount", "stop_loss") == (Decimal("0.6"), 90)
    assert held(amended)["BTC"] == ("5", "0.6")
    assert after(amended, report("filled", fill("buy", "0.4", "100"))).brackets["o-1"].amount == 1


def test_a_stop_given_late_guards_no_more_than_the_position_still_has() -> None:
    before = resting(limit("buy", "1", "100"), ("0.6", "100"), funds=account(USDT="1000", BTC="5"))
    sold = after(
        before, limit("sell", "0.5", "100", "o-2"), report("filled", fill("sell", "0.5", "100"), order_id="o-2")
    )
    assert after(sold, amend(stop_loss="90")).brackets["o-1"].amount == Decimal("0.1")


def test_an_exit_that_was_sold_by_hand_is_not_armed_again_by_another_level() -> None:
    bought = resting(limit("buy", "2", "100", stop_loss="90"), ("1", "100"), funds=account(USDT="1000", BTC="5"))
    sold = after(bought, limit("sell", "6", "100", "o-2"), report("filled", fill("sell", "6", "100"), order_id="o-2"))
    assert sold.brackets == {}
    assert after(sold, amend(stop_loss="95")).brackets == {}
