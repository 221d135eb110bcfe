"""Events to stored JSON and back: a fixed list of topics, and upcasts declared once as data.

A topic is an event's class name, for its first stored form; a later form is ``Name.2``, ``Name.3`` …. Decimals are
stored as text. ``UPCASTS`` says, for each old topic, which steps lead to the next form, so that the frame reader can
apply the same steps to columns.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from domain.events import CATALOGUE, Event, Stamp


class Rename(Struct, frozen=True):
    """The field ``old`` is called ``new`` from this form on."""

    old: str
    new: str


class Default(Struct, frozen=True):
    """The new field ``field`` has ``value`` (plain JSON) in everything that was stored without it."""

    field: str
    value: Any


class Drop(Struct, frozen=True):
    """The field is no longer kept."""

    field: str


Step = Rename | Default | Drop
Upcasts = Mapping[str, tuple[Step, ...]]

UPCASTS: Final[Upcasts] = {
    "ExitArmed": (Default("high", None),),
    "OrderAmended": (Default("price_bound", None),),
    "TradingHalted": (Default("check", None),),
}


class UnknownTopic(LookupError):
    """A stored topic that is not on the list: the log is damaged, or written by a newer version."""


def next_topic(topic: str) -> str:
    """The topic of the next form: ``OrderFilled`` → ``OrderFilled.2`` → ``OrderFilled.3``."""
    name, _, form = topic.partition(".")
    return f"{name}.{int(form or 1) + 1}"


def event_name(topic: str) -> str:
    return topic.partition(".")[0]


def upcast(topic: str, body: dict[str, Any], upcasts: Upcasts = UPCASTS) -> tuple[str, dict[str, Any]]:
    """Bring a stored body to its event's present form, step by step."""
    while topic in upcasts:
        for step in upcasts[topic]:
            match step:
                case Rename(old, new):
                    body[new] = body.pop(old)
                case Default(field, value):
                    body.setdefault(field, value)
                case Drop(field):
                    body.pop(field)
        topic = next_topic(topic)
    return topic, body


def present_topic(event_type: type[Event], upcasts: Upcasts = UPCASTS) -> str:
    """The topic that ``event_type`` is stored under now."""
    topic = event_type.__name__
    while topic in upcasts:
        topic = next_topic(topic)
    return topic


TOPICS: Final[Mapping[type[Event], str]] = {kind: present_topic(kind) for kind in CATALOGUE}
TYPES: Final[Mapping[str, type[Event]]] = {topic: kind for kind, topic in TOPICS.items()}

_encoder = msgspec.json.Encoder()
_stamps = msgspec.json.Decoder(Stamp)
_decoders: Final = {topic: msgspec.json.Decoder(kind) for topic, kind in TYPES.items()}


def encode(stamp: Stamp, event: Event) -> tuple[str, bytes]:
    """Return (topic, stored bytes): one flat JSON object, the stamp's fields before the event's."""
    head, body = _encoder.encode(stamp), _encoder.encode(event)
    return TOPICS[type(event)], head[:-1] + b"," + body[1:] if len(body) > 2 else head


def decode(topic: str, state: bytes) -> tuple[Stamp, Event]:
    """Read a stored event, upcasting what was written under an older form.

    Raises:
        UnknownTopic: ``topic`` is not on the list.
        msgspec.ValidationError: the body does not fit the topic.
    """
    if (decoder := _decoders.get(topic)) is not None:
        return _stamps.decode(state), decoder.decode(state)
    if topic not in UPCASTS:
        raise UnknownTopic(topic)
    topic, body = upcast(topic, msgspec.json.decode(state))
    return msgspec.convert(body, Stamp), msgspec.convert(body, TYPES[topic])
