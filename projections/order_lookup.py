"""One order by an id of it, and pages of orders by what they have in common."""

from datetime import datetime
from typing import Final

import polars as pl
from msgspec import Struct

from projections.order_rows import shown
from projections.orders import Orders
from projections.owners import owned_by

PAGE_ROWS: Final = 100


class OrderFilter(Struct, frozen=True, kw_only=True):
    """Which orders; None takes all. ``since`` is the earliest ``placed_at``, ``cursor`` where the last page ended."""

    account: str | None = None
    exchange: str | None = None
    status: tuple[str, ...] | None = None
    pair: str | None = None
    since: datetime | None = None
    cursor: int | None = None


class OrderPage(Struct, frozen=True, eq=False):
    """``ORDERS_SHOWN`` rows, newest first; ``cursor`` asks for the next page and is None on the last one."""

    orders: pl.DataFrame
    cursor: int | None


def by_order_id(state: Orders, order_id: str) -> pl.DataFrame:
    """The one ``ORDERS_SHOWN`` row of ``order_id``, or none."""
    return _first(state, pl.col("order_id") == order_id)


def by_client_order_id(state: Orders, account: str, client_order_id: str) -> pl.DataFrame:
    """The one ``ORDERS_SHOWN`` row that a client's own id names within ``account``, or none."""
    return _first(state, (pl.col("client_order_id") == client_order_id) & (pl.col("account") == account))


def listed(state: Orders, wanted: OrderFilter, limit: int = PAGE_ROWS) -> OrderPage:
    """The newest ``limit`` orders that fit, by when they were placed."""
    chosen = _chosen(wanted)
    places = [_places(chunk, chosen, limit + 1) for chunk in (*state.closed.sealed, state.closed.tail, state.open)]
    newest = pl.concat(places).sort(descending=True).head(limit + 1)
    cursor = newest[limit - 1] if newest.len() > limit else None
    of_page = pl.col("placed_seq").is_in(newest.head(limit).implode())
    chunks = [
        chunk.filter(of_page) for chunk, place in zip(_chunks(state), places, strict=True) if not place.is_empty()
    ]
    return OrderPage(shown(pl.concat([state.open.clear(), *chunks]).sort("placed_seq", descending=True)), cursor)


def _chunks(state: Orders) -> tuple[pl.DataFrame, ...]:
    return (*state.closed.sealed, state.closed.tail, state.open)


def _places(chunk: pl.DataFrame, chosen: pl.Expr, count: int) -> pl.Series:
    """The newest ``count`` places of orders in ``chunk`` that fit."""
    return chunk.lazy().filter(chosen).select(pl.col("placed_seq").top_k(count)).collect().to_series()


def _chosen(wanted: OrderFilter) -> pl.Expr:
    chosen = owned_by(wanted.account, wanted.exchange)
    if wanted.status is not None:
        chosen &= pl.col("status").is_in(wanted.status)
    if wanted.pair is not None:
        chosen &= pl.col("pair") == wanted.pair
    if wanted.since is not None:
        chosen &= pl.col("placed_at") >= wanted.since
    if wanted.cursor is not None:
        chosen &= pl.col("placed_seq") < wanted.cursor
    return chosen


def _first(state: Orders, named: pl.Expr) -> pl.DataFrame:
    """The order is most likely open, or else closed lately: look there first."""
    for chunk in reversed(_chunks(state)):
        found = chunk.filter(named)
        if not found.is_empty():
            return shown(found)
    return shown(state.open.clear())
