"""Every execution, by order of the log."""

from datetime import datetime
from typing import Final

import polars as pl

from projections.history import History, appended, empty_history
from projections.order_rules import FILLS
from projections.owners import owned_by
from projections.schema import MONEY, TIME, Schema

TOPICS: Final = frozenset(FILLS)
FILL_ROWS: Final[Schema] = {
    "seq": pl.Int64(),
    "at": TIME,
    "occurred_at": TIME,
    "account": pl.String(),
    "exchange": pl.String(),
    "trade_id": pl.String(),
    "order_id": pl.String(),
    "pair": pl.String(),
    "base": pl.String(),
    "quote": pl.String(),
    "side": pl.String(),
    "amount": MONEY,
    "price": MONEY,
    "fee": MONEY,
    "fee_asset": pl.String(),
    "liquidity": pl.String(),
    "recorded": pl.Boolean(),
    "position_id": pl.String(),
    "realized_pnl": MONEY,
}


def empty() -> History:
    return empty_history(FILL_ROWS)


def fold(state: History, frame: pl.DataFrame) -> History:
    """``FILL_ROWS`` so far; ``recorded`` ones were made elsewhere, ``realized_pnl`` is their position's up to then."""
    position = pl.col("position").struct
    added = [
        (pl.col("topic") == "FillRecorded").alias("recorded"),
        position.field("position_id").alias("position_id"),
        position.field("realized_pnl").alias("realized_pnl"),
    ]
    kept = [name for name in FILL_ROWS if name not in ("recorded", "position_id", "realized_pnl")]
    rows = frame.lazy().filter(pl.col("topic").is_in(FILLS)).select(*kept, *added)
    return appended(state, rows.select(FILL_ROWS.keys()).collect())


def read(
    state: History,
    account: str | None = None,
    exchange: str | None = None,
    *,
    order_id: str | None = None,
    pair: str | None = None,
    since: datetime | None = None,
) -> pl.DataFrame:
    """The ``FILL_ROWS`` that fit, oldest first; ``since`` is the earliest ``occurred_at``."""
    chosen = _chosen(account, exchange, order_id, pair)
    if since is not None:
        chosen &= pl.col("occurred_at") >= since
    return state.rows.lazy().filter(chosen).collect()


def newest(
    state: History,
    count: int,
    *,
    account: str | None = None,
    exchange: str | None = None,
    order_id: str | None = None,
    pair: str | None = None,
    before: int | None = None,
) -> pl.DataFrame:
    """The newest ``count`` of the ``FILL_ROWS`` that fit, newest first; all have a ``seq`` below ``before``."""
    chosen = _chosen(account, exchange, order_id, pair)
    if before is not None:
        chosen &= pl.col("seq") < before
    return state.rows.lazy().filter(chosen).tail(count).reverse().collect()


def _chosen(account: str | None, exchange: str | None, order_id: str | None, pair: str | None) -> pl.Expr:
    chosen = owned_by(account, exchange)
    if order_id is not None:
        chosen &= pl.col("order_id") == order_id
    if pair is not None:
        chosen &= pl.col("pair") == pair
    return chosen
