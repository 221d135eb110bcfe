"""A stop or a target that the market reached sells what its entry guards; the other exit ends with it."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.account import Account
from domain.events.exits import ExitDisarmed, ExitTriggered
from domain.events.orders import OrderPlaced
from domain.events.terms import ExitKind
from domain.refusals import ExitNotArmed
from tests.domain.books import (
    BTC_USDT_FREE,
    State,
    account,
    after,
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
    trigger,
)


@pytest.mark.parametrize(
    ("kind", "level", "price", "bound"),
    [("stop_loss", 90, "89.5", "87.71"), ("take_profit", 120, "120.01", "117.6")],
)
def test_a_reached_exit_sells_at_the_market_what_it_guards(kind: ExitKind, level: int, price: str, bound: str) -> None:
    triggered, disarmed, placed = events(guarded_account(), trigger(kind, price))
    assert triggered == ExitTriggered(
        order_id="o-1",
        exit_order_id="exit-1",
        exit_kind=kind,
        amount=Decimal(1),
        price=Decimal(level),
        market_price=Decimal(price),
    )
    assert isinstance(disarmed, ExitDisarmed)
    assert facts(disarmed, "amount", "reason", "for_order") == (1, f"{kind} triggered", "exit-1")
    assert isinstance(placed, OrderPlaced)
    assert facts(placed, "side", "type", "amount", "price_bound") == ("sell", "market", 1, Decimal(bound))
    assert facts(placed, "exit_of", "exit_kind", "reduce_only") == ("o-1", kind, True)
    assert facts(placed, "client_order_id", "exchange_client_id") == ("exit-1", "kit-exit-1")
    assert moves(placed) == {("free", "BTC"): -1, ("locked", "BTC"): 1}


def test_the_exits_of_an_entry_cancel_each_other() -> None:
    stopped = after(guarded_account(), trigger("stop_loss", "89"))
    assert stopped.brackets == {}
    for kind in ("stop_loss", "take_profit"):
        with pytest.raises(ExitNotArmed, match=f"order o-1 has no {kind} armed"):
            events(stopped, trigger(kind, "120", order_id="exit-2"))


def test_what_an_exit_sells_is_gone_and_the_position_closed() -> None:
    sold = report("filled", fill("sell", "1", "89"), order_id="exit-1")
    state = after(guarded_account(), trigger("stop_loss", "89"), sold)
    assert held(state) == {"USDT": ("989", "0")}
    assert facts(state, "positions", "brackets", "taken") == ({}, {}, {})
    assert facts(order(state, "exit-1"), "status", "exit_kind") == ("filled", "stop_loss")


@pytest.mark.parametrize(("entry", "kind"), [("o-9", "stop_loss"), ("o-1", "trailing_stop")])
def test_an_exit_that_is_not_armed_cannot_trigger(entry: str, kind: ExitKind) -> None:
    with pytest.raises(ExitNotArmed) as refused:
        events(guarded_account(), trigger(kind, "89", entry=entry))
    assert facts(refused.value, "order_id", "kind") == (entry, kind)


def test_an_entry_with_a_stop_alone_has_no_target_to_trigger() -> None:
    entry = limit("buy", "1", "100", stop_loss="90")
    state = after(account(USDT="1000"), entry, report("filled", fill("buy", "1", "100")))
    with pytest.raises(ExitNotArmed):
        events(state, trigger("take_profit", "120"))
    assert names(events(state, trigger("stop_loss", "90")))[0] == "ExitTriggered"


@pytest.mark.parametrize("end", ["rejected", "cancelled"])
def test_an_exit_whose_order_comes_to_nothing_is_armed_again(end: State) -> None:
    ended = report(end, order_id="exit-1")
    state = after(guarded_account(), trigger("stop_loss", "89"), ended)
    assert state.brackets == guarded_account().brackets
    assert state.balances == guarded_account().balances
    assert names(events(state, trigger("stop_loss", "88", order_id="exit-2")))[0] == "ExitTriggered"


def test_an_exit_that_sold_a_part_guards_the_rest_again() -> None:
    thin = report("cancelled", fill("sell", "0.25", "89"), order_id="exit-1")
    state = after(guarded_account(), trigger("stop_loss", "89"), thin)
    assert state.brackets["o-1"].amount == Decimal("0.75")
    assert held(state) == {"USDT": ("922.25", "0"), "BTC": ("0", "0.75")}


def test_an_exit_sells_whole_lots_and_leaves_the_rest_free() -> None:
    state = guarded_with_fee("0.0000000049")
    triggered = after(state, trigger("stop_loss", "89"))
    assert order(triggered, "exit-1").amount == Decimal("0.99999999")
    assert held(triggered)["BTC"] == ("0.0000000051", "0.99999999")


@pytest.mark.parametrize(
    ("fee", "market_price"),
    [("0.99999001", "89"), ("0.9999999999", "89"), ("0.95", "89"), ("0", "4.99")],
    ids=["below the minimum amount", "below one lot", "below the minimum notional", "worth too little"],
)
def test_what_is_too_little_to_be_sold_is_let_go_free(fee: str, market_price: str) -> None:
    state = guarded_with_fee(fee)
    (disarmed,) = events(state, trigger("stop_loss", market_price))
    assert isinstance(disarmed, ExitDisarmed)
    assert disarmed.for_order is None
    assert disarmed.reason == f"{1 - Decimal(fee):f} BTC is too little to be sold"
    free = after(state, trigger("stop_loss", market_price))
    assert facts(free, "brackets", "orders", "taken") == ({}, {}, {})
    assert free.balance("BTC").free == 1 - Decimal(fee)


def test_without_minimums_one_lot_is_still_the_least_that_is_sold() -> None:
    loose = replace(BTC_USDT_FREE, amount_min=Decimal(0), notional_min=Decimal(0))
    at_market = replace(trigger("stop_loss", "89"), instrument=loose)
    assert names(events(guarded_with_fee("0.99999999"), at_market))[0] == "ExitTriggered"
    assert names(events(guarded_with_fee("0.999999991"), at_market)) == ["ExitDisarmed"]


def test_an_entry_that_fills_further_after_its_exit_triggered_is_guarded_anew() -> None:
    entry = limit("buy", "2", "100", stop_loss="90")
    begun = after(account(USDT="1000"), entry, report("open", fill("buy", "1", "100")), trigger("stop_loss", "89"))
    assert begun.brackets == {}
    more = after(begun, report("open", fill("buy", "0.5", "89")))
    assert more.brackets["o-1"].amount == Decimal("0.5")
    assert held(more)["BTC"] == ("0", "1.5")


def guarded_with_fee(fee: str) -> Account:
    """1 BTC less a ``fee`` in BTC, guarded by a stop at 90."""
    entry = limit("buy", "1", "100", stop_loss="90")
    return after(account(USDT="1000"), entry, report("filled", fill("buy", "1", "100", fee, "BTC")))
