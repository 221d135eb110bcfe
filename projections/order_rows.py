"""The columns of an order, and the row that placing one begins."""

from typing import Final

import polars as pl

from projections.quotients import price_of
from projections.schema import MONEY, TIME, Schema

ORDERS: Final[Schema] = {
    "order_id": pl.String(),
    "client_order_id": pl.String(),
    "exchange_client_id": pl.String(),
    "exchange_order_id": pl.String(),
    "account": pl.String(),
    "exchange": pl.String(),
    "pair": pl.String(),
    "base": pl.String(),
    "quote": pl.String(),
    "side": pl.String(),
    "type": pl.String(),
    "amount": MONEY,
    "spend": MONEY,
    "filled_amount": MONEY,
    "filled_notional": MONEY,
    "fill_count": pl.Int64(),
    "price": MONEY,
    "stop_price": MONEY,
    "stop_loss": MONEY,
    "take_profit": MONEY,
    "trailing_stop": MONEY,
    "time_in_force": pl.String(),
    "expires_at": TIME,
    "post_only": pl.Boolean(),
    "reduce_only": pl.Boolean(),
    "exit_of": pl.String(),
    "exit_kind": pl.String(),
    "linked_to": pl.String(),
    "fee": MONEY,
    "fee_asset": pl.String(),
    "status": pl.String(),
    "reason": pl.String(),
    "by": pl.String(),
    "request": pl.String(),
    "placed_at": TIME,
    "triggered_at": TIME,
    "updated_at": TIME,
    "placed_seq": pl.Int64(),
    "seq": pl.Int64(),
}
ORDERS_SHOWN: Final[Schema] = {**ORDERS, "avg_price": MONEY}
AT_FIRST: Final = {
    "exchange_order_id": pl.lit(None),
    "linked_to": pl.lit(None),
    "filled_amount": pl.lit(0),
    "filled_notional": pl.lit(0),
    "fill_count": pl.lit(0),
    "fee": pl.lit(0),
    "fee_asset": pl.lit(None),
    "status": pl.lit("unknown"),
    "reason": pl.lit(None),
    "placed_at": pl.col("at"),
    "triggered_at": pl.lit(None),
    "updated_at": pl.col("at"),
    "placed_seq": pl.col("seq"),
}


BEGINNING: Final = [AT_FIRST.get(name, pl.col(name)).cast(dtype).alias(name) for name, dtype in ORDERS.items()]


def placed(frame: pl.DataFrame) -> pl.DataFrame:
    """One ``ORDERS`` row for each ``OrderPlaced`` in ``frame``: unknown until the exchange has answered."""
    return frame.lazy().filter(pl.col("topic") == "OrderPlaced").select(BEGINNING).collect()


def shown(orders: pl.DataFrame) -> pl.DataFrame:
    """``ORDERS`` rows with what follows from them: ``avg_price`` in quote per base at eighteen decimals, half even.

    ``fee`` is in ``fee_asset``, the quote asset while nothing was paid; both are null where fills paid in several
    assets, which only the fills can tell apart.
    """
    average = price_of(pl.col("filled_notional"), pl.col("filled_amount"))
    fee_asset = pl.when(pl.col("fee").is_not_null()).then(pl.coalesce("fee_asset", "quote"))
    return orders.with_columns(avg_price=average, fee_asset=fee_asset)
