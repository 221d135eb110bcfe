"""All views that the gateway keeps current, folded together from the same batch."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import polars as pl
from msgspec import Struct

from projections import balances, cash_flows, equity, fills, health, marks, orders, positions
from projections.equity import STABLECOINS, Equity
from projections.health import Health
from projections.history import History
from projections.orders import Orders
from projections.positions import Positions

S = TypeVar("S")


class Views(Struct, frozen=True, eq=False):
    """The state of every view after the event at ``seq`` (0: before the first)."""

    seq: int
    balances: pl.DataFrame
    orders: Orders
    fills: History
    positions: Positions
    marks: pl.DataFrame
    cash_flows: History
    equity: Equity
    health: Health


def empty(stablecoins: Sequence[str] = STABLECOINS) -> Views:
    """The views of an empty log; ``stablecoins`` are the assets worth one dollar."""
    return Views(
        seq=0,
        balances=balances.empty(),
        orders=orders.empty(),
        fills=fills.empty(),
        positions=positions.empty(),
        marks=marks.empty(),
        cash_flows=cash_flows.empty(),
        equity=equity.empty(stablecoins),
        health=health.empty(),
    )


def fold(views: Views, frame: pl.DataFrame) -> Views:
    """The views after ``frame``, ``LOG`` rows sorted by ``seq`` that follow those seen; cut into batches as you like.

    Raises:
        SumOverflow: a sum of money is beyond what a column can hold; the views stay as they were.
    """
    if frame.is_empty():
        return views
    assert frame["seq"][0] > views.seq, f"event {frame['seq'][0]} comes after {views.seq}"
    topics = frozenset(frame["topic"].unique())

    def stepped(fold_view: Callable[[S, pl.DataFrame], S], state: S, read: frozenset[str]) -> S:
        return state if topics.isdisjoint(read) else fold_view(state, frame)

    return Views(
        seq=frame["seq"][-1],
        balances=stepped(balances.fold, views.balances, balances.TOPICS),
        orders=stepped(orders.fold, views.orders, orders.TOPICS),
        fills=stepped(fills.fold, views.fills, fills.TOPICS),
        positions=stepped(positions.fold, views.positions, positions.TOPICS),
        marks=stepped(marks.fold, views.marks, marks.TOPICS),
        cash_flows=stepped(cash_flows.fold, views.cash_flows, cash_flows.TOPICS),
        equity=stepped(equity.fold, views.equity, equity.TOPICS),
        health=stepped(health.fold, views.health, health.TOPICS),
    )
