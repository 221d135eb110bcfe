"""The prices that a valuation is made with, one for each asset."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import polars as pl

from projections.equity import STABLECOINS
from projections.schema import MONEY, TIME, Schema, columns

PRICES: Final[Schema] = {"asset": pl.String(), "price_usd": MONEY, "source": pl.String(), "at": TIME}


def from_marks(marks: pl.DataFrame) -> pl.DataFrame:
    """``MARKS`` rows, one for each asset, as ``PRICES`` with the exchange's own time."""
    return marks.select("asset", "price_usd", "source", at="occurred_at")


def with_stablecoins(prices: pl.DataFrame, at: datetime, stablecoins: Sequence[str] = STABLECOINS) -> pl.DataFrame:
    """``PRICES`` in which each of ``stablecoins`` is worth one dollar, whatever was said of it."""
    dollars = pl.DataFrame({"asset": list(stablecoins)}).with_columns(price_usd=1, source=pl.lit("stablecoin"), at=at)
    others = prices.filter(~pl.col("asset").is_in(list(stablecoins)))
    return pl.concat([others, dollars.select(columns(PRICES))])


def joined(frame: pl.DataFrame, prices: pl.DataFrame, *assets: str) -> pl.DataFrame:
    """``frame`` with ``<asset>_usd`` in float64 for each of the asset columns, null where there is no price."""
    for asset in assets:
        usd = prices.select(pl.col("asset").alias(asset), pl.col("price_usd").cast(pl.Float64).alias(f"{asset}_usd"))
        frame = frame.join(usd, on=asset, how="left", maintain_order="left")
    return frame
