"""A trailing stop begins at the price of its fill, follows the highest price since, and never falls."""

from decimal import Decimal
from typing import Final, get_args

import pytest
from msgspec.structs import replace

from domain.account import CLOSED_ORDERS_KEPT, Account
from domain.commands import PlaceOrder
from domain.events.amendments import OrderAmended
from domain.events.exits import ExitArmed, ExitTrailed, ExitTriggered
from domain.events.orders import OrderPlaced
from domain.events.terms import ExitKind
from domain.refusals import ExitNotArmed, InvalidOrder, OrderClosed
from tests.domain.books import (
    account,
    after,
    amend,
    events,
    facts,
    fill,
    guarded_account,
    held,
    limit,
    names,
    order,
    report,
    stop,
    trail,
    trailing_account,
    trigger,
)

KINDS: Final = get_args(ExitKind)
FUNDS: Final = account(USDT="1000", BTC="1")


def trailing(of: Account) -> tuple[str, str]:
    """(high, level) of the trailing stop of ``o-1``, as plain texts."""
    bracket = of.brackets["o-1"]
    assert bracket.high is not None
    assert bracket.trailing_level is not None
    return f"{bracket.high.normalize():f}", f"{bracket.trailing_level.normalize():f}"


def test_it_arms_at_the_price_of_the_fill_and_locks_once_together_with_the_others() -> None:
    state = trailing_account(stop_loss="80", take_profit="150")
    assert facts(state.brackets["o-1"], "amount", "stop_loss", "take_profit", "trailing_stop") == (1, 80, 150, 10)
    assert trailing(state) == ("100", "90")
    assert held(state)["BTC"] == ("0", "1")


def test_the_order_says_its_distance_from_the_beginning() -> None:
    (placed,) = events(FUNDS, limit("buy", "1", "100", trailing_stop="2.5"))
    assert isinstance(placed, OrderPlaced)
    assert placed.trailing_stop == Decimal("2.5")


def test_each_part_of_an_entry_arms_and_the_highest_price_counts_for_all() -> None:
    entry = after(FUNDS, limit("buy", "2", "100", trailing_stop="10"))
    low = after(entry, report("open", fill("buy", "0.5", "98")))
    assert trailing(low) == ("98", "88.2")
    risen = after(low, trail("110"))
    whole = after(risen, report("filled", fill("buy", "1.5", "99")))
    assert trailing(whole) == ("110", "99")
    assert whole.brackets["o-1"].amount == 2
    assert trailing(after(low, report("filled", fill("buy", "1.5", "99.5")))) == ("99.5", "89.55")


def test_a_rise_is_an_event_and_a_lower_or_equal_high_is_none() -> None:
    risen = after(trailing_account(), trail("120"))
    assert events(trailing_account(), trail("120")) == (ExitTrailed(order_id="o-1", high=Decimal(120)),)
    assert trailing(risen) == ("120", "108")
    assert events(risen, trail("120")) == events(risen, trail("119.99")) == ()


def test_only_an_armed_trailing_stop_follows() -> None:
    for state in (guarded_account(), FUNDS, after(trailing_account(), trigger("trailing_stop", "90"))):
        with pytest.raises(ExitNotArmed, match="order o-1 has no trailing_stop armed"):
            events(state, trail("120"))


def test_it_sells_at_the_market_and_says_from_which_high() -> None:
    happened = events(trailing_account(), trigger("trailing_stop", "107", high="120"))
    assert names(happened) == ["ExitTrailed", "ExitTriggered", "ExitDisarmed", "OrderPlaced"]
    assert happened[0] == ExitTrailed(order_id="o-1", high=Decimal(120))
    assert isinstance(happened[1], ExitTriggered)
    assert facts(happened[1], "exit_kind", "amount", "price", "market_price") == ("trailing_stop", 1, 108, 107)
    assert facts(order(after(trailing_account(), trigger("trailing_stop", "107", high="120")), "exit-1"), "type") == (
        "market",
    )


def test_a_high_that_the_ledger_knows_is_not_said_again() -> None:
    risen = after(trailing_account(), trail("120"))
    for high in ("120", "119", None):
        assert names(events(risen, trigger("trailing_stop", "107", high=high)))[0] == "ExitTriggered"


@pytest.mark.parametrize("kind", KINDS)
def test_whichever_is_reached_first_ends_the_others(kind: ExitKind) -> None:
    state = after(trailing_account(stop_loss="80", take_profit="150"), trigger(kind, "85"))
    assert state.brackets == {}
    for other in KINDS:
        with pytest.raises(ExitNotArmed):
            events(state, trigger(other, "70", order_id="exit-2"))


def test_a_trigger_that_was_under_way_when_the_distance_changed_sells_nothing() -> None:
    under_way = replace(trigger("trailing_stop", "108", high="120"), level=Decimal(108))
    wider = after(trailing_account(), amend(trailing_stop="20"))
    with pytest.raises(ExitNotArmed):
        events(wider, under_way)
    assert names(events(after(trailing_account(), trail("115")), under_way))[:2] == ["ExitTrailed", "ExitTriggered"]


def test_what_a_sell_gives_back_keeps_its_high() -> None:
    selling = after(trailing_account(), trail("120"), limit("sell", "1", "130", "o-2"), report("open", order_id="o-2"))
    assert selling.brackets == {}
    (_, armed) = events(selling, report("cancelled", order_id="o-2"))
    assert isinstance(armed, ExitArmed)
    assert facts(armed, "trailing_stop", "high") == (10, 120)
    assert trailing(after(selling, report("cancelled", order_id="o-2"))) == ("120", "108")


