"""Balances are the sum of postings, exact, and never a number that wrapped."""

from decimal import Decimal

import polars as pl
import pytest

from projections import balances, cash_flows, postings
from projections.sums import SumOverflow, money_sums
from tests.projections.logs import Log, accepted, deposited, filled, log_of, opened, placed, withdrawn


def test_free_and_locked_follow_the_postings() -> None:
    frame = log_of(opened(), deposited("USDT", "1000"), filled("o", "2", "100.5", fee="0.25"), withdrawn("USDT", "9"))
    rows = balances.read(balances.fold(balances.empty(), frame)).rows()
    assert rows == [
        ("main", "paper", "BTC", Decimal(2), Decimal(0), Decimal(2)),
        ("main", "paper", "USDT", Decimal("789.75"), Decimal(0), Decimal("789.75")),
    ]


def test_every_bucket_of_an_asset_sums_to_zero() -> None:
    frame = log_of(deposited("USDT", "1000"), filled("o", "2", "100.5", fee="0.25"), withdrawn("USDT", "9"))
    state = balances.fold(balances.empty(), frame)
    assert state.group_by("asset").agg(pl.col("amount").sum())["amount"].to_list() == [0, 0]
    assert state.filter(bucket="fees")["amount"].to_list() == [Decimal("0.25")]


def test_balances_are_read_for_one_account_and_exchange() -> None:
    log = Log().add(deposited("USDT", "1"), stream="account:main:paper")
    log.add(deposited("USDT", "2"), stream="account:main:kraken").add(
        deposited("USDT", "4"), stream="account:desk:paper"
    )
    state = balances.fold(balances.empty(), log.frame())
    assert balances.read(state)["total"].sum() == 7
    assert balances.read(state, "main")["total"].sum() == 3
    assert balances.read(state, "main", "kraken")["total"].to_list() == [Decimal(2)]
    assert balances.read(state, "nobody").is_empty()


def test_a_grouped_sum_that_would_wrap_is_refused() -> None:
    money = ["99999999999999999999"] * 3 + ["-99999999999999999999"] * 3
    frame = pl.DataFrame({"asset": ["A"] * 3 + ["B"] * 3, "amount": money})
    frame = frame.with_columns(pl.col("amount").cast(pl.Decimal(38, 18)))
    with pytest.raises(SumOverflow, match="amount"):
        money_sums(frame, ["asset"], ["amount"])


def test_the_journal_has_every_posting_in_the_order_of_the_log() -> None:
    frame = log_of(deposited("USDT", "5"), accepted("o"), placed("o"), withdrawn("USDT", "2"))
    rows = postings.journal(frame).select("seq", "topic", "bucket", "amount").rows()
    assert rows == [
        (1, "FundsDeposited", "external", Decimal(-5)),
        (1, "FundsDeposited", "free", Decimal(5)),
        (4, "FundsWithdrawn", "free", Decimal(-2)),
        (4, "FundsWithdrawn", "external", Decimal(2)),
    ]


def test_cash_flows_have_the_sign_of_the_account() -> None:
    frame = log_of(deposited("USDT", "5"), filled("o", "1"), withdrawn("USDT", "2"))
    rows = cash_flows.read(cash_flows.fold(cash_flows.empty(), frame))
    assert rows.select("seq", "asset", "amount", "note").rows() == [
        (1, "USDT", Decimal(5), "gift"),
        (3, "USDT", Decimal(-2), None),
    ]
