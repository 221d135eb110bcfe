"""The postings journal: every debit and credit of the log as a row of its own."""

from typing import Final

import polars as pl

from domain.events import CATALOGUE, ValueEvent
from projections.schema import MONEY, TIME, Schema

TOPICS: Final = frozenset(kind.__name__ for kind in CATALOGUE if issubclass(kind, ValueEvent))
JOURNAL: Final[Schema] = {
    "seq": pl.Int64(),
    "at": TIME,
    "account": pl.String(),
    "exchange": pl.String(),
    "topic": pl.String(),
    "bucket": pl.String(),
    "asset": pl.String(),
    "amount": MONEY,
}


def journal(frame: pl.DataFrame) -> pl.DataFrame:
    """``LOG`` rows in, ``JOURNAL`` rows out, in log order; ``amount`` is positive where it enters its bucket.

    This is as long as the log itself, so it is read from the log where it is asked for and never held.
    """
    head = [column for column in JOURNAL if column not in ("bucket", "asset", "amount")]
    posted = frame.lazy().select(*head, "postings").filter(pl.col("postings").list.len() > 0)
    return posted.explode("postings").unnest("postings").select(JOURNAL.keys()).collect()
