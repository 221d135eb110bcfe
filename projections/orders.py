"""Every order as it stands, open ones apart from closed ones, so that a few new events never touch all of history."""

from typing import Final

import polars as pl
from msgspec import Struct

from domain.orders import OPEN
from projections.history import History, appended, empty_history, withdrawn
from projections.order_changes import changed
from projections.order_rows import ORDERS, placed, shown
from projections.order_rules import CHANGES

TOPICS: Final = frozenset(("OrderPlaced", *CHANGES))


class Orders(Struct, frozen=True, eq=False):
    """``open`` and ``closed`` both hold ``ORDERS`` rows; a late report can bring a closed order back."""

    open: pl.DataFrame
    closed: History


def empty() -> Orders:
    return Orders(pl.DataFrame(schema=ORDERS), empty_history(ORDERS))


def fold(state: Orders, frame: pl.DataFrame) -> Orders:
    """The orders after the events of ``frame``; events of an order that was never placed change nothing.

    Raises:
        SumOverflow: the fills of one order sum to more than a money column can hold.
    """
    new = placed(frame)
    mentioned = frame.lazy().filter(pl.col("topic").is_in(CHANGES)).select(pl.col("order_id").unique()).collect()
    ids = mentioned["order_id"].drop_nulls()
    is_mentioned = state.open["order_id"].is_in(ids.implode())
    touched = state.open.filter(is_mentioned)
    known = pl.concat([touched["order_id"], new["order_id"]])
    late, closed = withdrawn(state.closed, "order_id", ids.filter(~ids.is_in(known.implode())))
    after = changed(pl.concat([touched, late, new]), frame)
    is_open = pl.col("status").is_in(OPEN)
    still_open = pl.concat([state.open.filter(~is_mentioned), after.filter(is_open)]).sort("placed_seq")
    return Orders(still_open, appended(closed, after.filter(~is_open)))


def read(state: Orders) -> pl.DataFrame:
    """All orders as ``ORDERS_SHOWN`` rows, in the order in which they were placed."""
    return shown(pl.concat([state.closed.rows, state.open]).sort("placed_seq"))
