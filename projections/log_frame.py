"""From stored rows to one wide, typed frame: the log as every view reads it."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import polars as pl

from domain.codec import TYPES, UPCASTS, Default, Drop, Rename, Step, UnknownTopic, Upcasts, event_name, next_topic
from domain.events import CATALOGUE
from projections.exactness import refuse_rounding
from projections.schema import LOG, PLACE, STAMP, Schema, fields_of

STORED: Final[Schema] = PLACE | {"state": pl.Binary()}
ACCOUNT_STREAM: Final = r"^account:(?<account>[^:]+):(?<exchange>.+)$"
EXCHANGE_STREAM: Final = r"^exchange:(.+)$"
FIELDS: Final[Mapping[str, Schema]] = {kind.__name__: STAMP | fields_of(kind) for kind in CATALOGUE}
TOGETHER_ROWS_MAX: Final = 512  # Up to here one wide decode of all topics costs less than one narrow decode of each.

assert not PLACE.keys() & {field for fields in FIELDS.values() for field in fields}, "an event field hides a place"


def stored_frame(
    seq: Sequence[int], stream: Sequence[str], version: Sequence[int], topic: Sequence[str], state: Sequence[bytes]
) -> pl.DataFrame:
    """Stored rows as a frame of ``STORED``, from parallel columns."""
    columns = {"seq": seq, "stream": stream, "version": version, "topic": topic, "state": state}
    return pl.DataFrame(columns, schema=STORED)


def log_frame(stored: pl.DataFrame, upcasts: Upcasts = UPCASTS) -> pl.DataFrame:
    """Decode ``STORED`` rows into ``LOG`` rows, sorted by ``seq``; null where an event has no such field.

    ``topic`` becomes the event's name without its form; ``account`` and ``exchange`` come from the event or else from
    the stream id. Rows of an older form go through the same steps as in the mapper, as columns.

    Raises:
        UnknownTopic: a topic that neither the catalogue nor ``upcasts`` knows.
        DecimalTooFine: a stored number has a nineteenth decimal.
        polars.exceptions.ComputeError: a state is not JSON of the event's types.
    """
    parts = [_decoded(stored, topics, upcasts) for topics in _batches(stored, upcasts)]
    named = pl.concat([pl.LazyFrame(schema=LOG), *parts], how="diagonal").sort("seq")
    return named.with_columns(_account(), _exchange()).select(LOG).collect()


def _batches(stored: pl.DataFrame, upcasts: Upcasts) -> list[list[str]]:
    """The topics to decode in one go: those of older forms alone, since their columns are renamed apart."""
    topics = sorted(stored["topic"].unique())
    old = [[topic] for topic in topics if topic in upcasts]
    present = [topic for topic in topics if topic not in upcasts]
    if stored.height > TOGETHER_ROWS_MAX:
        return old + [[topic] for topic in present]
    return [*old, present] if present else old


def _decoded(stored: pl.DataFrame, topics: list[str], upcasts: Upcasts) -> pl.LazyFrame:
    rows = stored if topics == stored["topic"].unique().to_list() else stored.filter(pl.col("topic").is_in(topics))
    steps = _steps(topics[0], upcasts)
    fields = {name: dtype for topic in topics for name, dtype in _fields(topic, upcasts).items()}
    texts = rows["state"].cast(pl.String)
    refuse_rounding(rows["seq"], texts, pl.Struct(fields))
    body = pl.col("state").cast(pl.String).str.json_decode(pl.Struct(fields))
    topic = pl.col("topic").str.split(".").list.first()
    return _stepped(rows.lazy().with_columns(topic, body).unnest("state"), steps, event_name(topics[0]))


def _steps(topic: str, upcasts: Upcasts) -> list[Step]:
    """All steps from ``topic`` to its present form, in order."""
    steps: list[Step] = []
    while topic in upcasts:
        steps += upcasts[topic]
        topic = next_topic(topic)
    return steps


def _fields(topic: str, upcasts: Upcasts) -> Schema:
    """The columns that ``topic`` was stored with, as far as the present form still needs them.

    Raises:
        UnknownTopic: no event has this topic.
    """
    name = event_name(topic)
    if name not in FIELDS or (topic not in upcasts and topic not in _present(name, upcasts)):
        raise UnknownTopic(topic)
    fields = dict(FIELDS[name])
    for step in reversed(_steps(topic, upcasts)):
        match step:
            case Rename(old, new):
                fields[old] = fields.pop(new)
            case Default(field, _):
                fields.pop(field)
            case Drop(_):
                pass  # What is dropped in the end is never decoded.
    return fields
