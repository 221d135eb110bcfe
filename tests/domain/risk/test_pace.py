"""How many orders a client may place in a minute."""

from datetime import timedelta

import msgspec
from msgspec.structs import replace

from domain.account import Account
from domain.decide import decide
from tests.domain.books import NOON, account, after, limit, market, oco, trigger
from tests.domain.risk.limited import filled, limited, placed, refused, said, seen

SECOND = timedelta(seconds=1)


def placed_at(seconds: int, before: Account) -> Account:
    return placed(before, seen(limit("buy", "1", "100", order_id=f"at-{seconds}")), NOON + seconds * SECOND)


def test_the_order_after_the_last_one_of_a_minute_is_refused_until_the_minute_is_over() -> None:
    paced = limited(max_orders_per_minute=3)
    for seconds in (0, 20, 40):
        paced = placed_at(seconds, paced)
    late = seen(limit("buy", "1", "100", order_id="late"))
    refusal = refused(paced, late, NOON + timedelta(seconds=59, microseconds=999_999))
    assert said(refusal) == ("maxOrdersPerMinute", "3", {"placedInLastMinute": "3"})
    assert refusal.message == "3 orders were placed in the last minute; the limit is 3: send a new order later"
    placed(paced, late, NOON + 60 * SECOND)


def test_two_orders_placed_at_once_count_as_two() -> None:
    pair = oco("buy", "1", "90", "110")
    refusal = refused(limited(max_orders_per_minute=1), pair)
    assert said(refusal) == ("maxOrdersPerMinute", "1", {"placedInLastMinute": "0"})
    assert refusal.message == (
        "0 orders were placed in the last minute and 2 are to be placed at once; the limit is 1: send a new order later"
    )
    assert len(after(limited(max_orders_per_minute=2), pair).placements) == 2


def test_orders_that_are_done_or_refused_count_as_they_were_placed() -> None:
    paced = after(placed_at(0, limited(max_orders_per_minute=2)), filled("1", "100", "at-0"))
    refused_one = decide(paced, limit("buy", "1000", "100", order_id="poor"), NOON)
    paced = placed_at(1, refused_one.account)
    assert said(refused(paced, seen(limit("buy", "1", "100", order_id="z")), NOON + 2 * SECOND))[0] == (
        "maxOrdersPerMinute"
    )


def test_exits_and_what_closes_a_position_are_not_held_up_and_exits_do_not_count() -> None:
    paced = placed(limited(max_orders_per_minute=1), seen(limit("buy", "2", "100", stop_loss="90")))
    paced = after(paced, filled("2", "100"))
    closing = replace(market("sell", "1", "100", order_id="close"), closes=True)
    assert len(placed(paced, closing).placements) == 2
    paced = after(paced, trigger("stop_loss", "90"))
    assert len(paced.placements) == 1
    assert said(refused(paced, seen(limit("sell", "1", "100", order_id="s"))))[0] == "maxOrdersPerMinute"


def test_setting_the_limit_counts_what_was_placed_before_it() -> None:
    busy = placed_at(30, placed_at(0, account(USDT="10000")))
    assert busy.placements == ()
    paced = limited(busy, max_orders_per_minute=2)
    assert said(refused(paced, seen(limit("buy", "1", "100", order_id="z")), NOON + 31 * SECOND))[2] == {
        "placedInLastMinute": "2"
    }
    assert limited(paced).placements == ()


def test_the_pace_survives_a_snapshot() -> None:
    paced = placed_at(0, limited(max_orders_per_minute=1))
    again = msgspec.json.decode(msgspec.json.encode(paced), type=Account)
    assert again == paced
    assert said(refused(again, seen(limit("buy", "1", "100", order_id="z")), NOON + SECOND))[0] == "maxOrdersPerMinute"
