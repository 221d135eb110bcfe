"""One cancels the other: a limit order that rests, and a stop that is held back until its price is reached."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from domain.account import Account
from domain.events.orders import OrderCancelled
from domain.refusals import InvalidOrder, OrderClosed
from tests.domain.books import (
    account,
    after,
    amend,
    events,
    facts,
    fill,
    held,
    limit,
    names,
    oco,
    only_refusal,
    order,
    reach,
    record,
    report,
)

SELL = oco("sell", "1", "120", "90")
BUY = oco("buy", "1", "90", "110")
COIN = account(BTC="1")
MONEY = account(USDT="1000")
SELLING = after(COIN, SELL, report("open"))
BUYING = after(MONEY, BUY, report("open"))
STOP = "o-2"


def cancelled(by_client: bool = False) -> Any:
    return replace(report("cancelled"), ends_linked=by_client)


def test_both_orders_are_placed_and_linked_and_only_the_limit_is_for_the_exchange() -> None:
    assert names(events(COIN, SELL)) == ["OrderPlaced", "OrderPlaced", "OrderLinked", "OrderLinked"]
    placed = after(COIN, SELL)
    assert facts(order(placed), "status", "linked_to", "held") == ("unknown", "o-2", False)
    assert facts(order(placed, STOP), "status", "linked_to", "held") == ("pending", "o-1", True)


def test_a_sell_locks_once_what_only_one_of_them_can_sell() -> None:
    assert held(SELLING)["BTC"] == ("0", "1")
    assert facts(order(SELLING), "reserved") == (1,)
    assert facts(order(SELLING, STOP), "reserved") == (0,)


def test_a_buy_locks_what_the_dearer_of_both_can_cost() -> None:
    # The stop may fill up to 2 % above 110.
    assert held(BUYING)["USDT"] == ("887.8", "112.2")
    assert facts(order(BUYING), "reserved") == (90,)
    assert facts(order(BUYING, STOP), "reserved") == (Decimal("22.2"),)
    assert only_refusal(events(account(USDT="112.19"), BUY)).message.startswith("Not enough USDT to place the orders")


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (oco("sell", "1", "100", "90"), "price"),
        (oco("sell", "1", "120", "100"), "stopPrice"),
        (oco("buy", "1", "100", "110"), "price"),
        (oco("buy", "1", "90", "100"), "stopPrice"),
        (oco("sell", "1", "120.001", "90"), "price"),
        (oco("sell", "0", "120", "90"), "amount"),
        (oco("sell", "0.00001", "120", "90"), "amount"),
    ],
)
def test_the_limit_lies_on_one_side_of_the_market_and_the_stop_on_the_other(command: Any, field: str) -> None:
    with pytest.raises(InvalidOrder) as refused:
        events(account(BTC="1", USDT="1000"), command)
    assert refused.value.field == field


@pytest.mark.parametrize("state", ["filled", "cancelled", "rejected"])
def test_the_end_of_the_limit_ends_the_stop(state: Any) -> None:
    fills = [fill("sell", "1", "120")] if state == "filled" else []
    done = events(SELLING, report(state, *fills))
    assert isinstance(done[-1], OrderCancelled)
    assert facts(done[-1], "order_id", "reason") == (STOP, f"order o-1 is {state}")
    ended = after(SELLING, report(state, *fills))
    assert ended.orders == {}
    assert ended.balance("BTC").locked == 0


def test_what_the_limit_has_traded_is_not_left_for_the_stop() -> None:
    part = after(SELLING, report("open", fill("sell", "0.4", "120")))
    assert facts(order(part, STOP), "amount", "held") == (Decimal("0.6"), True)
    bought = after(BUYING, report("open", fill("buy", "0.5", "90")))
    assert (order(bought).reserved, order(bought, STOP).reserved) == (Decimal(45), Decimal("11.1"))
    assert held(bought)["USDT"] == ("898.9", "56.1")


def test_a_stop_that_was_reached_is_released_once_the_limit_has_ended() -> None:
    reached = after(SELLING, reach())
    assert facts(order(reached, STOP), "triggered", "held") == (True, True)
    assert order(reached).is_open
    assert names(events(reached, cancelled())) == ["OrderCancelled", "OrderReleased"]
    released = after(reached, cancelled())
    assert facts(order(released, STOP), "held", "reserved", "status") == (False, 1, "pending")
    assert held(released)["BTC"] == ("0", "1")
    sold = after(released, report("filled", fill("sell", "1", "89"), order_id=STOP))
    assert facts(order(sold, STOP), "status", "exchange_order_id") == ("filled", "x-o-2")
    assert held(sold) == {"USDT": ("89", "0")}


def test_a_buy_that_is_released_reserves_what_the_stop_can_cost() -> None:
    released = after(BUYING, reach(market_price="111"), cancelled())
    assert held(released)["USDT"] == ("887.8", "112.2")
    assert order(released, STOP).reserved == Decimal("112.2")


def test_the_stop_trades_what_the_limit_had_left_when_it_ended() -> None:
    released = after(SELLING, reach(), replace(cancelled(), fills=(fill("sell", "0.25", "120"),)))
    assert facts(order(released, STOP), "amount", "reserved", "held") == (Decimal("0.75"), Decimal("0.75"), False)


def test_a_limit_that_is_filled_before_it_could_be_cancelled_leaves_nothing_for_the_stop() -> None:
    done = after(SELLING, reach(), report("filled", fill("sell", "1", "120")))
    assert facts(order(done, STOP), "status", "triggered") == ("cancelled", True)
    assert held(done) == {"USDT": ("120", "0")}


def test_a_limit_that_is_cancelled_for_a_client_takes_a_stop_that_was_reached_with_it() -> None:
    assert order(after(SELLING, reach(), cancelled(by_client=True)), STOP).status == "cancelled"


def test_a_stop_is_reached_once_and_only_while_it_is_held() -> None:
    with pytest.raises(InvalidOrder):
        events(after(SELLING, reach()), reach())
    with pytest.raises(InvalidOrder):
        events(SELLING, reach("o-1"))
    with pytest.raises(OrderClosed):
        events(after(SELLING, cancelled()), reach())


@pytest.mark.parametrize(("order_id", "change"), [("o-1", "price"), ("o-2", "stop_price"), ("o-1", "amount")])
def test_linked_orders_are_not_amended(order_id: str, change: str) -> None:
    with pytest.raises(InvalidOrder, match=rf"^orderId {order_id} is linked to order o-"):
        events(SELLING, amend(order_id, **{change: "95"}))


def test_nobody_can_have_filled_what_is_held() -> None:
    with pytest.raises(InvalidOrder, match=r"^orderId o-2 is held back"):
        events(SELLING, record(fill("sell", "0.5", "120"), STOP))
    done = after(SELLING, record(fill("sell", "0.5", "120"), "o-1"))
    assert order(done, STOP).amount == Decimal("0.5")


def selling_from_exits() -> Account:
    """An OCO ``o-1``/``o-2`` over what the exits of ``entry`` guard."""
    entry = limit("buy", "1", "100", "entry", stop_loss="80", take_profit="150")
    bought = after(MONEY, entry, report("filled", fill("buy", "1", "100"), order_id="entry"))
    return after(bought, oco("sell", "0.6", "115", "95"), report("open"))


def test_they_may_sell_what_exits_guard_and_what_neither_sells_is_guarded_again() -> None:
    selling = selling_from_exits()
    assert selling.brackets["entry"].amount == Decimal("0.4")
    assert after(selling, cancelled()).brackets["entry"].amount == 1
    released = after(selling, reach(), replace(cancelled(), fills=(fill("sell", "0.1", "115"),)))
    assert released.brackets["entry"].amount == Decimal("0.4")
    assert order(released, STOP).reserved == Decimal("0.5")
    back = after(released, report("cancelled", fill("sell", "0.2", "94"), order_id=STOP))
    assert back.brackets["entry"].amount == Decimal("0.7")
    assert held(back)["BTC"] == ("0", "0.7")


def test_a_snapshot_keeps_the_link_and_an_older_one_has_none() -> None:
    written = msgspec.json.encode(SELLING)
    assert msgspec.json.decode(written, type=Account) == SELLING
    older = msgspec.json.decode(written)
    for name in ("linked_to", "held", "asked"):
        del older["orders"]["o-2"][name]
    assert facts(msgspec.convert(older, Account).order("o-2"), "linked_to", "held") == (None, False)
