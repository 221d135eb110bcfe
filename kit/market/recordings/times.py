"""Timestamps as files have them, as microseconds since 1970."""

from typing import Final

import polars as pl

from kit.market.timeframes import MICRO

# The unit of a whole number is told by its size: each bound is the year 5138 in its unit, 1973 in the next.
SECONDS_MAX: Final = 100_000_000_000
MILLISECONDS_MAX: Final = 1_000 * SECONDS_MAX
MICROSECONDS_MAX: Final = 1_000 * MILLISECONDS_MAX
NUMBER: Final = r"^\d+(\.\d+)?$"


def microseconds(raw: pl.Series) -> pl.Series:
    """Return ``raw`` in microseconds, null where it is no time.

    Dates and times without a zone are UTC; numbers are seconds, milliseconds, microseconds or nanoseconds.
    """
    if raw.dtype == pl.String:
        return _from_text(raw)
    if isinstance(raw.dtype, pl.Datetime | pl.Date):
        return raw.cast(pl.Datetime("us")).to_physical().cast(pl.Int64)
    return _from_numbers(raw) if raw.dtype.is_numeric() else pl.Series(raw.name, [None] * len(raw), pl.Int64)


def _from_text(raw: pl.Series) -> pl.Series:
    text = raw.str.strip_chars()
    numbers = text.str.contains(NUMBER).fill_null(value=False)
    if not numbers.any():
        return _from_iso(text)
    # What is no number among numbers is null, and refused by its row.
    whole = not text.str.contains(".", literal=True).any()
    return _from_numbers(text.cast(pl.Int64 if whole else pl.Float64, strict=False))


def _from_iso(text: pl.Series) -> pl.Series:
    spaced = text.str.replace(" UTC", "Z", literal=True).str.replace(" ", "T", literal=True)
    dated = spaced.str.replace(r"^(\d{4}-\d{2}-\d{2})$", "${1}T00:00:00")
    minutes = dated.str.replace(r"T(\d{2}:\d{2})(Z|[+-]|$)", "T${1}:00${2}")
    zoned = minutes.str.replace(r"(T[^Z+-]*)$", "${1}Z")
    times = zoned.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%#z", time_unit="us", time_zone="UTC", strict=False)
    return times.to_physical().cast(pl.Int64)


def _from_numbers(raw: pl.Series) -> pl.Series:
    value = pl.col("raw")
    per_unit = (
        pl.when(value < SECONDS_MAX)
        .then((value * MICRO).round().cast(pl.Int64, strict=False))
        .when(value < MILLISECONDS_MAX)
        .then((value * 1_000).round().cast(pl.Int64, strict=False))
        .when(value < MICROSECONDS_MAX)
        .then(value.cast(pl.Int64, strict=False))
        .otherwise((value // 1_000).cast(pl.Int64, strict=False))
    )
    return pl.DataFrame({"raw": raw}).select(per_unit.alias("at")).to_series()
