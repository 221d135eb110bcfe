"""What a state can be asked, and how it changes: never in place."""

from decimal import Decimal

import msgspec
import pytest

from domain.account import CLOSED_ORDERS_KEPT, Account, Balance
from domain.postings import Posting
from domain.refusals import AccountNotFound, OrderClosed, OrderNotFound
from tests.domain.books import account, after, fill, guarded_account, limit, nobody, order, report, trail


def test_an_account_that_was_never_opened_is_not_there() -> None:
    assert not nobody().is_open
    with pytest.raises(AccountNotFound, match="account 'main' is not open on paper"):
        nobody().required()
    assert account().required() == account()


def test_an_asset_never_seen_is_held_at_zero() -> None:
    assert account(USDT="5").balance("DOGE") == Balance(Decimal(0), Decimal(0))


def test_a_total_is_what_is_free_and_what_is_locked_exactly() -> None:
    balance = Balance(Decimal(999999999999999), Decimal("0.000000000000000001"))
    assert str(balance.total) == "999999999999999.000000000000000001"


def test_orders_are_found_open_or_closed() -> None:
    opened = after(account(USDT="100"), limit("buy", "1", "10"))
    assert opened.order("o-1") == opened.open_order("o-1") == opened.orders["o-1"]
    closed = after(opened, report("cancelled"))
    assert closed.order("o-1") == closed.closed["o-1"]
    assert "o-1" not in closed.orders
    with pytest.raises(OrderClosed, match="order o-1 is cancelled already"):
        closed.open_order("o-1")


def test_an_unknown_order_is_said_to_be_missing() -> None:
    assert account().find("o-9") is None
    for find in (account().order, account().open_order):
        with pytest.raises(OrderNotFound, match="order o-9 does not exist"):
            find("o-9")


def test_an_order_that_is_open_again_is_no_longer_among_the_closed_ones() -> None:
    rejected = after(account(USDT="100"), limit("buy", "2", "10"), report("rejected"))
    reopened = after(rejected, report("open", fill("buy", "1", "10")))
    assert (list(reopened.orders), list(reopened.closed)) == (["o-1"], [])
    assert order(reopened).status == "partial"


def test_the_oldest_closed_order_is_forgotten_for_the_newest() -> None:
    crowded = after(account(USDT="100"), limit("buy", "1", "10"), report("cancelled"))
    template = order(crowded)
    for number in range(2, CLOSED_ORDERS_KEPT + 2):
        crowded = crowded.with_order(msgspec.structs.replace(template, order_id=f"o-{number}"))
    assert len(crowded.closed) == CLOSED_ORDERS_KEPT == 1_024
    assert next(iter(crowded.closed)) == "o-2"
    assert list(crowded.closed)[-1] == "o-1025"


def test_a_closed_order_that_changes_again_counts_as_the_newest() -> None:
    two = after(
        account(USDT="100"),
        limit("buy", "1", "10"),
        limit("buy", "1", "10", "o-2"),
        report("cancelled"),
        report("cancelled", order_id="o-2"),
    )
    assert list(two.closed) == ["o-1", "o-2"]
    assert list(after(two, report("cancelled", fill("buy", "0.5", "10"))).closed) == ["o-2", "o-1"]


def test_postings_move_only_the_accounts_own_buckets() -> None:
    moved = account(USDT="100").with_postings(
        [
            Posting("free", "USDT", Decimal(-40)),
            Posting("locked", "USDT", Decimal(30)),
            Posting("fees", "USDT", Decimal(1)),
            Posting("market", "USDT", Decimal(9)),
            Posting("external", "BTC", Decimal(7)),
        ]
    )
    assert moved.balances == {"USDT": Balance(Decimal(60), Decimal(30))}


def test_a_state_is_left_alone_by_what_is_made_of_it() -> None:
    before = after(account(USDT="100"), limit("buy", "1", "10"))
    image = msgspec.json.encode(before)
    before.with_order(order(before).after("cancelled"))
    before.with_postings([Posting("free", "USDT", Decimal(5))])
    assert msgspec.json.encode(before) == image


def test_a_snapshot_of_before_exits_could_trail_reads_as_one_whose_exits_have_seen_no_price() -> None:
    old = msgspec.to_builtins(guarded_account())
    assert old["brackets"]["o-1"].pop("high") is None
    assert msgspec.json.decode(msgspec.json.encode(old), type=Account) == guarded_account()


def test_a_snapshot_reads_back_as_the_state_it_was_taken_of() -> None:
    busy = after(
        account(USDT="1000", BTC="0.000000000000000001"),
        limit("buy", "2", "100", stop_loss="90", trailing_stop="5"),
        report("open", fill("buy", "1", "99.99", "0.0999")),
        trail("101.5"),
        limit("sell", "0.5", "120", "o-2"),
    )
    assert busy.brackets
    assert busy.taken
    assert busy.positions
    assert msgspec.json.decode(msgspec.json.encode(busy), type=Account) == busy
