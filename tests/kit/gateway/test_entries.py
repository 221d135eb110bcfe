"""What the gateway's edge writes into its log: who came and left, and what was done; and no secret."""

from collections.abc import Iterator
from typing import Any

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from kit.gateway import answer_log
from tests.kit.gateway.desk import BUY
from tests.kit.gateway.serving import GUARDED, READ_TOKEN, TOKEN, serving
from tests.waiting import eventually

Entries = list[Any]


@pytest.fixture
def logged() -> Iterator[Entries]:
    with capture_logs(processors=[merge_contextvars]) as entries:
        yield entries


def of(logged: Entries, *levels: str) -> list[tuple[str, str]]:
    return [(entry["log_level"], entry["event"]) for entry in logged if entry["log_level"] in levels]


async def test_a_client_is_logged_when_it_comes_and_with_the_reason_when_it_leaves(logged: Entries) -> None:
    async with serving() as served:
        caller = await served.client()
        await caller.call("disconnect")
        await caller.close_code()
        await eventually(lambda: served.edge.clients == 0)
    came, left = (entry for entry in logged if entry["event"].startswith("client "))
    assert (came["event"], came["role"], came["address"]) == ("client connected", "full", "127.0.0.1")
    assert (left["event"], left["code"], left["reason"]) == ("client left", 1000, "disconnected")
    assert came["client"] == left["client"] == caller.hello["clientId"]


async def test_a_client_that_just_goes_has_left_too(logged: Entries) -> None:
    async with serving() as served:
        await (await served.client()).socket.close()
        await eventually(lambda: served.edge.clients == 0)
    (left,) = (entry for entry in logged if entry["event"] == "client left")
    assert (left["code"], left["reason"]) == (None, "the peer closed the connection")


async def test_a_change_is_one_line_with_its_code_and_how_long_it_took_and_reading_is_for_debugging(
    logged: Entries,
) -> None:
    async with serving() as served:
        caller = await served.client()
        logged.clear()
        await caller.call("buy", BUY, "7")
        await caller.call("refuse", request_id="8")
        await caller.call("text", request_id="9")
        await caller.call("ping", request_id="10")
        assert of(logged, "info", "warning", "error") == [("info", "command executed"), ("info", "command refused")]
        assert of(logged, "debug") == [("debug", "read answered")] * 2
    done, refused = logged[:2]
    assert (done["client"], done["request"], done["method"]) == (caller.hello["clientId"], "7", "buy")
    assert (done["code"], done["ms"] >= 0) == ("ok", True)
    assert (refused["request"], refused["method"], refused["code"]) == ("8", "refuse", "INVALID_ORDER")


async def test_a_change_is_logged_although_its_client_has_gone(logged: Entries) -> None:
    async with serving() as served:
        caller = await served.client()
        await caller.send("7", "wait", BUY)
        await served.desk.started.wait()
        caller.socket._response.close()
        await eventually(lambda: served.edge.clients == 0)
        served.desk.gate.set()
        await eventually(lambda: served.desk.done["wait"] == 1)
    (done,) = (entry for entry in logged if entry["event"] == "command executed")
    assert (done["client"], done["request"], done["method"]) == (caller.hello["clientId"], "7", "wait")


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("buy", BUY, "AUTH_FAILED"),
        ("buy", {"action": "beg"}, "INVALID_REQUEST"),
        ("tool.invoke", {"tool": "buy", "args": BUY}, "AUTH_FAILED"),
    ],
)
async def test_a_change_that_is_refused_at_the_door_is_logged_like_any_other(
    logged: Entries, method: str, params: object, code: str
) -> None:
    async with serving(GUARDED) as served:
        caller = await served.client(READ_TOKEN)
        logged.clear()
        await caller.call(method, params, "7")
        entry = logged[0]
    assert (entry["log_level"], entry["event"], entry["code"]) == ("info", "command refused", code)
    assert (entry["client"], entry["request"], entry["method"]) == (caller.hello["clientId"], "7", method)


async def test_an_answer_that_takes_long_is_a_warning(logged: Entries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_log, "SLOW_S", 0.0)
    async with serving() as served:
        caller = await served.client()
        logged.clear()
        await caller.call("text", request_id="7")
        (slow,) = (entry for entry in logged if entry["log_level"] == "warning")
    assert (slow["event"], slow["method"], slow["request"]) == ("slow answer", "text", "7")


async def test_a_mistake_of_ours_names_the_request_it_happened_in(logged: Entries) -> None:
    async with serving() as served:
        caller = await served.client()
        await caller.call("fail", request_id="7")
    (mistake,) = (entry for entry in logged if entry["event"] == "unexpected error")
    assert (mistake["client"], mistake["request"], mistake["method"]) == (caller.hello["clientId"], "7", "fail")


async def test_a_wrong_token_is_a_warning_without_the_token(logged: Entries) -> None:
    async with serving(GUARDED) as served:
        await (await served.stranger()).connect("a-wrong-token-of-mine")
        await served.client(TOKEN)
    assert of(logged, "warning") == [("warning", "wrong token")]
    assert not any(secret in str(logged) for secret in ("a-wrong-token-of-mine", TOKEN, READ_TOKEN))


@pytest.mark.parametrize(
    ("headers", "event"),
    [
        ({"Host": "evil.example"}, "foreign host refused"),
        ({"Origin": "https://evil.example"}, "foreign origin refused"),
    ],
)
async def test_a_foreign_page_is_a_warning(logged: Entries, headers: dict[str, str], event: str) -> None:
    async with serving() as served, served.http.get(served.url, headers=headers):
        pass
    assert of(logged, "warning") == [("warning", event)]
    assert "evil.example" in str(logged[0])
