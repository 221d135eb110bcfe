"""Column types, read off the event structs, so that a new event field is a new column and nothing else."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import polars as pl
from msgspec import Struct

from domain.events import CATALOGUE, Stamp

Schema = Mapping[str, pl.DataType]

MONEY: Final = pl.Decimal(38, 18)
TIME: Final = pl.Datetime("us", "UTC")
SCALARS: Final[dict[Any, pl.DataType]] = {
    str: pl.String(),
    Decimal: MONEY,
    datetime: TIME,
    bool: pl.Boolean(),
    float: pl.Float64(),
    int: pl.Int64(),
}
PLACE: Final[Schema] = {"seq": pl.Int64(), "stream": pl.String(), "version": pl.Int64(), "topic": pl.String()}
OWNER: Final[Schema] = {"account": pl.String(), "exchange": pl.String()}


class FieldClash(TypeError):
    """Two events use one field name for two types, so that no column can hold both."""

    def __init__(self, field: str, event: str, one: pl.DataType, other: pl.DataType) -> None:
        super().__init__(f"{event}.{field} is {other}, but {field} is {one} elsewhere")


def dtype_of(hint: Any) -> pl.DataType:
    """The column type that holds values of ``hint``; every column may be null.

    Raises:
        TypeError: no column type is known for ``hint``.
    """
    match get_origin(hint):
        case origin if origin is Union or origin is UnionType:
            (inner,) = (arg for arg in get_args(hint) if arg is not NoneType)
            return dtype_of(inner)
        case origin if origin is Literal:
            return pl.String()
        case origin if origin is tuple:
            return pl.List(dtype_of(get_args(hint)[0]))
    if isinstance(hint, type) and issubclass(hint, Struct):
        return pl.Struct(fields_of(hint))
    if hint in SCALARS:
        return SCALARS[hint]
    raise TypeError(f"no column type for {hint!r}")


@cache
def fields_of(kind: type[Struct]) -> Schema:
    """Field names and column types of a struct, in the order of its fields."""
    hints = get_type_hints(kind)
    return {field: dtype_of(hints[field]) for field in kind.__struct_fields__}


def union_of(kinds: tuple[type[Struct], ...]) -> Schema:
    """The fields of all ``kinds`` side by side.

    Raises:
        FieldClash: one name has two types.
    """
    union: dict[str, pl.DataType] = {}
    for kind in kinds:
        for field, dtype in fields_of(kind).items():
            if union.setdefault(field, dtype) != dtype:
                raise FieldClash(field, kind.__name__, union[field], dtype)
    return union


PAYLOAD: Final[Schema] = union_of((Stamp, *CATALOGUE))
STAMP: Final[Schema] = fields_of(Stamp)
LOG: Final[Schema] = {**PLACE, **OWNER, **PAYLOAD}


def columns(schema: Schema) -> list[pl.Expr]:
    """Select the columns of ``schema`` in its order, as its types."""
    return [pl.col(name).cast(dtype) for name, dtype in schema.items()]
