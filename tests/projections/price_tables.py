"""Tables of prices in plain numbers."""

import polars as pl

from projections.prices import PRICES
from projections.schema import columns
from tests.projections.logs import NOON


def priced(**prices: str) -> pl.DataFrame:
    """``PRICES`` rows from ``asset="price"``."""
    table = {"asset": list(prices), "price_usd": list(prices.values())}
    frame = pl.DataFrame(table, schema={"asset": pl.String, "price_usd": pl.String})
    return frame.with_columns(source=pl.lit("test"), at=pl.lit(NOON)).select(columns(PRICES))
