"""Candles from ticks, and longer ones from shorter."""

import polars as pl

from kit.market.protocol import TIMEFRAMES
from kit.market.timeframes import FIRST_MONDAY, MICRO


def bars_of_ticks(ticks: pl.DataFrame, length: int) -> pl.DataFrame:
    """Sum ``at``, ``price``, ``amount`` up into candles of ``length`` microseconds; none where nothing was traded."""
    price = pl.col("price")
    return _grouped(ticks, length).agg(
        open=price.first(), high=price.max(), low=price.min(), close=price.last(), volume=pl.col("amount").sum()
    )


def bars_of_bars(bars: pl.DataFrame, length: int) -> pl.DataFrame:
    """Sum candles up into longer ones, of a multiple of their length."""
    return _grouped(bars, length).agg(
        pl.col("open").first(),
        pl.col("high").max(),
        pl.col("low").min(),
        pl.col("close").last(),
        pl.col("volume").sum(),
    )


def _grouped(frame: pl.DataFrame, length: int) -> "pl.dataframe.group_by.GroupBy":
    offset = FIRST_MONDAY * MICRO if length == TIMEFRAMES["1w"] * MICRO else 0
    opened = pl.col("at") - (pl.col("at") - offset) % length
    return frame.group_by(opened.alias("at"), maintain_order=True)
