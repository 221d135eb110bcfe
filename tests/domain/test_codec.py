"""Events to stored JSON and back, exactly. Golden files and upcasts have tests of their own."""

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest

from domain.codec import TOPICS, TYPES, UnknownTopic, decode, encode, event_name, next_topic
from domain.events import CATALOGUE, Stamp
from domain.events.funds import FundsDeposited
from domain.events.reconciliation import BalanceAsserted
from domain.events.risk import TradingResumed
from domain.postings import moved

STAMP = Stamp(
    at=datetime(2026, 2, 9, 12, 0, 0, 123456, tzinfo=UTC),
    by="kit-1",
    role="full",
    request="r-7",
    key="mine",
    digest="ab12",
)
LARGEST = Decimal("999999999999999.999999999999999999")


def test_an_event_is_one_flat_object_the_stamp_before_the_fact() -> None:
    topic, stored = encode(STAMP, TradingResumed(reason="over"))
    assert topic == "TradingResumed"
    assert stored == (
        b'{"at":"2026-02-09T12:00:00.123456Z","by":"kit-1","role":"full","request":"r-7","key":"mine",'
        b'"digest":"ab12","reason":"over"}'
    )


def test_decimals_are_stored_as_text_and_come_back_to_the_last_digit() -> None:
    deposited = FundsDeposited(
        asset="BTC",
        amount=LARGEST,
        cost_usd=Decimal("0.000000000000000001"),
        note='of "gold"\n',
        postings=moved(("external", "BTC", LARGEST.copy_negate()), ("free", "BTC", LARGEST)),
    )
    topic, stored = encode(STAMP, deposited)
    assert msgspec.json.decode(stored)["amount"] == "999999999999999.999999999999999999"
    assert decode(topic, stored) == (STAMP, deposited)


@pytest.mark.parametrize("text", ["100", "100.00", "1E+2", "1E-18", "0", "-0.5"])
def test_a_decimal_comes_back_as_it_was_written_with_its_zeros(text: str) -> None:
    asserted = BalanceAsserted(asset="BTC", free=Decimal(text), locked=Decimal(0), source="exchange")
    stored = decode(*encode(STAMP, asserted))[1]
    assert isinstance(stored, BalanceAsserted)
    assert str(stored.free) == text


def test_a_topic_that_is_not_on_the_list_is_refused() -> None:
    for topic in ("OrderVanished", "domain.events.fills:OrderFilled", "OrderFilled.2", "orderfilled", ""):
        with pytest.raises(UnknownTopic) as unknown:
            decode(topic, b"{}")
        assert unknown.value.args == (topic,)


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"at":"2026-02-09T12:00:00Z","by":"x","role":"root","reason":"over"}',
        b'{"at":"2026-02-09T12:00:00Z","by":"x","role":"full"}',
        b'{"at":"2026-02-09T12:00:00Z","by":"x","role":"full","reason":7}',
        b'{"at":"yesterday","by":"x","role":"full","reason":"over"}',
    ],
)
def test_a_body_that_does_not_fit_its_topic_is_refused(stored: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode("TradingResumed", stored)


def test_every_event_has_one_topic_and_every_topic_one_event() -> None:
    assert set(TOPICS) == set(CATALOGUE)
    assert {TOPICS[kind]: kind for kind in CATALOGUE} == TYPES
    assert all(event_name(topic) == kind.__name__ for kind, topic in TOPICS.items())


def test_a_topic_is_a_name_and_from_the_second_form_on_its_number() -> None:
    assert event_name("OrderFilled.12") == "OrderFilled"
    assert next_topic("OrderFilled") == "OrderFilled.2"
    assert next_topic("OrderFilled.9") == "OrderFilled.10"
