"""Prices from totals."""

from typing import Final

import polars as pl

from projections.schema import MONEY

QUOTIENT_MAX: Final = 1e19  # A tenth of what Decimal(38, 18) holds; polars raises beyond that.


def price_of(notional: pl.Expr, amount: pl.Expr) -> pl.Expr:
    """``notional`` ÷ ``amount`` at eighteen decimals, half even as in ``domain.money.divided``.

    Null where nothing was traded, and where dust makes the quotient larger than any price can be.
    """
    estimate = notional.cast(pl.Float64) / amount.cast(pl.Float64)
    has_one = (amount > 0) & (estimate.abs() < QUOTIENT_MAX)
    # Both sides are null where there is no quotient, because polars divides every row before it chooses.
    return (pl.when(has_one).then(notional) / pl.when(has_one).then(amount)).cast(MONEY)
