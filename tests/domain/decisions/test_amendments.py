"""A change that an exchange has to agree to: reserved for before, booked or taken back by its answer."""

from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest
from msgspec.structs import replace

from domain.account import Account
from domain.commands import Spread
from domain.refusals import InvalidOrder
from tests.domain.books import (
    NOON,
    after,
    amend,
    answer,
    discrepancies,
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
)
from tests.domain.decisions.resting import FUNDS, resting, usdt

RESTING = resting(limit("buy", "2", "100"))


@pytest.mark.parametrize(
    ("changes", "asked", "agreed", "refused"),
    [
        ({"amount": "3"}, ("700", "300"), ("700", "300"), ("800", "200")),
        ({"amount": "1"}, ("800", "200"), ("900", "100"), ("800", "200")),
        ({"price": "90"}, ("800", "200"), ("820", "180"), ("800", "200")),
        ({"price": "110"}, ("780", "220"), ("780", "220"), ("800", "200")),
        ({"amount": "3", "price": "50"}, ("800", "200"), ("850", "150"), ("800", "200")),
    ],
)
def test_until_the_exchange_has_answered_the_larger_of_both_terms_is_reserved(
    changes: dict[str, str], asked: tuple[str, str], agreed: tuple[str, str], refused: tuple[str, str]
) -> None:
    waiting = after(RESTING, amend(**changes))
    assert usdt(waiting) == asked
    assert facts(order(waiting), "amount", "price") == (2, 100)
    done, left = after(waiting, answer("open", amended=True)), after(waiting, answer("open", amended=False))
    assert (usdt(done), order(done).asked) == (agreed, None)
    assert (usdt(left), order(left)) == (refused, order(RESTING))


def test_a_fill_at_either_terms_finds_its_reservation_while_the_answer_is_awaited() -> None:
    waiting = after(RESTING, amend(amount="1.5"))
    filled = events(waiting, report("open", fill("buy", "1.8", "100")))
    assert discrepancies(filled) == []
    assert usdt(after(waiting, report("open", fill("buy", "1.8", "100")))) == ("800", "20")
    dearer = after(RESTING, amend(price="120"), report("open", fill("buy", "0.5", "100")))
    assert usdt(dearer) == ("770", "180")


def test_fills_that_came_first_are_booked_at_the_old_terms_and_those_after_at_the_new_ones() -> None:
    waiting = after(RESTING, amend(amount="1", price="90"))
    done = events(waiting, answer("filled", fill("buy", "0.4", "100"), fill("buy", "0.6", "90"), amended=True))
    assert names(done) == ["OrderFilled", "OrderAmended", "OrderFilled"]
    larger = events(after(RESTING, amend(amount="3")), answer("filled", fill("buy", "3", "99"), amended=True))
    assert names(larger) == ["OrderAmended", "OrderFilled"]


def test_an_order_that_had_more_than_it_was_shrunk_to_is_done_with_what_it_had() -> None:
    waiting = after(RESTING, amend(amount="1"))
    done = answer("filled", fill("buy", "1.25", "100"), amended=True)
    assert discrepancies(events(waiting, done)) == []
    assert facts(order(after(waiting, done)), "status", "amount") == ("filled", Decimal("1.25"))
    assert usdt(after(waiting, done)) == ("875", "0")


def test_an_order_that_was_filled_to_its_new_amount_before_the_exchange_agreed_ends() -> None:
    waiting = after(RESTING, amend(amount="1"), report("open", fill("buy", "1", "100")))
    done = order(after(waiting, answer("filled", amended=True)))
    assert facts(done, "status", "amount", "filled_amount", "reserved") == ("cancelled", 2, 1, 0)


def test_an_order_that_ended_before_the_amendment_came_ends_as_it_was() -> None:
    waiting = after(RESTING, amend(amount="3"))
    filled = order(after(waiting, answer("filled", fill("buy", "2", "100"), amended=False)))
    assert facts(filled, "status", "amount", "asked") == ("filled", 2, None)
    cancelled = after(waiting, answer("cancelled", amended=False))
    assert facts(order(cancelled), "status", "asked") == ("cancelled", None)
    assert usdt(cancelled) == ("1000", "0")


