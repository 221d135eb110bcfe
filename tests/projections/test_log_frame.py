"""The frame says what the mapper says, for every event and every stored form."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import polars as pl
import pytest
from msgspec import Struct

from domain.codec import Default, Drop, Rename, UnknownTopic, Upcasts, decode, encode, event_name, upcast
from domain.events import CATALOGUE, Stamp
from domain.events.orders import OrderCancelled
from projections.exactness import DecimalTooFine
from projections.log_frame import TOGETHER_ROWS_MAX, log_frame, stored_frame
from projections.schema import LOG, MONEY, FieldClash, fields_of, union_of
from tests.projections.logs import NOON, PAPER, Log, cancelled, deposited, filled, marked, opened, placed

GOLDEN = Path(__file__).parent.parent / "golden" / "v1"
STAMP = '"at":"2026-02-09T12:00:00Z","by":"bot","role":"full","request":null,"key":null,"digest":null'


def one_row(topic: str, state: str, upcasts: Upcasts | None = None) -> dict[str, Any]:
    stored = stored_frame([7], [PAPER], [3], [topic], [state.encode()])
    frame = log_frame(stored) if upcasts is None else log_frame(stored, upcasts)
    return frame.row(0, named=True)


def said_by(*structs: Struct) -> Mapping[str, Any]:
    """The fields of structs as the frame should hold them."""
    said: dict[str, Any] = {}
    for struct in structs:
        for field in struct.__struct_fields__:
            said[field] = in_frame(getattr(struct, field))
    return said


def in_frame(value: Any) -> Any:
    if isinstance(value, tuple):
        return [in_frame(item) for item in value]
    return said_by(value) if isinstance(value, Struct) else value


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_every_golden_event_reads_the_same_in_the_frame_and_through_the_mapper(path: Path) -> None:
    for state in path.read_text().splitlines():
        stamp, event = decode(path.stem, state.encode())
        row = one_row(path.stem, state)
        said = said_by(stamp, event)
        assert {field: row[field] for field in said} == said
        assert row["topic"] == event_name(path.stem)
        unsaid = set(LOG) - set(said) - {"seq", "stream", "version", "topic", "account", "exchange"}
        assert all(row[field] is None for field in unsaid)


def test_there_is_a_golden_file_for_every_event_of_the_catalogue() -> None:
    assert {event_name(path.stem) for path in GOLDEN.glob("*.json")} == {kind.__name__ for kind in CATALOGUE}


def test_the_frame_has_the_same_columns_whatever_was_read() -> None:
    assert log_frame(stored_frame([], [], [], [], [])).schema == pl.Schema(LOG)
    assert Log().add(opened(), deposited("USDT", "5")).frame().schema == pl.Schema(LOG)


def test_many_rows_decoded_topic_by_topic_are_the_same_as_few_decoded_together() -> None:
    events = [opened(), deposited("USDT", "5"), placed("o1"), filled("o1", "2"), cancelled("o1"), marked(BTC="7")]
    log = Log().add(*events * TOGETHER_ROWS_MAX)
    stored = log.stored()
    apart = pl.concat([log_frame(rows) for rows in stored.iter_slices(100)])
    assert log_frame(stored).equals(apart, null_equal=True)


def test_account_and_exchange_come_from_the_stream_where_the_event_does_not_say() -> None:
    log = Log().add(deposited("USDT", "5"), stream="account:desk:binance-paper")
    log.add(marked(exchange="kraken", BTC="1"), stream="marks").add(opened(), stream="exchange:bybit")
    frame = log.frame()
    assert frame["account"].to_list() == ["desk", None, "main"]
    assert frame["exchange"].to_list() == ["binance-paper", "kraken", "paper"]


def test_eighteen_decimals_are_kept_to_the_last_digit() -> None:
    row = log_frame(Log().add(deposited("ETH", "123456789012345.123456789012345678")).stored()).row(0, named=True)
    assert row["amount"] == Decimal("123456789012345.123456789012345678")
    assert row["postings"][1]["amount"] == Decimal("123456789012345.123456789012345678")


@pytest.mark.parametrize("written", ["0.1234567890123456789", "1E-19", "1.5E-18", "12.34567890123E-8"])
def test_a_nineteenth_decimal_is_refused_and_never_rounded(written: str) -> None:
    state = f'{{{STAMP},"order_id":"o","market_price":"{written}"}}'
    with pytest.raises(DecimalTooFine, match=r"event 7: .*18 decimals"):
        one_row("OrderTriggered", state)


@pytest.mark.parametrize("written", ["0E-18", "1.50E-17", "0.1234567890123456780", "1E+2", "0.000000000000000001"])
def test_what_only_looks_too_fine_is_read(written: str) -> None:
    row = one_row("OrderTriggered", f'{{{STAMP},"order_id":"o","market_price":"{written}"}}')
    assert row["market_price"] == Decimal(written)


def test_a_number_inside_a_text_is_no_money() -> None:
    state = f'{{{STAMP},"postings":[],"order_id":"o","reason":"0.1234567890123456789"}}'
    assert one_row("OrderCancelled", state)["reason"] == "0.1234567890123456789"


def test_older_forms_take_the_same_steps_as_in_the_mapper() -> None:
    # given: a first form with other names, a second one without notes, and the present third one
    upcasts: Upcasts = {
        "OrderCancelled": (Rename("why", "cause"), Drop("colour"), Default("order_id", "o-0")),
        "OrderCancelled.2": (Rename("cause", "reason"), Default("postings", [])),
    }
    first = f'{{{STAMP},"why":"bored","colour":"red"}}'
    second = f'{{{STAMP},"order_id":"o-2","cause":"late"}}'
    third = f'{{{STAMP},"postings":[],"order_id":"o-3","reason":"done"}}'
    topics = ["OrderCancelled", "OrderCancelled.2", "OrderCancelled.3"]
    states = [state.encode() for state in (first, second, third)]
    # when
    frame = log_frame(stored_frame([1, 2, 3], [PAPER] * 3, [1, 2, 3], topics, states), upcasts)
    # then
    for row, topic, state in zip(frame.iter_rows(named=True), topics, states, strict=True):
        _, body = upcast(topic, msgspec.json.decode(state), upcasts)
        said = said_by(msgspec.convert(body, Stamp), msgspec.convert(body, OrderCancelled))
        assert {field: row[field] for field in said} == said
        assert row["topic"] == "OrderCancelled"


def test_a_default_keeps_the_type_of_its_column() -> None:
    upcasts: Upcasts = {"OrderTriggered": (Default("market_price", "67250.5"),)}
    row = one_row("OrderTriggered", f'{{{STAMP},"order_id":"o"}}', upcasts)
    assert row["market_price"] == Decimal("67250.5")


@pytest.mark.parametrize("topic", ["OrderLost", "OrderCancelled.2", "os:system"])
def test_an_unknown_topic_is_refused(topic: str) -> None:
    with pytest.raises(UnknownTopic, match=topic):
        one_row(topic, f"{{{STAMP}}}")


def test_two_events_with_one_name_for_two_types_are_found() -> None:
    class Weighed(Struct):
        amount: str

    with pytest.raises(FieldClash, match=r"Weighed\.amount is String, but amount is Decimal"):
        union_of((*CATALOGUE, Weighed))


def test_the_names_of_the_catalogue_do_not_clash() -> None:
    assert union_of((Stamp, *CATALOGUE))["amount"] == MONEY
    assert not {"seq", "stream", "version", "topic"} & set(union_of((Stamp, *CATALOGUE)))
    assert list(fields_of(Stamp)) == ["at", "by", "role", "request", "key", "digest"]


def test_a_stamp_is_read_to_the_microsecond() -> None:
    _, state = encode(Stamp(at=NOON.replace(microsecond=1), by="b", role="system"), opened())
    assert one_row("AccountOpened", state.decode())["at"] == NOON.replace(microsecond=1)
