"""From a file to a checked frame of candles or trades."""

from pathlib import Path
from typing import Final

import polars as pl
from polars.exceptions import PolarsError

from kit.market.recordings.checks import check
from kit.market.recordings.columns import columns_of
from kit.market.recordings.errors import BadRecording
from kit.market.recordings.times import microseconds

FLOATS: Final = ("open", "high", "low", "close", "volume", "price", "amount")


def read(path: Path) -> pl.DataFrame:
    """Return the recording in a CSV or Parquet file, ordered by time.

    Columns: ``at`` (microseconds since 1970), then ``open``, ``high``, ``low``, ``close``, ``volume`` for candles, or
    ``price``, ``amount`` and, where the file has it, ``side`` (the taker's, "buy" or "sell") for trades; as floats,
    which hold fifteen digits of what was written.

    Raises:
        BadRecording: it cannot be read, has no such columns, or a row is impossible; it names the file and the row.
    """
    raw = _raw(path)
    columns = columns_of(path, raw.columns)
    if raw.is_empty():
        raise BadRecording(path, "it has no rows")
    values = [_number(raw[columns[name]], name) for name in FLOATS if name in columns]
    frame = pl.DataFrame([microseconds(raw[columns["timestamp"]]).alias("at"), *values])
    if "side" in columns:
        frame = frame.with_columns(raw[columns["side"]].cast(pl.String).str.to_lowercase().alias("side"))
    check(path, frame, raw.select(pl.col(name).alias(column) for column, name in columns.items()))
    return frame


def _raw(path: Path) -> pl.DataFrame:
    try:
        if path.suffix.lower() == ".parquet":
            return pl.read_parquet(path)
        return pl.read_csv(path, infer_schema=False)
    except (OSError, PolarsError) as error:
        raise BadRecording(path, f"it cannot be read: {error}") from error


def _number(raw: pl.Series, name: str) -> pl.Series:
    text = raw.str.strip_chars() if raw.dtype == pl.String else raw
    return text.cast(pl.Float64, strict=False).alias(name)
