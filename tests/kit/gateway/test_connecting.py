"""``connect``, tokens and roles."""

import asyncio
import re

import pytest
from msgspec.structs import replace

from tests.kit.gateway.desk import BUY
from tests.kit.gateway.serving import CLIENT, GUARDED, OPEN, READ_TOKEN, TOKEN, UNPACED, serving


async def test_the_first_connect_is_answered_with_hello() -> None:
    async with serving() as served:
        caller = await served.stranger()
        answer = await caller.connect(somethingNew=True)
        assert answer["type"] == "res"
        assert answer["ok"] is True
        assert answer["payload"]["type"] == "hello-ok"
        assert answer["payload"]["role"] == "full"
        assert re.fullmatch(r"kit-[0-9]{10,}-[0-9a-z]{9}", answer["payload"]["clientId"])
        assert served.edge.clients == 1


async def test_the_websocket_is_answered_on_both_paths() -> None:
    async with serving() as served:
        for path in ("", "ws"):
            async with served.http.ws_connect(served.url + path) as socket:
                assert not socket.closed


async def test_anything_before_connect_fails_and_the_connection_stays() -> None:
    async with serving() as served:
        caller = await served.stranger()
        answer = await caller.call("ping")
        assert answer["error"]["code"] == "AUTH_FAILED"
        assert (await caller.connect())["ok"] is True


async def test_a_second_connect_is_an_invalid_request() -> None:
    async with serving() as served:
        caller = await served.client()
        assert (await caller.connect())["error"]["code"] == "INVALID_REQUEST"
        assert (await caller.call("ping"))["ok"] is True


@pytest.mark.parametrize("token", [None, "wrong", "Ünïcödé-töken", TOKEN + "x", "x" * 1000])
async def test_a_wrong_token_fails_and_closes_with_1008(token: str | None) -> None:
    async with serving(GUARDED) as served:
        caller = await served.stranger()
        answer = await caller.connect(token)
        assert answer["error"]["code"] == "AUTH_FAILED"
        assert answer["error"]["retryable"] is False
        assert await caller.close_code() == 1008


async def test_a_right_token_is_taken_at_once_while_wrong_ones_wait() -> None:
    async with serving(GUARDED) as served:
        guesses = [asyncio.create_task((await served.stranger()).connect("wrong")) for _ in range(9)]
        await served.client(TOKEN)
        assert not all(guess.done() for guess in guesses)
        answers = await asyncio.gather(*guesses)
        assert {answer["error"]["code"] for answer in answers} == {"AUTH_FAILED"}


async def test_the_read_role_reads_and_changes_nothing() -> None:
    async with serving(GUARDED) as served:
        caller = await served.client(READ_TOKEN)
        assert caller.hello["role"] == "read"
        assert (await caller.call("text"))["ok"] is True
        for method, params in (("buy", BUY), ("tool.invoke", {"tool": "buy", "args": BUY})):
            error = (await caller.call(method, params))["error"]
            assert (error["code"], error["details"]) == ("AUTH_FAILED", {"role": "read"})
        assert served.desk.done["buy"] == 0


async def test_a_reader_may_ask_a_method_that_can_change_something_for_what_it_only_reads() -> None:
    async with serving(GUARDED) as served:
        reader, owner = await served.client(READ_TOKEN), await served.client(TOKEN)
        assert (await reader.call("tally", {"add": 2}))["error"]["code"] == "AUTH_FAILED"
        assert (await owner.call("tally", {"add": 2}))["payload"]["number"] == 2
        assert (await reader.call("tally"))["payload"]["number"] == 2


async def test_the_full_token_has_the_full_role() -> None:
    async with serving(GUARDED) as served:
        caller = await served.client(TOKEN)
        assert caller.hello["role"] == "full"
        assert (await caller.call("buy", BUY))["ok"] is True


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({}, "client: missing"),
        ({"client": {"id": "a"}}, "client.version: missing"),
        ({"client": {"id": "", "version": "1"}}, "client.id"),
        ({"client": CLIENT, "auth": {"token": 5}}, "auth.token: expected a string or null, got an integer"),
        ({"client": CLIENT, "minProtocol": 2, "maxProtocol": 3}, "2 to 3 leaves out 1"),
        ({"client": CLIENT, "resumeFrom": 7}, "7 is beyond the log, which is at 0"),
        ({"client": CLIENT, "resumeFrom": -1}, "resumeFrom"),
    ],
)
async def test_a_connect_of_the_wrong_shape_is_refused_and_may_be_corrected(params: object, names: str) -> None:
    async with serving() as served:
        caller = await served.stranger()
        error = (await caller.call("connect", params))["error"]
        assert error["code"] == "INVALID_REQUEST"
        assert names in error["message"]
        assert (await caller.connect(minProtocol=1, maxProtocol=9))["ok"] is True


async def test_who_does_not_connect_in_time_is_closed_with_1008() -> None:
    async with serving(replace(OPEN, limits=replace(UNPACED, connect_s=0.1))) as served:
        caller = await served.stranger()
        assert await caller.close_code() == 1008


async def test_disconnect_is_answered_and_closes_with_1000() -> None:
    async with serving() as served:
        caller = await served.client()
        answer = await caller.call("disconnect")
        assert answer["payload"] == {"clientId": caller.hello["clientId"]}
        assert await caller.close_code() == 1000
