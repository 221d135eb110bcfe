"""The upcasts of the domain, applied to columns instead of to one body after another."""

import json
from collections.abc import Mapping
from typing import Final

import polars as pl
from msgspec import Struct

from domain.codec import Default, Drop, Rename, Step, UnknownTopic, Upcasts, event_name, next_topic, present_topic
from domain.events import CATALOGUE, Event
from projections.schema import STAMP, Schema, fields_of

EVENTS: Final[Mapping[str, type[Event]]] = {kind.__name__: kind for kind in CATALOGUE}


class StoredForm(Struct, frozen=True):
    """``fields`` are what to decode from one stored form; ``steps`` lead from there to the event's present fields."""

    fields: Schema
    steps: tuple[tuple[Step, pl.DataType | None], ...] = ()


def stored_form(topic: str, upcasts: Upcasts) -> StoredForm:
    """What was stored under ``topic``, found by walking its steps backwards from the event's present fields.

    Raises:
        UnknownTopic: no event has, or had, this topic.
    """
    kind = EVENTS.get(event_name(topic))
    steps = _steps(topic, upcasts)
    if kind is None or (not steps and topic != present_topic(kind, upcasts)):
        raise UnknownTopic(topic)
    fields = {**STAMP, **fields_of(kind)}
    typed: list[tuple[Step, pl.DataType | None]] = []
    for step in reversed(steps):
        match step:
            case Rename(old, new):
                typed.append((step, fields.get(new)))
                if new in fields:
                    fields[old] = fields.pop(new)
            case Default(field, _):
                typed.append((step, fields.pop(field, None)))
            case Drop(_):
                pass  # What is dropped in the end need not be decoded.
    return StoredForm(fields, tuple(reversed(typed)))


def stepped(rows: pl.LazyFrame, form: StoredForm) -> pl.LazyFrame:
    """Bring decoded columns of an older form to the present one; a field that ends up dropped has no type here."""
    for step, dtype in form.steps:
        match step:
            case Rename(old, new) if dtype is not None:
                rows = rows.rename({old: new})
            case Default(field, value) if dtype is not None:
                rows = rows.with_columns(pl.lit(json.dumps(value)).str.json_decode(dtype).alias(field))
    return rows


def _steps(topic: str, upcasts: Upcasts) -> list[Step]:
    steps: list[Step] = []
    while topic in upcasts:
        steps += upcasts[topic]
        topic = next_topic(topic)
    return steps
