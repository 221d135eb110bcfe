"""Double entry: what does not balance cannot exist."""

from decimal import Decimal

import msgspec
import pytest

from domain.codec import decode
from domain.events.funds import FundsDeposited
from domain.postings import Posting, Unbalanced, balance, moved

LARGEST = Decimal("999999999999999.999999999999999999")
ONE_STEP_LESS = Decimal("999999999999999.999999999999999998")


def deposited(*postings: Posting) -> FundsDeposited:
    return FundsDeposited(postings=postings, asset="BTC", amount=Decimal(1), cost_usd=None, note=None)


def test_postings_that_sum_to_zero_for_each_asset_balance() -> None:
    balance(
        [
            Posting("free", "USDT", Decimal(-101)),
            Posting("market", "USDT", Decimal(100)),
            Posting("fees", "USDT", Decimal(1)),
            Posting("market", "BTC", Decimal(-2)),
            Posting("free", "BTC", Decimal(2)),
        ]
    )


def test_no_postings_at_all_balance() -> None:
    balance([])


def test_assets_do_not_make_up_for_each_other() -> None:
    with pytest.raises(Unbalanced, match="postings leave -1 BTC over"):
        balance([Posting("free", "BTC", Decimal(-1)), Posting("free", "ETH", Decimal(1))])


def test_the_thirty_third_digit_counts() -> None:
    with pytest.raises(Unbalanced, match="leave 1E-18 BTC over"):
        balance([Posting("free", "BTC", LARGEST), Posting("external", "BTC", ONE_STEP_LESS.copy_negate())])


@pytest.mark.parametrize("amount", ["0", "0.00", "-0", "NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_posting_that_moves_nothing_or_no_number_is_refused(amount: str) -> None:
    with pytest.raises(Unbalanced, match="a posting moves"):
        balance([Posting("free", "BTC", Decimal(amount))])


def test_an_event_whose_postings_do_not_balance_cannot_be_constructed() -> None:
    with pytest.raises(Unbalanced, match="postings leave 1 BTC over"):
        deposited(Posting("free", "BTC", Decimal(1)))
    with pytest.raises(Unbalanced, match="a posting moves 0 BTC"):
        deposited(Posting("free", "BTC", Decimal(0)))


def test_an_event_whose_postings_do_not_balance_cannot_be_changed_into() -> None:
    whole = deposited(Posting("external", "BTC", Decimal(-1)), Posting("free", "BTC", Decimal(1)))
    with pytest.raises(Unbalanced, match="leave -1 BTC over"):
        msgspec.structs.replace(whole, postings=whole.postings[:1])


def test_a_stored_event_whose_postings_do_not_balance_cannot_be_read() -> None:
    stored = b"""{"at":"2026-02-09T12:00:00Z","by":"bot","role":"full","request":null,"key":null,"digest":null,
        "postings":[{"bucket":"free","asset":"BTC","amount":"1"}],
        "asset":"BTC","amount":"1","cost_usd":null,"note":null}"""
    with pytest.raises(msgspec.ValidationError, match="postings leave 1 BTC over"):
        decode("FundsDeposited", stored)


def test_a_stored_posting_in_an_unknown_bucket_cannot_be_read() -> None:
    with pytest.raises(msgspec.ValidationError, match="pocket"):
        msgspec.json.decode(b'{"bucket":"pocket","asset":"BTC","amount":"1"}', type=Posting)


def test_moved_leaves_out_what_moves_nothing() -> None:
    assert moved(("free", "BTC", Decimal(0)), ("locked", "BTC", Decimal(2)), ("free", "BTC", Decimal(-2))) == (
        Posting("locked", "BTC", Decimal(2)),
        Posting("free", "BTC", Decimal(-2)),
    )
