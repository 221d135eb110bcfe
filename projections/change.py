"""How much an account gained over a window, deposits and withdrawals left out: the time-weighted return."""

from datetime import datetime, timedelta
from typing import Final

import polars as pl
from msgspec import Struct

METHOD: Final = "time-weighted"


class Now(Struct, frozen=True, kw_only=True):
    """The open end of a curve: ``value`` in USD at ``at`` (the exchange's time), and what has flowed in since its last
    point. None where a price is missing."""

    at: datetime
    value: float | None
    flow: float | None = 0.0


class Change(Struct, frozen=True, kw_only=True):
    """``percent`` gained from ``since`` on, which is later than the window's start where the account is younger.

    None only where a price is missing.
    """

    percent: float | None
    since: datetime
    method: str = METHOD


def change(points: pl.DataFrame, now: Now, window: timedelta) -> Change:
    """The time-weighted return of one curve (``POINTS`` rows, oldest first) over the ``window`` before ``now``."""
    start = now.at - window
    before = points.filter(pl.col("value").is_not_null(), pl.col("occurred_at") <= start)
    if before.is_empty():
        since: datetime = now.at if points.is_empty() else points["occurred_at"].to_list()[0]
        return Change(percent=_percent(_ended(points, now), opening=0.0), since=since)
    base = before.row(-1, named=True)
    inside = points.filter(pl.col("seq") > base["seq"])
    return Change(percent=_percent(_ended(inside, now), opening=base["value"]), since=start)


def growth(values: pl.Series, flows: pl.Series, opening: float) -> float | None:
    """The product of E_i ÷ E_(i−1) with each flow F_i taken out of its E_i, from ``opening`` on.

    Where nothing was there before, the flow is what was put in: E_i ÷ F_i. A missing value joins its period to the
    next; a missing flow, or no value at the end, makes the result None.
    """
    if values.is_empty() or values[-1] is None or flows.null_count():
        return None
    curve = pl.DataFrame({"value": values, "flowed": flows.cum_sum()}).drop_nulls("value")
    last = pl.col("value").shift(1, fill_value=opening)
    flow = pl.col("flowed").diff().fill_null(pl.col("flowed"))
    factor = (
        pl.when(last > 0)
        .then((pl.col("value") - flow) / last)
        .when(flow > 0)
        .then(pl.col("value") / flow)
        .otherwise(1.0)
    )
    product: float = curve.select(factor.product()).item()
    return product


def _ended(points: pl.DataFrame, now: Now) -> pl.DataFrame:
    end = pl.DataFrame({"value": [now.value], "flow": [now.flow]}, schema={"value": pl.Float64, "flow": pl.Float64})
    return pl.concat([points.select("value", "flow"), end])


def _percent(curve: pl.DataFrame, opening: float) -> float | None:
    factor = growth(curve["value"], curve["flow"], opening)
    return None if factor is None else (factor - 1.0) * 100.0
