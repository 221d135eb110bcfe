"""Prices in USD as the log has them: the newest of each asset, and all that there were."""

from typing import Final

import polars as pl

from projections.schema import MONEY, TIME, Schema

TOPICS: Final = frozenset(("PricesMarked",))
MARKS: Final[Schema] = {
    "seq": pl.Int64(),
    "at": TIME,
    "exchange": pl.String(),
    "asset": pl.String(),
    "price_usd": MONEY,
    "source": pl.String(),
    "occurred_at": TIME,
}


def empty() -> pl.DataFrame:
    return pl.DataFrame(schema=MARKS)


def history(frame: pl.DataFrame) -> pl.DataFrame:
    """``LOG`` rows in, ``MARKS`` rows out, in log order: read from the log where it is asked for, and never held."""
    marked = frame.lazy().filter(pl.col("topic") == "PricesMarked", pl.col("marks").list.len() > 0)
    rows = marked.select("seq", "at", "exchange", "marks").explode("marks")
    return rows.with_columns(pl.col("marks").struct.unnest()).select(MARKS.keys()).collect()


def newest(state: pl.DataFrame, marked: pl.DataFrame) -> pl.DataFrame:
    """Of two ``MARKS`` frames, the second later than the first, the last row of each asset on each exchange."""
    rows = pl.concat([state, marked])
    return rows.unique(["exchange", "asset"], keep="last", maintain_order=True).sort("exchange", "asset")


def fold(state: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """The newest ``MARKS`` row of each asset on each exchange, sorted by both."""
    return newest(state, history(frame))


def read(state: pl.DataFrame, exchange: str | None = None) -> pl.DataFrame:
    """One price for each asset, the newest by the exchanges' own time: ``MARKS`` rows sorted by asset."""
    rows = state if exchange is None else state.filter(pl.col("exchange") == exchange)
    return rows.sort("asset", "occurred_at", "seq").unique("asset", keep="last", maintain_order=True)
