"""Grouped sums of money that cannot wrap unseen.

polars wraps a grouped decimal sum on overflow in silence. The total of balanced postings is zero even then, so each
group is held against its own sum in float64, its shadow, which is far off once the exact one has wrapped.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

SUM_MAX: Final = 1e19  # A tenth of what Decimal(38, 18) holds; the domain keeps each amount below 1e15.
SHADOW: Final = "~"


class SumOverflow(OverflowError):
    """A group of ``columns`` sums to more than a money column can hold."""

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__(f"a grouped sum of {', '.join(columns)} is beyond ±{SUM_MAX:g}")


def with_shadows(columns: Sequence[str]) -> list[pl.Expr]:
    """What to aggregate: the exact sum of each column, and beside it the shadow that proves it."""
    exact = [pl.col(column).sum() for column in columns]
    return exact + [pl.col(column).cast(pl.Float64).sum().alias(SHADOW + column) for column in columns]


def proven(sums: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """``sums`` without the shadows of ``columns``.

    Raises:
        SumOverflow: a sum is beyond ``SUM_MAX``.
    """
    shadows = [SHADOW + column for column in columns]
    if sums.select((pl.col(shadows).abs() >= SUM_MAX).any()).row(0).count(True):
        raise SumOverflow(columns)
    return sums.drop(shadows)


def money_sums(frame: pl.DataFrame, by: Sequence[str], columns: Sequence[str]) -> pl.DataFrame:
    """Exact sums of ``columns`` for each ``by``, sorted by it.

    Raises:
        SumOverflow: a sum is beyond ``SUM_MAX``.
    """
    return proven(frame.group_by(by).agg(with_shadows(columns)).sort(by), columns)
