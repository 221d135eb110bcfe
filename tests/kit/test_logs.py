"""What a log line looks like, and what never stands in one."""

import io
import json
import logging
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from structlog.contextvars import bound_contextvars

from kit.logs import configure_logs, register_secret
from kit.logs.configuration import IntoStructlog
from kit.settings import Secret

CANARY = "canary-7b1f'\u00e9&x"
TEXT = st.text(st.characters(), max_size=20)  # Half surrogate pairs too.
FORMATS = pytest.mark.parametrize("form", ["json", "console"])


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Login(Struct):
    user: str
    token: str


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []  # Configuring closes what it replaces, and these are pytest's.
    yield
    structlog.reset_defaults()
    root.handlers = handlers
    root.setLevel(level)


@pytest.fixture
def written() -> io.StringIO:
    stream = io.StringIO()
    configure_logs("info", "json", stream)
    return stream


def entries(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def log_of(name: str = "kit.test") -> Any:
    return structlog.get_logger(name)


def test_an_entry_is_one_json_line_that_starts_with_when_how_bad_and_what(written: io.StringIO) -> None:
    log_of().info("order placed", amount=Decimal("0.100"), orders=3)
    (entry,) = entries(written)
    assert list(entry)[:3] == ["at", "level", "event"]
    assert entry.pop("at").endswith("Z")
    assert entry == {
        "level": "info",
        "event": "order placed",
        "logger": "kit.test",
        "amount": "0.100",
        "orders": 3,
    }


def test_entries_below_the_level_are_not_written() -> None:
    stream = io.StringIO()
    configure_logs("warning", "json", stream)
    log_of().info("quiet")
    logging.getLogger("library").info("quiet")
    log_of().warning("loud")
    assert [entry["event"] for entry in entries(stream)] == ["loud"]


def test_what_is_bound_to_a_request_stands_in_each_of_its_entries(written: io.StringIO) -> None:
    with bound_contextvars(client="kit-1-abc", request="req-7"):
        log_of().info("one")
        logging.getLogger("library").error("two")
    log_of().info("three")
    assert [entry.get("request") for entry in entries(written)] == ["req-7", "req-7", None]


@FORMATS
def test_a_client_id_with_line_breaks_stays_on_one_line(form: Any) -> None:
    stream = io.StringIO()
    configure_logs("info", form, stream)
    with bound_contextvars(client="\r\nINFO fake\x1b[31m\u2028\u202e\x85"):
        log_of().info("connected\r\nINFO fake", params={"a\nb": "c\nd"})
    text = stream.getvalue()
    assert len(text.splitlines()) == 1
    assert text.removesuffix("\n").isprintable()


@FORMATS
@given(event=TEXT, values=st.dictionaries(TEXT, TEXT | st.floats() | st.integers() | st.lists(TEXT)))
def test_whatever_is_logged_makes_one_printable_line(form: Any, event: str, values: dict[str, Any]) -> None:
    stream = io.StringIO()
    configure_logs("info", form, stream)
    log_of().info(event, values=values)
    (line,) = stream.getvalue().splitlines()
    assert line.isprintable()


def test_ids_are_cut_to_128_characters_and_texts_and_numbers_have_an_end(written: io.StringIO) -> None:
    log_of().info("x" * 5_000, client="c" * 300, orderId="o" * 300, amount=10**100_000, many=list(range(1_000)))
    (entry,) = entries(written)
    assert (entry["client"], entry["orderId"]) == ("c" * 127 + "…", "o" * 127 + "…")
    assert (len(entry["event"]), len(entry["amount"]), len(entry["many"])) == (4_096, 4_096, 100)


def test_half_a_surrogate_pair_and_deep_values_can_be_logged(written: io.StringIO) -> None:
    deep: list[Any] = []
    for _ in range(100):
        deep = [deep]
    log_of().info("odd", text="\ud800", deep=deep, raw=b"\xff")
    (entry,) = entries(written)
    assert (entry["text"], entry["raw"]) == ("\\ud800", "b'\\xff'")


@FORMATS
@pytest.mark.parametrize(
    "fields",
    [
        {"token": CANARY},
        {"auth": {"token": CANARY}},
        {"params": {"client": {"apiKey": CANARY}, "list": [{"password": CANARY}]}},
        {"headers": {"Authorization": f"Bearer {CANARY}"}},
        {"login": Login("me", CANARY)},
        {"secret_value": Secret(CANARY)},
        {"value": Secret(CANARY)},
        {"read_token": CANARY.encode()},
    ],
)
def test_what_stands_under_a_telling_name_is_masked(form: Any, fields: dict[str, Any]) -> None:
    stream = io.StringIO()
    configure_logs("info", form, stream)
    log_of().info("request", **fields)
    assert "canary" not in stream.getvalue()
    assert "***" in stream.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "GET /?token=canary-1 HTTP/1.1",
        "b'GET /ws?a=1&api_key=canary-1&b=2'",
        '{"auth": {"token": "canary-1 canary-2"}}',
        "Login(user='me', token='canary-1')",
        "Authorization: Bearer canary-1",
        "connect to postgresql://kit:canary-1@db/kit",
    ],
)
def test_what_looks_like_a_secret_in_a_text_is_masked(written: io.StringIO, text: str) -> None:
    log_of().info(text, seen=text, error=ValueError(text))
    logging.getLogger("aiohttp.server").error("bad request %s", text)
    assert "canary" not in written.getvalue()


