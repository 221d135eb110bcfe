"""What each account was worth, at every moment whose prices were written down."""

from collections.abc import Sequence
from typing import Final

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from projections import marks, postings
from projections.balances import HELD
from projections.equity_points import HOLDING, MOMENT, MOVES, POINTS, flow_values, flows_by_moment, moments, values
from projections.history import History, appended, empty_history
from projections.owners import owned_by
from projections.schema import columns
from projections.sums import money_sums

TOPICS: Final = postings.TOPICS | marks.TOPICS
STABLECOINS: Final = ("USDT", "USDC", "DAI", "FDUSD", "TUSD", "USD")


class Equity(Struct, frozen=True, eq=False):
    """The ``points`` so far (``POINTS``), and what the next one needs.

    ``held`` (free and locked together) and ``flowed`` (from outside since the last point) are sums in ``MOVES`` rows of
    ``seq`` 0, ``prices`` the newest ``MARKS``. ``stablecoins`` are worth one dollar, whatever a mark says.
    """

    stablecoins: tuple[str, ...]
    held: pl.DataFrame
    flowed: pl.DataFrame
    prices: pl.DataFrame
    points: History


def empty(stablecoins: Sequence[str] = STABLECOINS) -> Equity:
    nothing = pl.DataFrame(schema=MOVES)
    return Equity(tuple(stablecoins), nothing, nothing, marks.empty(), empty_history(POINTS))


def fold(state: Equity, frame: pl.DataFrame) -> Equity:
    """One more point for each account at each ``PricesMarked`` of its exchange.

    Raises:
        SumOverflow: more of an asset is held than a money column can hold.
    """
    posted = postings.journal(frame)
    moved = pl.concat([state.held, _moves(posted, pl.col("bucket").is_in(HELD))])
    flowed = pl.concat([state.flowed, _moves(posted, pl.col("bucket") == "external", sign=-1)])
    held = _summed_up(moved)
    when = moments(frame)
    if when.is_empty():
        return replace(state, held=held, flowed=_summed_up(flowed))
    marked = marks.history(frame)
    seen, waiting = flows_by_moment(flowed, when)
    points = appended(state.points, _points(state, moved, seen, when, marked))
    return replace(state, held=held, flowed=waiting, prices=marks.newest(state.prices, marked), points=points)


def read(state: Equity, account: str | None = None, exchange: str | None = None) -> pl.DataFrame:
    """The ``POINTS`` that fit, oldest first, and ``incomplete`` where the price of something held was missing.

    ``value`` is in USD; ``flow`` is the net worth of what came from outside since the point before, null where it has
    no price. Both are float64, and not rounded.
    """
    points = state.points.rows.filter(owned_by(account, exchange))
    return points.with_columns(incomplete=pl.col("value").is_null())


def flow_since(
    state: Equity, prices: pl.DataFrame, account: str | None = None, exchange: str | None = None
) -> float | None:
    """The net worth at ``PRICES`` of what came from outside since the last points; None where a price is missing."""
    flows = state.flowed.filter(owned_by(account, exchange), pl.col("amount") != 0)
    price = pl.when(pl.col("asset").is_in(state.stablecoins)).then(1.0).otherwise(pl.col("price_usd").cast(pl.Float64))
    priced = flows.join(prices.select("asset", "price_usd"), on="asset", how="left")
    worth = priced.select(pl.col("amount").cast(pl.Float64) * price).to_series()
    return None if worth.null_count() else float(worth.sum())


def _points(
    state: Equity, moved: pl.DataFrame, flows: pl.DataFrame, when: pl.DataFrame, marked: pl.DataFrame
) -> pl.DataFrame:
    worth = values(moved, when, marked, state.stablecoins)
    came = flow_values(flows, pl.concat([state.prices, marked]), state.stablecoins)
    flow = pl.when(pl.col("flowed").is_null()).then(0.0).otherwise("flow")
    points = worth.join(came, on=MOMENT, how="left").with_columns(flow=flow)
    return points.select(POINTS.keys()).sort(MOMENT).collect()


def _moves(posted: pl.DataFrame, chosen: pl.Expr, sign: int = 1) -> pl.DataFrame:
    moves = posted.lazy().filter(chosen).with_columns(pl.col("amount") * sign)
    return moves.select(columns(MOVES)).collect()


def _summed_up(moves: pl.DataFrame) -> pl.DataFrame:
    """One row of ``seq`` 0 for each asset."""
    return money_sums(moves, HOLDING, ["amount"]).with_columns(seq=pl.lit(0, pl.Int64)).select(MOVES.keys())
