"""What a recording must be before it is played."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl

from kit.market.recordings.errors import BadValue

PRICES = ("open", "high", "low", "close", "price")
AMOUNTS = ("volume", "amount")


class Rule(NamedTuple):
    """Rows where ``broken`` holds are refused for ``column``, which must ``must``."""

    broken: pl.Expr
    column: str
    must: str


def check(path: Path, frame: pl.DataFrame, raw: pl.DataFrame) -> None:
    """Refuse ``frame`` at the first bad row; ``raw`` has the same rows as they were written.

    Raises:
        BadValue: naming the row, the column and the value in the file.
    """
    rules = list(_rules(frame.columns))
    breaks = frame.select(
        rule.broken.fill_null(value=False).arg_true().first().alias(str(n)) for n, rule in enumerate(rules)
    ).row(0)
    broken = [(row, n) for n, row in enumerate(breaks) if row is not None]
    if broken:
        row, n = min(broken)
        rule = rules[n]
        value = raw[rule.column][row]
        raise BadValue(path, row + 1, rule.column, value, rule.must)


def _rules(columns: list[str]) -> Iterator[Rule]:
    candles = "open" in columns
    yield Rule(pl.col("at").is_null(), "timestamp", "be a time")
    yield from _order(strictly=candles)
    for name in (name for name in PRICES if name in columns):
        yield Rule(~pl.col(name).is_finite().fill_null(value=False), name, "be a number")
        yield Rule(pl.col(name) <= 0, name, "be above zero")
    for name in (name for name in AMOUNTS if name in columns):
        yield Rule(~pl.col(name).is_finite().fill_null(value=False), name, "be a number")
        yield Rule(pl.col(name) < 0, name, "not be negative")
    if candles:
        yield Rule(
            pl.col("high") < pl.max_horizontal("open", "low", "close"), "high", "be the highest price of its row"
        )
        yield Rule(pl.col("low") > pl.min_horizontal("open", "close"), "low", "be the lowest price of its row")
    if "side" in columns:
        yield Rule(~pl.col("side").is_in(["buy", "sell"]).fill_null(value=False), "side", "be buy or sell")


def _order(*, strictly: bool) -> Iterator[Rule]:
    step = pl.col("at").diff()
    if strictly:
        yield Rule(step <= 0, "timestamp", "be later than the row before")
    else:
        yield Rule(step < 0, "timestamp", "not be earlier than the row before")
