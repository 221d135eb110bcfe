"""Exits are armed as their entry fills, lock the holding once for all of them, and make way for a sale."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.account import Account
from domain.events.exits import ExitArmed, ExitDisarmed
from tests.domain.books import (
    BTC_USDT_FREE,
    account,
    after,
    deposit,
    events,
    facts,
    fill,
    guarded_account,
    held,
    limit,
    moves,
    names,
    order,
    report,
)

ENTRY = after(account(USDT="1000"), limit("buy", "2", "100", stop_loss="90", take_profit="120"), report("open"))


def bracket_amounts(of: Account) -> dict[str, str]:
    return {entry: f"{bracket.amount.normalize():f}" for entry, bracket in of.brackets.items()}


def two_entries() -> Account:
    """2 BTC, one guarded by the exits of ``o-1`` and one by those of ``o-2``."""
    second = limit("buy", "1", "100", "o-2", stop_loss="80")
    return after(guarded_account(), second, report("filled", fill("buy", "1", "100"), order_id="o-2"))


def test_what_is_bought_is_locked_once_for_both_exits() -> None:
    filled, armed = events(ENTRY, report("filled", fill("buy", "2", "100")))
    assert type(filled).__name__ == "OrderFilled"
    assert isinstance(armed, ExitArmed)
    assert facts(armed, "order_id", "amount", "stop_loss", "take_profit") == ("o-1", 2, 90, 120)
    assert moves(armed) == {("free", "BTC"): -2, ("locked", "BTC"): 2}
    state = after(ENTRY, report("filled", fill("buy", "2", "100")))
    assert held(state) == {"USDT": ("800", "0"), "BTC": ("0", "2")}
    assert bracket_amounts(state) == {"o-1": "2"}


def test_each_partial_fill_adds_to_what_is_guarded() -> None:
    begun = after(ENTRY, report("open", fill("buy", "0.5", "100")))
    assert bracket_amounts(begun) == {"o-1": "0.5"}
    state = after(begun, report("open", fill("buy", "0.25", "99")))
    assert bracket_amounts(state) == {"o-1": "0.75"}
    assert held(state) == {"USDT": ("800.25", "125"), "BTC": ("0", "0.75")}


def test_what_was_filled_stays_guarded_when_the_rest_is_cancelled() -> None:
    state = after(ENTRY, report("cancelled", fill("buy", "0.5", "100")))
    assert held(state) == {"USDT": ("950", "0"), "BTC": ("0", "0.5")}
    assert bracket_amounts(state) == {"o-1": "0.5"}


@pytest.mark.parametrize(("fee", "guarded"), [("0.002", "1.998"), ("-0.002", "2.002")])
def test_a_fee_or_rebate_in_base_changes_what_is_guarded(fee: str, guarded: str) -> None:
    state = after(ENTRY, report("filled", fill("buy", "2", "100", fee, "BTC")))
    assert bracket_amounts(state) == {"o-1": guarded}
    assert held(state)["BTC"] == ("0", guarded)


def test_an_entry_without_exits_arms_none() -> None:
    state = after(account(USDT="1000"), limit("buy", "2", "100"), report("filled", fill("buy", "2", "100")))
    assert (state.brackets, held(state)["BTC"]) == ({}, ("2", "0"))


def test_holdings_from_elsewhere_are_not_guarded() -> None:
    entry = limit("buy", "1", "100", stop_loss="90")
    state = after(account(USDT="1000", BTC="5"), entry, report("filled", fill("buy", "1", "100")))
    assert held(state)["BTC"] == ("5", "1")


def test_a_late_fill_of_an_entry_is_guarded_too() -> None:
    state = after(ENTRY, report("cancelled"), report("cancelled", fill("buy", "0.5", "100")))
    assert bracket_amounts(state) == {"o-1": "0.5"}


def test_only_what_is_there_can_be_guarded() -> None:
    # 1 BTC too many was sold, so that of the 2 bought only 1 is left to be locked.
    short = after(account(USDT="1000"), report("filled", fill("sell", "1", "100"), order_id="o-old"))
    entry = limit("buy", "2", "100", stop_loss="90")
    state = after(short, entry, report("filled", fill("buy", "2", "100")))
    assert bracket_amounts(state) == {"o-1": "1"}
    assert held(state)["BTC"] == ("0", "1")
    nothing = after(short, entry, report("cancelled", fill("buy", "0.5", "100")))
    assert nothing.brackets == {}


def test_a_sale_takes_from_the_oldest_exits_first() -> None:
    first, second, _ = events(two_entries(), limit("sell", "1.25", "110", "o-3"))
    assert isinstance(first, ExitDisarmed)
    assert isinstance(second, ExitDisarmed)
    assert [(first.order_id, first.amount), (second.order_id, second.amount)] == [("o-1", 1), ("o-2", Decimal("0.25"))]
    assert {first.for_order, second.for_order} == {"o-3"}
    assert first.reason == "sold by another order"
    state = after(two_entries(), limit("sell", "1.25", "110", "o-3"))
    assert bracket_amounts(state) == {"o-2": "0.75"}
    assert held(state)["BTC"] == ("0", "2")
    assert [bracket.amount for bracket in state.taken["o-3"]] == [1, Decimal("0.25")]


def test_the_exits_of_another_asset_are_not_touched() -> None:
    ether = replace(BTC_USDT_FREE, pair="ETH/USDT", base="ETH")
    bought = fill("buy", "1", "100", pair="ETH/USDT", base="ETH")
    other = after(
        account(USDT="1000"),
        limit("buy", "1", "100", "e-1", stop_loss="90", instrument=ether),
        report("filled", bought, order_id="e-1"),
        limit("buy", "1", "100", stop_loss="90"),
        report("filled", fill("buy", "1", "100")),
    )
    assert bracket_amounts(after(other, limit("sell", "0.25", "110", "o-2"))) == {"e-1": "1", "o-1": "0.75"}


def test_a_sale_that_is_cancelled_arms_again_what_it_took() -> None:
    selling = after(two_entries(), limit("sell", "1.25", "110", "o-3"), report("open", order_id="o-3"))
    assert names(events(selling, report("cancelled", order_id="o-3"))) == ["OrderCancelled", "ExitArmed", "ExitArmed"]
    state = after(selling, report("cancelled", order_id="o-3"))
    assert bracket_amounts(state) == {"o-2": "1", "o-1": "1"}
    assert state.brackets["o-1"].take_profit == 120
    assert state.taken == {}
    assert state.balances == two_entries().balances


def test_only_what_was_not_sold_is_armed_again() -> None:
    selling = after(two_entries(), limit("sell", "1.25", "110", "o-3"))
    state = after(selling, report("cancelled", fill("sell", "1", "110"), order_id="o-3"))
    assert bracket_amounts(state) == {"o-2": "0.75", "o-1": "0.25"}
    assert held(state)["BTC"] == ("0", "1")


def test_what_came_in_meanwhile_is_not_guarded_in_place_of_what_was_sold() -> None:
    selling = after(two_entries(), limit("sell", "1.25", "110", "o-3"), deposit("BTC", "5"))
    state = after(selling, report("cancelled", fill("sell", "1", "110"), order_id="o-3"))
    assert bracket_amounts(state) == {"o-2": "0.75", "o-1": "0.25"}
    assert held(state)["BTC"] == ("5", "1")


def test_a_sale_that_is_rejected_arms_again_too() -> None:
    state = after(two_entries(), limit("sell", "2", "110", "o-3"), report("rejected", order_id="o-3"))
    assert bracket_amounts(state) == {"o-1": "1", "o-2": "1"}


def test_a_sale_that_is_filled_settles_what_it_took() -> None:
    selling = after(two_entries(), limit("sell", "1.25", "110", "o-3"))
    state = after(selling, report("filled", fill("sell", "1.25", "110"), order_id="o-3"))
    assert (state.taken, bracket_amounts(state)) == ({}, {"o-2": "0.75"})
    assert held(state)["BTC"] == ("0", "0.75")


def test_two_sales_share_what_one_entry_guards() -> None:
    selling = after(guarded_account(), limit("sell", "0.5", "110", "o-2"), limit("sell", "0.5", "115", "o-3"))
    assert selling.brackets == {}
    one = after(selling, report("cancelled", order_id="o-2"))
    assert bracket_amounts(one) == {"o-1": "0.5"}
    assert bracket_amounts(after(one, report("cancelled", order_id="o-3"))) == {"o-1": "1"}
    assert order(one, "o-3").reserved == Decimal("0.5")
