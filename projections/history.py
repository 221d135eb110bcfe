"""Rows that only ever grow, kept so that adding a few does not copy the many."""

from typing import Final

import polars as pl
from msgspec import Struct

from projections.schema import Schema

CHUNK_ROWS: Final = 8_192  # Small enough to copy with every commit (well under a millisecond), large enough to scan.


class History(Struct, frozen=True, eq=False):
    """Full chunks of ``CHUNK_ROWS`` rows or fewer, and the ``tail`` that still grows; all of one schema."""

    sealed: tuple[pl.DataFrame, ...]
    tail: pl.DataFrame

    @property
    def rows(self) -> pl.DataFrame:
        """All rows, oldest chunk first, without copying them."""
        return pl.concat([*self.sealed, self.tail], rechunk=False)


def empty_history(schema: Schema) -> History:
    return History((), pl.DataFrame(schema=schema))


def appended(history: History, rows: pl.DataFrame) -> History:
    """``history`` with ``rows`` behind the rest."""
    if rows.is_empty():
        return history
    tail = pl.concat([history.tail, rows], rechunk=True)
    full = tail.height - tail.height % CHUNK_ROWS
    sealed = tuple(tail[start : start + CHUNK_ROWS] for start in range(0, full, CHUNK_ROWS))
    return History(history.sealed + sealed, tail[full:])


def withdrawn(history: History, column: str, values: pl.Series) -> tuple[pl.DataFrame, History]:
    """Take the rows whose ``column`` is one of ``values`` out; only chunks that have such rows are copied."""
    if values.is_empty():
        return history.tail.clear(), history
    taken: list[pl.DataFrame] = []

    def without(chunk: pl.DataFrame) -> pl.DataFrame:
        found = chunk[column].is_in(values.implode())
        if not found.any():
            return chunk
        taken.append(chunk.filter(found))
        return chunk.filter(~found)

    left = History(tuple(without(chunk) for chunk in history.sealed), without(history.tail))
    return pl.concat([history.tail.clear(), *taken]), left