def test_one_amendment_at_a_time() -> None:
    with pytest.raises(InvalidOrder, match=r"^orderId o-1 is being amended: its exchange has not answered yet$"):
        events(after(RESTING, amend(amount="1")), amend(stop_loss="90"))


def test_an_order_whose_time_has_passed_is_not_amended() -> None:
    resting_till_one = resting(limit("buy", "2", "100", time_in_force="GTD", expires_at=NOON + timedelta(hours=1)))
    late = replace(amend(amount="1"), exchange_time=NOON + timedelta(hours=1))
    with pytest.raises(InvalidOrder, match=r"^expiresAt 2026-02-09T13:00:00\+00:00 has passed: it is 2026-02-09T13:00"):
        events(resting_till_one, late)
    assert names(events(resting_till_one, replace(late, exchange_time=NOON))) == ["AmendmentRequested"]


@pytest.mark.parametrize(("side", "behind", "ahead"), [("buy", "105", "105.01"), ("sell", "95", "94.99")])
def test_a_stop_is_not_moved_to_where_the_market_is_already(side: str, behind: str, ahead: str) -> None:
    waiting = resting(stop("buy" if side == "buy" else "sell", "1", "110" if side == "buy" else "90"))
    market = Spread(bid=Decimal(95), ask=Decimal(105))
    with pytest.raises(InvalidOrder, match=rf"^stopPrice {behind} must be (above|below) the market"):
        events(waiting, replace(amend(stop_price=behind), spread=market))
    assert names(events(waiting, replace(amend(stop_price=ahead), spread=market))) == ["AmendmentRequested"]


def test_a_larger_sell_that_the_exchange_refuses_gives_the_exits_back_what_it_took() -> None:
    selling = after(guarded_account(), limit("sell", "0.4", "130", "o-2"), report("open", order_id="o-2"))
    waiting = after(selling, amend("o-2", amount="0.9"))
    assert waiting.brackets["o-1"].amount == Decimal("0.1")
    back = after(waiting, answer("open", order_id="o-2", amended=False))
    assert back.brackets["o-1"].amount == Decimal("0.6")
    assert held(back) == held(selling)
    assert after(back, report("cancelled", order_id="o-2")).brackets["o-1"].amount == 1


def test_a_sell_that_is_filled_before_it_could_grow_gives_the_exits_back_what_the_growth_took() -> None:
    selling = after(guarded_account(), limit("sell", "0.4", "130", "o-2"), report("open", order_id="o-2"))
    sold = report("filled", fill("sell", "0.4", "130"), order_id="o-2")
    done = after(selling, amend("o-2", amount="0.9"), sold)
    assert (order(done, "o-2").status, done.brackets["o-1"].amount) == ("filled", Decimal("0.6"))
    assert done.taken == {}


def test_a_refused_change_of_a_sell_whose_fee_took_base_leaves_the_exits_as_they_were() -> None:
    first = limit("sell", "1", "130", "o-2")
    paid_in_base = report("open", fill("sell", "0.5", "130", fee="0.01", fee_asset="BTC"), order_id="o-2")
    second = limit("buy", "1", "100", "o-3", stop_loss="80")
    bought = report("filled", fill("buy", "1", "100"), order_id="o-3")
    before = after(guarded_account(), first, paid_in_base, second, bought)
    back = after(before, amend("o-2", amount="1.3"), answer("open", order_id="o-2", amended=False))
    assert (held(back), back.brackets) == (held(before), before.brackets)


def test_an_account_with_an_amendment_under_way_is_kept_in_a_snapshot_and_an_older_one_has_none() -> None:
    waiting = after(FUNDS, limit("buy", "2", "100"), report("open"), amend(amount="1"))
    written = msgspec.json.encode(waiting)
    assert msgspec.json.decode(written, type=Account) == waiting
    older = msgspec.json.decode(written)
    del older["orders"]["o-1"]["asked"]
    assert msgspec.convert(older, Account).order("o-1").asked is None
