"""A frame column rounds a nineteenth decimal without a word; here it is found and refused instead."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import polars as pl
from polars.datatypes import DataTypeClass

from domain.money import DECIMALS_MAX, STEP_MIN, is_multiple
from projections.schema import MONEY

DataTypeLike = pl.DataType | DataTypeClass  # Nested fields may name a type without an instance of it.

# Every text with nineteen decimals matches, and few others do; those that do are then read number by number.
SUSPECT: Final = r"\.[0-9]{18}[0-9]*[1-9]|\.[0-9]{10,}E-|[0-9]E-[0-9]{2}"


class DecimalTooFine(ValueError):
    """A stored number that a ``Decimal(38, 18)`` column cannot hold exactly; ``seq`` is its event's position."""

    def __init__(self, seq: int, number: str) -> None:
        self.seq = seq
        self.number = number
        super().__init__(f"event {seq}: {number!r} must have at most {DECIMALS_MAX} decimals")


def refuse_rounding(seq: pl.Series, texts: pl.Series, dtype: DataTypeLike) -> None:
    """Check that every number in the JSON ``texts`` that ``dtype`` has as money fits its column exactly.

    Raises:
        DecimalTooFine: one does not.
    """
    suspect = texts.str.contains(SUSPECT)
    if not suspect.any():
        return
    as_written = texts.filter(suspect).str.json_decode(_money_as_text(dtype))
    for position, body in zip(seq.filter(suspect), as_written, strict=True):
        for number in _money(body, dtype):
            if not is_multiple(Decimal(number), STEP_MIN):
                raise DecimalTooFine(position, number)


def _money_as_text(dtype: DataTypeLike) -> DataTypeLike:
    match dtype:
        case pl.Struct():
            return pl.Struct({field.name: _money_as_text(field.dtype) for field in dtype.fields})
        case pl.List():
            return pl.List(_money_as_text(dtype.inner))
    return pl.String() if dtype == MONEY else dtype


def _money(value: Any, dtype: DataTypeLike) -> Iterator[str]:
    """All texts inside ``value`` that stand where ``dtype`` has money."""
    match dtype:
        case _ if value is None:
            return
        case pl.Struct():
            for field in dtype.fields:
                yield from _money(value[field.name], field.dtype)
        case pl.List():
            for item in value:
                yield from _money(item, dtype.inner)
        case _ if dtype == MONEY:
            yield value