def test_a_sentence_about_tokens_is_left_as_it_is(written: io.StringIO) -> None:
    log_of().warning("KIT_GATEWAY_TOKEN is too short to be secret: it must have at least 16 characters")
    (entry,) = entries(written)
    assert entry["event"].startswith("KIT_GATEWAY_TOKEN is too short to be secret: it must")


@FORMATS
def test_a_registered_secret_is_masked_wherever_it_stands_and_however_it_is_spelt(form: Any) -> None:
    register_secret(CANARY)
    stream = io.StringIO()
    configure_logs("info", form, stream)
    with bound_contextvars(client=CANARY):
        log_of().info(
            f"said {CANARY}", url="/x/canary-7b1f%27%C3%A9%26x", shown=repr(CANARY), nested=[{CANARY: CANARY}]
        )
    try:
        raise ValueError(f"unexpected {CANARY}")
    except ValueError as error:
        log_of().error("failed", exc_info=error)
        logging.getLogger("library").exception("failed with %s", CANARY)
    assert "7b1f" not in stream.getvalue()


def test_an_exception_is_logged_with_its_traceback(written: io.StringIO) -> None:
    try:
        raise LookupError("no such order")
    except LookupError as error:
        log_of().error("unexpected", exc_info=error)
    (entry,) = entries(written)
    assert entry["exception"].startswith("Traceback (most recent call last):")
    assert entry["exception"].endswith("LookupError: no such order")


def test_on_the_console_no_line_of_an_exception_can_pass_for_an_entry() -> None:
    stream = io.StringIO()
    configure_logs("info", "console", stream)
    log_of().error("unexpected", exc_info=ValueError("x\r\n2026-01-01T00:00:00Z [info] fake"))
    first, *rest = stream.getvalue().splitlines()
    assert "unexpected" in first
    assert all(line.startswith("  | ") for line in rest)


@pytest.mark.parametrize(("stream", "coloured"), [(Terminal(), True), (io.StringIO(), False)])
def test_without_a_format_a_terminal_gets_colours_and_anything_else_json(stream: io.StringIO, coloured: bool) -> None:
    configure_logs("info", None, stream)
    log_of().info("started")
    assert ("\x1b[" in stream.getvalue()) is coloured
    assert stream.getvalue().startswith("{") is not coloured


def test_a_stream_that_is_gone_stops_nothing() -> None:
    stream = io.StringIO()
    configure_logs("info", "json", stream)
    stream.close()
    log_of().error("nobody reads this")


def test_a_library_whose_arguments_do_not_fit_its_message_is_logged_all_the_same(written: io.StringIO) -> None:
    record = logging.LogRecord("library", 25, __file__, 1, "took %d seconds", ("five",), None)
    IntoStructlog().handle(record)
    (entry,) = entries(written)
    assert (entry["level"], entry["event"]) == ("info", "took %d seconds ('five',)")
