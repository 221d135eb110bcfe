"""What came into the accounts from outside, and what left them."""

from typing import Final

import polars as pl

from projections import postings
from projections.history import History, appended, empty_history
from projections.owners import owned_by
from projections.schema import MONEY, TIME, Schema

TOPICS: Final = frozenset(("FundsDeposited", "FundsWithdrawn", "BalanceAdjusted"))
CASH_FLOWS: Final[Schema] = {
    "seq": pl.Int64(),
    "at": TIME,
    "account": pl.String(),
    "exchange": pl.String(),
    "topic": pl.String(),
    "asset": pl.String(),
    "amount": MONEY,
    "cost_usd": MONEY,
    "note": pl.String(),
}


def empty() -> History:
    return empty_history(CASH_FLOWS)


def fold(state: History, frame: pl.DataFrame) -> History:
    """``CASH_FLOWS`` so far; ``amount`` is positive for what came in, ``cost_usd`` null where unknown."""
    events = frame.filter(pl.col("topic").is_in(TOPICS))
    moved = postings.journal(events).lazy().filter(pl.col("bucket") == "external").with_columns(-pl.col("amount"))
    said = events.lazy().select("seq", "cost_usd", note=pl.coalesce("note", "reason"))
    rows = moved.join(said, on="seq", how="left", maintain_order="left")
    return appended(state, rows.select(CASH_FLOWS.keys()).collect())


def read(state: History, account: str | None = None, exchange: str | None = None) -> pl.DataFrame:
    """The ``CASH_FLOWS`` that fit, oldest first."""
    return state.rows.filter(owned_by(account, exchange))
