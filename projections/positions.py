"""What is held through fills, pair by pair, as each fill left it."""

from typing import Final

import polars as pl
from msgspec import Struct

from projections.history import History, appended, empty_history
from projections.order_rules import FILLS
from projections.owners import owned_by
from projections.quotients import price_of
from projections.schema import MONEY, TIME, Schema

TOPICS: Final = frozenset(FILLS)
POSITIONS: Final[Schema] = {
    "position_id": pl.String(),
    "account": pl.String(),
    "exchange": pl.String(),
    "pair": pl.String(),
    "base": pl.String(),
    "quote": pl.String(),
    "side": pl.String(),
    "amount": MONEY,
    "cost": MONEY,
    "entry_price": MONEY,
    "realized_pnl": MONEY,
    "opened_at": TIME,
    "closed_at": TIME,
    "seq": pl.Int64(),
}
IDENTITY: Final = ("account", "exchange", "position_id")


class Positions(Struct, frozen=True, eq=False):
    """``POSITIONS`` rows: the open ones, and the closed ones in the order in which they were closed."""

    open: pl.DataFrame
    closed: History


def empty() -> Positions:
    return Positions(pl.DataFrame(schema=POSITIONS), empty_history(POSITIONS))


def fold(state: Positions, frame: pl.DataFrame) -> Positions:
    """The positions after the fills of ``frame``; a closed one keeps the entry price that it had last."""
    steps = pl.concat([state.open, _steps(frame)])
    known_price = pl.col("entry_price").drop_nulls().last()
    after = steps.group_by(IDENTITY, maintain_order=True).agg(pl.all().exclude("entry_price").last(), known_price)
    after = after.select(POSITIONS.keys())
    is_open = after["closed_at"].is_null()
    closed = appended(state.closed, after.filter(~is_open).sort("seq"))
    return Positions(after.filter(is_open).sort(IDENTITY), closed)


def read(state: Positions, account: str | None = None, exchange: str | None = None) -> pl.DataFrame:
    """The open ``POSITIONS`` rows; ``entry_price`` is quote per base at eighteen decimals, without fees."""
    return state.open.filter(owned_by(account, exchange))


def read_closed(state: Positions, account: str | None = None, exchange: str | None = None) -> pl.DataFrame:
    """The closed ``POSITIONS`` rows, oldest first."""
    return state.closed.rows.filter(owned_by(account, exchange))


def _steps(frame: pl.DataFrame) -> pl.DataFrame:
    """A ``POSITIONS`` row for each fill that changed a position."""
    after = pl.col("position").struct
    amount, cost = after.field("position_amount"), after.field("position_cost")
    changing = frame.lazy().filter(pl.col("topic").is_in(FILLS), pl.col("position").is_not_null())
    steps = changing.select(
        *("seq", "account", "exchange", "pair", "base", "quote"),
        *(after.field(name) for name in ("position_id", "realized_pnl", "opened_at")),
        side=pl.lit("long"),
        amount=amount,
        cost=cost,
        entry_price=price_of(cost, amount),
        closed_at=pl.when(after.field("closed")).then("occurred_at"),
    )
    return steps.select(POSITIONS.keys()).collect()
