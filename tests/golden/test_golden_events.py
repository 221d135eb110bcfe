"""Every event as the first release stored it can be read for ever, by the mapper and back to the same bytes.

A file holds one stored event a line, with each optional field once given and once null. Files of a released form are
never edited; a new form gets a file of its own beside the older one, whose lines are read as the new form from then on.
"""

from decimal import Decimal
from pathlib import Path
from typing import Final

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent

from domain.codec import TOPICS, TYPES, UPCASTS, upcast
from domain.events import CATALOGUE, Event, Stamp
from domain.events.amendments import OrderAmended
from domain.events.exits import ExitArmed
from kit.log.mapper import EntryMapper

GOLDEN: Final = Path(__file__).parent / "v1"
LINES: Final = [
    (file.stem, number, line)
    for file in sorted(GOLDEN.glob("*.json"))
    for number, line in enumerate(file.read_bytes().splitlines(), start=1)
]
STORED: Final = [pytest.param(topic, line, id=f"{topic}-{n}") for topic, n, line in LINES if topic in TYPES]
OLDER: Final = [pytest.param(topic, line, id=f"{topic}-{n}") for topic, n, line in LINES if topic in UPCASTS]


def stored(topic: str, state: bytes) -> StoredEvent:
    return StoredEvent("account:main:paper", 7, topic, state)


def optional_fields(kind: type[Event]) -> set[str]:
    fields = msgspec.inspect.type_info(kind)
    assert isinstance(fields, msgspec.inspect.StructType)
    return {
        field.encode_name
        for field in fields.fields
        if isinstance(field.type, msgspec.inspect.UnionType) and field.type.includes_none
    }


def test_there_is_a_file_for_every_event_in_the_catalogue() -> None:
    assert {topic.partition(".")[0] for topic in TOPICS.values()} == {kind.__name__ for kind in CATALOGUE}
    assert {file.stem for file in GOLDEN.glob("*.json")} >= set(TOPICS.values())


@pytest.mark.parametrize(("topic", "state"), STORED)
def test_a_stored_event_is_read_and_written_back_to_the_same_bytes(topic: str, state: bytes) -> None:
    mapper = EntryMapper()
    entry = mapper.to_domain_event(stored(topic, state))
    assert (entry.stream, entry.version, type(entry.event)) == ("account:main:paper", 7, TYPES[topic])
    assert mapper.to_stored_event(entry) == stored(topic, state)


@pytest.mark.parametrize(("topic", "state"), STORED)
def test_a_stored_event_says_every_field_so_that_reading_it_needs_no_default(topic: str, state: bytes) -> None:
    names = (*Stamp.__struct_fields__, *TYPES[topic].__struct_fields__)
    assert tuple(msgspec.json.decode(state)) == names


@pytest.mark.parametrize(("topic", "state"), STORED)
def test_the_way_of_the_upcasts_reads_a_stored_event_as_the_direct_one_does(topic: str, state: bytes) -> None:
    entry = EntryMapper().to_domain_event(stored(topic, state))
    body = msgspec.json.decode(state)
    assert msgspec.convert(body, TYPES[topic]) == entry.event
    assert msgspec.convert(body, Stamp) == entry.stamp


@pytest.mark.parametrize(("topic", "state"), OLDER)
def test_an_event_of_an_older_form_is_read_as_the_present_one_with_all_that_it_said(topic: str, state: bytes) -> None:
    entry = EntryMapper().to_domain_event(stored(topic, state))
    present, body = upcast(topic, msgspec.json.decode(state))
    assert type(entry.event) is TYPES[present]
    assert entry.event == msgspec.convert(body, TYPES[present])
    assert entry.stamp == msgspec.convert(body, Stamp)
    again = EntryMapper().to_stored_event(entry)
    assert EntryMapper().to_domain_event(again) == entry


def test_every_golden_file_is_of_a_form_that_can_be_read() -> None:
    assert {topic for topic, _, _ in LINES} == TYPES.keys() | UPCASTS.keys()


def test_exits_that_were_armed_before_they_could_trail_have_seen_no_price() -> None:
    for state in (GOLDEN / "ExitArmed.json").read_bytes().splitlines():
        event = EntryMapper().to_domain_event(stored("ExitArmed", state)).event
        assert isinstance(event, ExitArmed)
        assert event.high is None


def test_amendments_that_were_written_with_a_bound_before_the_form_that_has_one_keep_it() -> None:
    bounds = []
    for state in (GOLDEN / "OrderAmended.2.json").read_bytes().splitlines():
        event = EntryMapper().to_domain_event(stored("OrderAmended", state)).event
        assert isinstance(event, OrderAmended)
        bounds.append(event.price_bound)
    assert bounds == [None, Decimal("65382.00")]


@pytest.mark.parametrize("kind", CATALOGUE, ids=lambda kind: kind.__name__)
def test_every_optional_field_is_stored_both_given_and_null(kind: type[Event]) -> None:
    lines = [msgspec.json.decode(line) for line in (GOLDEN / f"{TOPICS[kind]}.json").read_bytes().splitlines()]
    for field in optional_fields(kind):
        assert {line[field] is None for line in lines} == {True, False}, field
