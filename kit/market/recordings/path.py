"""A recorded candle as four trades, so that what happened inside it can be played.

The price stands at the open, after a quarter of the time at the nearer extreme, after a half at the other one, and
after three quarters at the close (the low comes first where both are as near). Each has a quarter of the volume.
"""

import polars as pl

QUARTERS = range(4)


def ticks_of(candles: pl.DataFrame, interval: int) -> pl.DataFrame:
    """Return ``at``, ``price``, ``amount``, four rows for each candle; all columns are whole numbers.

    ``candles`` has ``at``, ``open``, ``high``, ``low``, ``close``, ``volume``; ``interval`` is one candle's length in
    the unit of ``at``.
    """
    low_first = pl.col("open") - pl.col("low") <= pl.col("high") - pl.col("open")
    nearer = pl.when(low_first).then(pl.col("low")).otherwise(pl.col("high"))
    farther = pl.when(low_first).then(pl.col("high")).otherwise(pl.col("low"))
    volume = pl.col("volume")
    return candles.select(
        at=pl.concat_list([pl.col("at") + interval * n // 4 for n in QUARTERS]),
        price=pl.concat_list([pl.col("open"), nearer, farther, pl.col("close")]),
        amount=pl.concat_list([volume * (n + 1) // 4 - volume * n // 4 for n in QUARTERS]),
    ).explode("at", "price", "amount", empty_as_null=False, keep_nulls=False)
