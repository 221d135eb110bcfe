"""Several equity curves as one."""

import math

import polars as pl

from projections.equity_points import POINTS


def combined(points: pl.DataFrame) -> pl.DataFrame:
    """The sum of all curves in ``points``: ``POINTS`` rows without an owner, at every moment that any of them has.

    A curve counts with its last value until its next one, and with nothing before its first. Where one has no value,
    neither has the sum.
    """
    curves = points.select("account", "exchange").unique().height
    owner = {"account": pl.lit(None, pl.String), "exchange": pl.lit(None, pl.String)}
    if curves <= 1:
        return points.select(POINTS.keys()).with_columns(**owner)
    curve = pl.concat_str("account", pl.lit(":"), "exchange")
    # A missing value must not be filled from before, so it goes through the pivot as NaN.
    wide = points.with_columns(curve=curve, value=pl.col("value").fill_null(math.nan)).sort("seq")
    columns = wide["curve"].unique().sort()
    held = wide.pivot("curve", index="seq", values="value", on_columns=columns, aggregate_function="last")
    value = pl.sum_horizontal(pl.col(columns.to_list()).forward_fill().fill_null(0.0))
    totals = held.select("seq", value=pl.when(~value.is_nan()).then(value))
    # A sum over no value would be zero: a flow that has no price keeps the whole moment without one.
    flow = pl.when(pl.col("flow").null_count() == 0).then(pl.col("flow").sort_by("account", "exchange").sum())
    moments = points.group_by("seq").agg(pl.col("at", "occurred_at").max(), flow=flow)
    return moments.join(totals, on="seq").with_columns(**owner).select(POINTS.keys()).sort("seq")