def test_a_partial_sell_leaves_it_its_high_and_a_dying_exit_order_gives_it_back() -> None:
    state = after(trailing_account(), trail("120"), limit("sell", "0.4", "130", "o-2"))
    assert facts(state.brackets["o-1"], "amount", "high") == (Decimal("0.6"), 120)
    fired = after(state, trigger("trailing_stop", "108", high="121"))
    again = after(fired, report("cancelled", fill("sell", "0.1", "108"), order_id="exit-1"))
    assert facts(again.brackets["o-1"], "amount", "high") == (Decimal("0.5"), 121)


def test_what_is_bought_after_a_sell_took_everything_trails_from_its_own_price() -> None:
    part = after(FUNDS, limit("buy", "2", "100", trailing_stop="10"), report("open", fill("buy", "1", "100")))
    taken = after(part, trail("120"), limit("sell", "2", "130", "o-2"))
    assert taken.brackets == {}
    more = after(taken, report("filled", fill("buy", "1", "99")))
    assert trailing(more) == ("99", "89.1")
    assert trailing(after(more, report("cancelled", order_id="o-2"))) == ("120", "108")


@pytest.mark.parametrize(
    ("percent", "why"),
    [
        ("0", "0 must be above 0 and below 100 percent"),
        ("-1", "-1 must be above 0 and below 100 percent"),
        ("100", "100 must be above 0 and below 100 percent"),
        ("99.995", "99.995 leaves 0.005 of the 100, below the lowest price of 0.01"),
    ],
)
def test_a_distance_leaves_a_price_to_sell_at(percent: str, why: str) -> None:
    with pytest.raises(InvalidOrder, match=f"^trailingStop {why}$"):
        events(FUNDS, limit("buy", "1", "100", trailing_stop=percent))
    with pytest.raises(InvalidOrder, match=f"^trailingStop {why}$"):
        events(after(FUNDS, limit("buy", "1", "100")), amend(trailing_stop=percent))
    with pytest.raises(InvalidOrder, match=f"^trailingStop {why}$"):
        events(trailing_account(), amend(trailing_stop=percent))


def test_the_smallest_and_the_widest_distance_are_taken() -> None:
    for percent in ("0.000000000000000001", "99.99"):
        assert names(events(FUNDS, limit("buy", "1", "100", trailing_stop=percent))) == ["OrderPlaced"]


@pytest.mark.parametrize(
    "selling", [limit("sell", "1", "100", trailing_stop="5"), stop("sell", "1", "90", trailing_stop="5")]
)
def test_a_sell_has_nothing_to_trail(selling: PlaceOrder) -> None:
    with pytest.raises(InvalidOrder, match=r"^trailingStop 5 guards a buy; a sell on a spot market opens no position$"):
        events(FUNDS, selling)
    with pytest.raises(InvalidOrder, match=r"^trailingStop 5 guards a buy; this order sells$"):
        events(after(FUNDS, limit("sell", "1", "100")), amend(trailing_stop="5"))


def test_a_distance_changed_before_the_entry_fills_is_the_one_that_arms() -> None:
    before = after(FUNDS, limit("buy", "1", "100", trailing_stop="10"), amend(trailing_stop="5"))
    assert trailing(after(before, report("filled", fill("buy", "1", "100")))) == ("100", "95")


def test_another_distance_is_measured_from_the_same_high() -> None:
    risen = after(trailing_account(), trail("120"))
    happened = events(risen, amend(trailing_stop="5"))
    assert names(happened) == ["OrderAmended", "ExitDisarmed", "ExitArmed"]
    assert isinstance(happened[0], OrderAmended)
    assert happened[0].trailing_stop == 5
    assert trailing(after(risen, amend(trailing_stop="5"))) == ("120", "114")


def test_one_that_is_set_on_what_was_bought_begins_at_the_next_price_seen() -> None:
    amended = after(guarded_account(), amend(trailing_stop="10"))
    bracket = amended.brackets["o-1"]
    assert facts(bracket, "stop_loss", "take_profit", "trailing_stop", "high") == (90, 120, 10, None)
    assert bracket.trailing_level is None
    with pytest.raises(ExitNotArmed):
        events(amended, trigger("trailing_stop", "50"))
    assert trailing(after(amended, trail("110"))) == ("110", "99")


def test_exits_without_one_have_no_high() -> None:
    assert guarded_account().brackets["o-1"].high is None
    assert after(guarded_account(), amend(stop_loss="95")).brackets["o-1"].high is None


def test_the_distance_of_an_entry_that_closed_long_ago_can_still_be_changed() -> None:
    state = after(trailing_account(), trail("120"))
    for number in range(CLOSED_ORDERS_KEPT):
        name = f"later-{number}"
        state = after(state, limit("buy", "0.1", "100", name), report("cancelled", order_id=name))
    assert state.find("o-1") is None
    assert trailing(after(state, amend(trailing_stop="5"))) == ("120", "114")
    with pytest.raises(InvalidOrder, match=r"^trailingStop 100 must be"):
        events(state, amend(trailing_stop="100"))


def test_a_bought_order_without_exits_takes_none_later() -> None:
    plain = after(FUNDS, limit("buy", "1", "100"), report("filled", fill("buy", "1", "100")))
    with pytest.raises(OrderClosed):
        events(plain, amend(trailing_stop="5"))


def test_the_level_of_the_finest_distance_is_rounded_once_and_can_be_stored() -> None:
    state = trailing_account("0.000000000000000001")
    assert trailing(state) == ("100", "99.999999999999999999")
    finest = after(trailing_account("33.333333333333333333"), trail("100.01"))
    assert trailing(finest)[1] == "66.673333333333333334"
