"""What each account holds, as nothing but the sum of its postings."""

from typing import Final

import polars as pl

from projections import postings
from projections.owners import owned_by
from projections.schema import MONEY, Schema, columns
from projections.sums import money_sums

TOPICS: Final = postings.TOPICS
HELD: Final = ("free", "locked")
BUCKET: Final = ("account", "exchange", "asset", "bucket")
BUCKETS: Final[Schema] = {**{column: pl.String() for column in BUCKET}, "amount": MONEY}
BALANCES: Final[Schema] = {
    "account": pl.String(),
    "exchange": pl.String(),
    "asset": pl.String(),
    "free": MONEY,
    "locked": MONEY,
    "total": MONEY,
}


def empty() -> pl.DataFrame:
    return pl.DataFrame(schema=BUCKETS)


def fold(state: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """``BUCKETS`` after the postings of ``frame``: one sum for each bucket that was ever used, sorted.

    Raises:
        SumOverflow: a bucket holds more than a money column can.
    """
    moved = postings.journal(frame).select(BUCKETS.keys())
    return money_sums(pl.concat([state, moved]), BUCKET, ["amount"])


def read(state: pl.DataFrame, account: str | None = None, exchange: str | None = None) -> pl.DataFrame:
    """``BALANCES`` of every asset ever held, also where nothing is left of it, sorted by account, exchange, asset."""
    chosen = state.filter(pl.col("bucket").is_in(HELD), owned_by(account, exchange))
    in_bucket = [_amount_in(bucket) for bucket in HELD]
    sums = money_sums(chosen.with_columns(in_bucket), BUCKET[:3], HELD)
    return sums.with_columns(total=pl.col("free") + pl.col("locked")).select(columns(BALANCES))


def _amount_in(bucket: str) -> pl.Expr:
    return pl.when(pl.col("bucket") == bucket).then(pl.col("amount")).otherwise(0).alias(bucket)
