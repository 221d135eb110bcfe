"""The prices that a valuation is made with, one for each asset."""

from typing import Final

import polars as pl

from projections.schema import MONEY, TIME, Schema

PRICES: Final[Schema] = {"asset": pl.String(), "price_usd": MONEY, "source": pl.String(), "at": TIME}


def joined(frame: pl.DataFrame, prices: pl.DataFrame, *assets: str) -> pl.DataFrame:
    """``frame`` with ``<asset>_usd`` in float64 for each of the asset columns, null where there is no price."""
    for asset in assets:
        usd = prices.select(pl.col("asset").alias(asset), pl.col("price_usd").cast(pl.Float64).alias(f"{asset}_usd"))
        frame = frame.join(usd, on=asset, how="left", maintain_order="left")
    return frame
