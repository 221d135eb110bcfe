"""From moves and marks to points of an equity curve, all moments of a batch at once.

Money stays exact until it meets a price. What one point sums in float64 is a list sorted by asset, so that the sum
does not depend on how the log was cut into batches.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from projections.schema import MONEY, TIME, Schema
from projections.sums import money_sums

CURVE: Final = ("account", "exchange")
HOLDING: Final = (*CURVE, "asset")
MOMENT: Final = ("seq", *CURVE)
MOVES: Final[Schema] = {
    "seq": pl.Int64(),
    "account": pl.String(),
    "exchange": pl.String(),
    "asset": pl.String(),
    "amount": MONEY,
}
POINTS: Final[Schema] = {
    "seq": pl.Int64(),
    "at": TIME,
    "occurred_at": TIME,
    "account": pl.String(),
    "exchange": pl.String(),
    "value": pl.Float64(),
    "flow": pl.Float64(),
}


def moments(frame: pl.DataFrame) -> pl.DataFrame:
    """When prices were marked: seq, at, exchange, and ``occurred_at``, the newest time that the exchange gave."""
    marked = frame.lazy().filter(pl.col("topic") == "PricesMarked")
    newest = pl.col("marks").list.eval(pl.element().struct.field("occurred_at")).list.max()
    return marked.select("seq", "at", "exchange", occurred_at=pl.coalesce(newest, "at")).collect()


def values(moves: pl.DataFrame, when: pl.DataFrame, prices: pl.DataFrame, stablecoins: Sequence[str]) -> pl.LazyFrame:
    """``POINTS`` rows but for their flow: what each account was worth at each moment of its exchange.

    ``moves`` are all since the account began, those of earlier batches summed up; only ``MARKS`` of the moment itself
    count, so that no value rests on an old price: without one it is null.
    """
    begun = moves.lazy().group_by(CURVE).agg(begun=pl.col("seq").min())
    curves = when.lazy().join(begun, on="exchange").filter(pl.col("seq") > pl.col("begun"))
    priced = _amounts(moves, when).join(_priced(prices), on=["seq", "exchange", "asset"], how="left")
    worth = _worth(priced, stablecoins)
    value = pl.when(pl.col("parts").is_null()).then(0.0).otherwise("worth")
    return curves.join(worth, on=MOMENT, how="left").with_columns(value=value)


def flow_values(flows: pl.DataFrame, prices: pl.DataFrame, stablecoins: Sequence[str]) -> pl.LazyFrame:
    """What the ``flows`` of each moment were worth: at the moment's ``MARKS`` row or else the newest before it."""
    known = _priced(prices).sort("seq")
    moving = flows.lazy().filter(pl.col("amount") != 0).sort("seq")
    priced = moving.join_asof(known, on="seq", by=["exchange", "asset"], check_sortedness=False)
    return _worth(priced, stablecoins).select(*MOMENT, flow="worth", flowed="parts")


def flows_by_moment(moves: pl.DataFrame, when: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """``moves`` summed at the first moment after them, and those that no moment has come after yet (``seq`` 0)."""
    times = when.lazy().select("exchange", moment="seq").sort("moment")
    aimed = (
        moves.lazy()
        .sort("seq")
        .join_asof(times, left_on="seq", right_on="moment", by="exchange", strategy="forward", check_sortedness=False)
    )
    aimed = aimed.with_columns(seq=pl.col("moment").fill_null(0))
    sums = money_sums(aimed.collect(), (*MOMENT, "asset"), ["amount"])
    return sums.filter(pl.col("seq") > 0), sums.filter(pl.col("seq") == 0)


def _priced(prices: pl.DataFrame) -> pl.LazyFrame:
    return prices.lazy().select("seq", "exchange", "asset", price=pl.col("price_usd").cast(pl.Float64))


def _amounts(moves: pl.DataFrame, when: pl.DataFrame) -> pl.LazyFrame:
    """What was held of each asset at each moment, where it was anything.

    Nothing here can wrap unseen: the state that the same moves leave is summed with proof.
    """
    steps = moves.lazy().group_by(*HOLDING, "seq").agg(pl.col("amount").sum()).sort("seq")
    totals = steps.with_columns(pl.col("amount").cum_sum().over(HOLDING))
    grid = when.lazy().select("seq", "exchange").join(moves.lazy().select(HOLDING).unique(), on="exchange").sort("seq")
    held = grid.join_asof(totals, on="seq", by=list(HOLDING), check_sortedness=False)
    return held.filter(pl.col("amount") != 0)


def _worth(priced: pl.LazyFrame, stablecoins: Sequence[str]) -> pl.LazyFrame:
    """The sum of amount × price of each moment as ``worth``, null where a price is missing; ``parts`` is how many."""
    price = pl.when(pl.col("asset").is_in(stablecoins)).then(1.0).otherwise("price")
    each = priced.with_columns(each=pl.col("amount").cast(pl.Float64) * price).sort(*MOMENT, "asset")
    lists = each.group_by(MOMENT).agg("each", parts=pl.len(), missing=pl.col("each").null_count())
    return lists.with_columns(worth=pl.when(pl.col("missing") == 0).then(pl.col("each").list.sum()))
