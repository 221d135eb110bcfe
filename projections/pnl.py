"""Profit and loss: realized and paid in fees by pair and period, unrealized by pair."""

from collections.abc import Sequence
from typing import Final, Literal

import polars as pl
from msgspec import Struct

from projections.portfolio import OpenPosition
from projections.prices import joined
from projections.schema import MONEY, TIME, Schema
from projections.sums import money_sums

Period = Literal["day", "week", "month"]
EVERY: Final[dict[Period, str]] = {"day": "1d", "week": "1w", "month": "1mo"}
REALIZED: Final[Schema] = {"period": TIME, "pair": pl.String(), "quote": pl.String(), "realized_pnl": MONEY}
FEES: Final[Schema] = {"period": TIME, "pair": pl.String(), "fee_asset": pl.String(), "fee": MONEY}


class Totals(Struct, frozen=True, kw_only=True):
    """Sums in USD at the prices given; None where one is missing. ``fees_usd`` is positive for what was paid."""

    realized_usd: float | None
    unrealized_usd: float | None
    fees_usd: float | None


class Pnl(Struct, frozen=True, kw_only=True, eq=False):
    """``realized`` (``REALIZED``, in quote, before fees) and ``fees`` (``FEES``) for each period and pair, exact."""

    realized: pl.DataFrame
    fees: pl.DataFrame
    unrealized: dict[str, float | None]
    totals: Totals


def pnl(fills: pl.DataFrame, positions: Sequence[OpenPosition], prices: pl.DataFrame, period: Period = "day") -> Pnl:
    """What the ``FILL_ROWS`` realized and cost and what the open positions would realize at ``PRICES``."""
    gains, paid = realized(fills, period), fees(fills, period)
    unrealized = {position.pair: position.unrealized_pnl for position in positions}
    open_gains = pl.DataFrame(
        [(position.pair.partition("/")[2], position.unrealized_pnl) for position in positions],
        schema={"quote": pl.String, "gain": pl.Float64},
        orient="row",
    )
    totals = Totals(
        realized_usd=_usd(gains, "realized_pnl", "quote", prices),
        unrealized_usd=_usd(open_gains, "gain", "quote", prices),
        fees_usd=_usd(paid, "fee", "fee_asset", prices),
    )
    return Pnl(realized=gains, fees=paid, unrealized=unrealized, totals=totals)


def realized(fills: pl.DataFrame, period: Period) -> pl.DataFrame:
    """``REALIZED`` rows: what each fill added to its position's profit, summed by the time of the exchange (UTC).

    All fills of a position have to be there, since a fill tells the position's profit up to then.
    """
    owner = ["account", "exchange", "position_id"]
    total = pl.col("realized_pnl")
    gain = (total - total.shift(1).over(owner, order_by="seq").fill_null(0)).alias("realized_pnl")
    gains = fills.filter(pl.col("position_id").is_not_null()).select(_start(period), "pair", "quote", gain)
    return money_sums(gains, ("period", "pair", "quote"), ["realized_pnl"]).filter(total != 0)


def fees(fills: pl.DataFrame, period: Period) -> pl.DataFrame:
    """``FEES`` rows: what the exchange kept, negative for a rebate, each asset for itself."""
    paid = fills.filter(pl.col("fee") != 0).select(_start(period), "pair", "fee_asset", "fee")
    return money_sums(paid, ("period", "pair", "fee_asset"), ["fee"])


def _start(period: Period) -> pl.Expr:
    return pl.col("occurred_at").dt.truncate(EVERY[period]).alias("period")


def _usd(rows: pl.DataFrame, column: str, asset: str, prices: pl.DataFrame) -> float | None:
    worth = joined(rows, prices, asset).select(pl.col(column).cast(pl.Float64) * pl.col(f"{asset}_usd")).to_series()
    return None if worth.null_count() else float(worth.sum())
