"""What a batch of events does to each order, without walking through them one by one."""

import polars as pl

from projections.order_rows import ORDERS
from projections.order_rules import (
    ADDED,
    AMENDED,
    AMOUNT,
    CHANGES,
    FACTS,
    NEW,
    PROGRESS,
    READ,
    REASON,
    STATUS,
    SUMMED,
    is_amendment,
    now,
)
from projections.sums import proven


def changed(orders: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """``ORDERS`` rows after the events of ``frame`` (sorted by ``seq``); events of other orders are left out.

    Raises:
        SumOverflow: the fills of one order sum to more than a money column can hold.
    """
    changes = _changes(orders, frame)
    if changes.is_empty():
        return orders
    facts = proven(changes.group_by("order_id").agg(FACTS), SUMMED)
    after = orders.lazy().join(facts.lazy(), on="order_id", how="left", suffix=NEW)
    after = _amended(after, changes).with_columns(ADDED).with_columns(now=STATUS)
    return after.with_columns(reason=REASON, amount=AMOUNT, status=now).select(ORDERS.keys()).collect()


def _changes(orders: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """The events of ``orders`` that came after what their rows know, each with the ``PROGRESS`` right after it."""
    known = {"before": "filled_amount", "planned": "amount", "was": "status", "known": "seq"}
    before = orders.lazy().select("order_id", "spend", **known)
    events = frame.lazy().filter(pl.col("topic").is_in(CHANGES)).select(READ)
    mine = events.join(before, on="order_id", maintain_order="left").filter(pl.col("seq") > pl.col("known"))
    return mine.with_columns(**PROGRESS).collect()


def _amended(after: pl.LazyFrame, changes: pl.DataFrame) -> pl.LazyFrame:
    """An amendment says all it can change anew: what it leaves null is null from then on."""
    amendments = changes.filter(is_amendment)
    if amendments.is_empty():
        return after
    values = amendments.lazy().select(pl.col("seq").alias("amended_seq"), pl.col(AMENDED).name.suffix("_amended"))
    was_amended = pl.col("amended_seq").is_not_null()
    replaced = [pl.when(was_amended).then(f"{name}_amended").otherwise(name).alias(name) for name in AMENDED]
    return after.join(values, on="amended_seq", how="left").with_columns(replaced)
