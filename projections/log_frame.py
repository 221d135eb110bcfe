"""From stored rows to one wide, typed frame: the log as every view reads it."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from domain.codec import UPCASTS, Upcasts
from projections.exactness import refuse_rounding
from projections.schema import LOG, OWNER, PLACE, Schema
from projections.stored_forms import StoredForm, stepped, stored_form

STORED: Final[Schema] = {**PLACE, "state": pl.Binary()}
STREAM_PARTS: Final = r"^(?:account:(?<account>[^:]+)|exchange):(?<exchange>.+)$"
TOGETHER_ROWS_MAX: Final = 512  # Up to here one wide decode of all topics costs less than one narrow decode of each.


def stored_frame(
    seq: Sequence[int], stream: Sequence[str], version: Sequence[int], topic: Sequence[str], state: Sequence[bytes]
) -> pl.DataFrame:
    """Stored rows as a ``STORED`` frame, from parallel columns."""
    columns = {"seq": seq, "stream": stream, "version": version, "topic": topic, "state": state}
    return pl.DataFrame(columns, schema=STORED)


def log_frame(stored: pl.DataFrame, upcasts: Upcasts = UPCASTS) -> pl.DataFrame:
    """Decode ``STORED`` rows into ``LOG`` rows, sorted by ``seq``; null where an event has no such field.

    ``topic`` becomes the event's name without its form; ``account`` and ``exchange`` are the event's own or else those
    of the stream id. Rows of an older form take the same steps as in the mapper, column by column.

    Raises:
        UnknownTopic: a topic that neither the catalogue nor ``upcasts`` knows.
        DecimalTooFine: a stored number has a nineteenth decimal.
        polars.exceptions.ComputeError: a state is not JSON of its event's types.
    """
    parts = [_decoded(stored, topics, upcasts) for topics in _decoded_together(stored, upcasts)]
    if not parts:
        return pl.DataFrame(schema=LOG)
    decoded = pl.collect_all(parts)
    rows = decoded[0] if len(decoded) == 1 else pl.concat(decoded, how="diagonal")
    return rows.sort("seq").select(_columns(frozenset(rows.columns)))


def _columns(decoded: frozenset[str]) -> list[pl.Expr]:
    """All columns of ``LOG``: as decoded, or null where none of the events read has them."""
    of_stream = pl.col("stream").str.extract_groups(STREAM_PARTS).struct
    columns = []
    for name, dtype in LOG.items():
        column = pl.col(name) if name in decoded else pl.lit(None, dtype)
        columns.append(pl.coalesce(column, of_stream.field(name)).alias(name) if name in OWNER else column.alias(name))
    return columns


def _decoded_together(stored: pl.DataFrame, upcasts: Upcasts) -> list[list[str]]:
    """Topics by decode: an older form always alone, because only its own columns are stepped on."""
    topics = stored["topic"].unique().sort().to_list()
    present = [topic for topic in topics if topic not in upcasts]
    older = [[topic] for topic in topics if topic in upcasts]
    if stored.height > TOGETHER_ROWS_MAX:
        return older + [[topic] for topic in present]
    return [*older, present] if present else older


def _decoded(stored: pl.DataFrame, topics: list[str], upcasts: Upcasts) -> pl.LazyFrame:
    """The rows of ``topics`` as decoded columns, in no wider a frame than these topics need."""
    rows = stored.filter(pl.col("topic").is_in(topics)).with_columns(pl.col("state").cast(pl.String))
    forms = [stored_form(topic, upcasts) for topic in topics]
    fields: dict[str, pl.DataType] = {}
    for form in forms:
        fields.update(form.fields)
    refuse_rounding(rows["seq"], rows["state"], pl.Struct(fields))
    name = pl.col("topic").str.split(".").list.first()
    decoded = rows.lazy().with_columns(name, pl.col("state").str.json_decode(pl.Struct(fields))).unnest("state")
    return stepped(decoded, StoredForm({}, forms[0].steps))
