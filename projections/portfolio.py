"""What an account is and was worth: the answer to ``portfolio.snapshot``."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

import polars as pl
from msgspec import Struct, convert

from projections.change import Change, Now, change
from projections.curves import combined
from projections.prices import joined

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)


class AssetHolding(Struct, frozen=True, kw_only=True):
    """An asset on one exchange: exact amounts, and its worth in USD with the price it rests on.

    ``allocation`` is its share of the whole in percent. Worth and share are None without a price.
    """

    asset: str
    exchange: str
    free: Decimal
    locked: Decimal
    total: Decimal
    value_usd: float | None
    allocation: float | None
    price_usd: Decimal | None
    price_source: str | None
    price_at: datetime | None


class OpenPosition(Struct, frozen=True, kw_only=True):
    """A position at the current price: ``current_price`` and ``unrealized_pnl`` are in quote, None without a price."""

    position_id: str
    account: str
    exchange: str
    pair: str
    side: str
    amount: Decimal
    entry_price: Decimal
    realized_pnl: Decimal
    opened_at: datetime
    current_price: float | None
    unrealized_pnl: float | None
    unrealized_pnl_percent: float | None


class Snapshot(Struct, frozen=True, kw_only=True):
    """A portfolio after the event at ``seq``, valued at ``at``. Figures are not rounded.

    ``total_value_usd`` is the worth of what has a price; ``incomplete`` says that something has none.
    """

    at: datetime
    seq: int
    total_value_usd: float
    total_value_btc: float | None
    incomplete: bool
    change24h: float | None
    change7d: float | None
    change_since: datetime
    change_method: str
    assets: tuple[AssetHolding, ...]
    positions: tuple[OpenPosition, ...]


def holdings(balances: pl.DataFrame, prices: pl.DataFrame) -> tuple[AssetHolding, ...]:
    """``BALANCES`` at ``PRICES``: what is held of each asset, the most valuable first, those without a price last."""
    kept = balances.filter(pl.col("total") != 0)
    said = prices.select("asset", "price_usd", price_source="source", price_at="at")
    value = pl.col("total").cast(pl.Float64) * pl.col("price_usd").cast(pl.Float64)
    valued = kept.join(said, on="asset", how="left").with_columns(value_usd=value)
    valued = valued.sort("value_usd", "asset", "exchange", descending=[True, False, False], nulls_last=True)
    whole = valued["value_usd"].sum()
    share = pl.when(whole != 0).then(pl.col("value_usd") / whole * 100.0)
    return convert(valued.with_columns(allocation=share).to_dicts(), tuple[AssetHolding, ...])


def open_positions(positions: pl.DataFrame, prices: pl.DataFrame) -> tuple[OpenPosition, ...]:
    """Open ``POSITIONS`` at the current price, which is that of base over that of quote, oldest first."""
    priced = joined(positions, prices, "base", "quote").with_columns(
        current_price=pl.col("base_usd") / pl.col("quote_usd")
    )
    entry, amount = (pl.col(name).cast(pl.Float64) for name in ("entry_price", "amount"))
    gain = pl.col("current_price") - entry
    figures = priced.with_columns(
        unrealized_pnl=gain * amount,
        unrealized_pnl_percent=pl.when(entry > 0).then(gain / entry * 100.0),
    )
    return convert(figures.sort("opened_at", "position_id").to_dicts(), tuple[OpenPosition, ...])


def snapshot(
    balances: pl.DataFrame,
    positions: pl.DataFrame,
    points: pl.DataFrame,
    prices: pl.DataFrame,
    *,
    flow: float | None,
    at: datetime,
    seq: int,
) -> Snapshot:
    """The portfolio that ``BALANCES``, open ``POSITIONS`` and equity ``POINTS`` make at ``PRICES``.

    ``flow`` is what came from outside since the last point, in USD (``equity.flow_since``); ``at`` is the exchange's
    time, as the points' ``occurred_at`` is.
    """
    assets = holdings(balances, prices)
    total = sum(asset.value_usd or 0.0 for asset in assets)
    incomplete = any(asset.value_usd is None for asset in assets)
    day, week = changes(points, Now(at=at, value=None if incomplete else total, flow=flow))
    return Snapshot(
        at=at,
        seq=seq,
        total_value_usd=total,
        total_value_btc=_in_btc(total, prices),
        incomplete=incomplete,
        change24h=day.percent,
        change7d=week.percent,
        change_since=week.since,
        change_method=week.method,
        assets=assets,
        positions=open_positions(positions, prices),
    )


def changes(points: pl.DataFrame, now: Now) -> tuple[Change, Change]:
    """The change over a day and over a week, of all curves in ``points`` together."""
    curve = combined(points)
    return change(curve, now, DAY), change(curve, now, WEEK)


def history(points: pl.DataFrame, since: datetime | None = None, until: datetime | None = None) -> pl.DataFrame:
    """The equity curve as ``POINTS`` of all owners together, from ``since`` up to ``until``, both by exchange time."""
    curve = combined(points)
    if since is not None:
        curve = curve.filter(pl.col("occurred_at") >= since)
    return curve if until is None else curve.filter(pl.col("occurred_at") <= until)


def _in_btc(total: float, prices: pl.DataFrame) -> float | None:
    price = prices.filter(pl.col("asset") == "BTC")["price_usd"].cast(pl.Float64)
    return total / price[0] if not price.is_empty() and price[0] else None
