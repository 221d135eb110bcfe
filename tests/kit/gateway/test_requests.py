"""Requests and their answers: frames, shapes, time limits and repeats."""

import json

import pytest

from tests.kit.gateway.desk import BUY
from tests.kit.gateway.serving import Caller, Served, serving
from tests.waiting import eventually


def request(request_id: object, method: object, params: object = None, **more: object) -> str:
    return json.dumps({"type": "req", "id": request_id, "method": method, "params": params, **more})


@pytest.mark.parametrize(
    ("text", "request_id", "names"),
    [
        ("nope", None, "not JSON"),
        ("", None, "not JSON"),
        ("[]", None, "the message: expected an object, got an array"),
        ('{"type":"req","id":"\\ud800","method":"ping"}', None, "not JSON"),
        (request(7, "ping"), None, "id: expected a string, got an integer"),
        (request("", "ping"), "", "id: expected a string of length >= 1"),
        (request("i" * 129, "ping"), "i" * 129, "id: expected a string of length <= 128"),
        (request("5", 7), "5", "method: expected a string, got an integer"),
        (request("5", "ping", extra=1), "5", "extra: unknown field"),
        ('{"type":"res","id":"5","method":"ping"}', "5", "type: "),
        ('{"type":"req","id":"5"}', "5", "method: missing"),
        (request("5", "ping", [1]), "5", "params: expected an object, got an array"),
        (request("5", "text", "x" * 1025), "5", "a string is longer than 1024"),
        (request("5", "text", {str(key): 1 for key in range(1001)}), "5", "more than 1000 keys"),
        ('{"type":"req","id":"5","method":"text","params":' + "[" * 33 + "]" * 33 + "}", "5", "deeper than 32"),
        ("[" * 60_000, None, "deeper than 32"),
        ("[]" * 30_000, None, "expected an object, got an array"),
        ('"' + '\\"' * 32_000, None, "a string is longer than 1024"),
        ('"' + '\\"' * 32_000 + "\\", None, "a string is longer than 1024"),
        ('"' * 65_000, None, "expected an object, got a string"),
        ("\\" * 65_000, None, "not JSON"),
    ],
)
async def test_a_message_that_is_no_request_is_an_invalid_request(
    text: str, request_id: str | None, names: str
) -> None:
    async with serving() as served:
        caller = await served.client()
        answer = await caller.raw(text)
        assert answer["id"] == request_id
        assert answer["error"]["code"] == "INVALID_REQUEST"
        assert names in answer["error"]["message"]
        assert (await caller.call("ping"))["ok"] is True


async def test_an_unknown_method_and_an_unknown_tool_are_not_found() -> None:
    async with serving() as served:
        caller = await served.client()
        for method, params in (("trade.exekute", {}), ("tool.invoke", {"tool": "trede"})):
            assert (await caller.call(method, params))["error"]["code"] == "NOT_FOUND"


async def test_a_tool_is_its_method_by_another_name() -> None:
    async with serving() as served:
        caller = await served.client()
        answer = await caller.call("tool.invoke", {"tool": "buy", "args": {**BUY, "amount": "100.10"}})
        assert answer["payload"] == {"number": 1, "amount": 100.1}
        answer = await caller.call("tool.invoke", {"tool": "buy", "args": {**BUY, "amount": "1_0"}}, "2")
        assert answer["error"]["message"].startswith("amount: ")


async def test_money_goes_out_digit_for_digit() -> None:
    async with serving() as served:
        caller = await served.client()
        await caller.send("1", "buy", {**BUY, "amount": "0.123456789012345678"})
        text = (await caller.socket.receive()).data
        assert '"amount":0.123456789012345678' in text


async def test_a_refusal_and_a_mistake_are_answered_and_the_session_goes_on() -> None:
    async with serving() as served:
        caller = await served.client()
        assert (await caller.call("refuse"))["error"]["code"] == "INVALID_ORDER"
        error = (await caller.call("fail", request_id="2"))["error"]
        assert error["code"] == "INTERNAL_ERROR"
        assert "hunter2" not in json.dumps(error)
        assert (await caller.call("ping"))["payload"]["pong"] is True


async def test_answers_overtake_each_other() -> None:
    async with serving() as served:
        caller = await served.client()
        await caller.send("slow", "look")
        await caller.send("fast", "ping")
        assert (await caller.frame())["id"] == "fast"
        served.desk.gate.set()
        assert (await caller.frame())["id"] == "slow"


async def test_a_request_past_its_time_limit_is_answered_with_an_unknown_outcome() -> None:
    async with serving() as served:
        caller = await served.client()
        for method, params in (("wait.short", BUY), ("look.short", None)):
            error = (await caller.call(method, params, method))["error"]
            assert (error["code"], error["details"]["outcome"]) == ("INTERNAL_ERROR", "unknown")
        served.desk.gate.set()
        await caller.call("ping")
        assert served.desk.done == {"wait": 1, "look cancelled": 1}


async def test_when_the_client_vanishes_a_change_runs_to_its_end_and_a_look_is_cancelled() -> None:
    async with serving() as served:
        caller = await served.client()
        await caller.send("1", "wait", BUY)
        await caller.send("2", "look")
        await until_begun(served, wait=1, look=1)
        caller.socket._response.close()
        await eventually(lambda: served.edge.clients == 0)
        served.desk.gate.set()
        await (await served.client()).call("ping")
        assert served.desk.done == {"wait": 1, "look cancelled": 1}


async def test_a_change_sent_twice_with_one_id_happens_once_and_is_answered_twice_alike() -> None:
    async with serving() as served:
        caller = await served.client()
        first = await caller.call("buy", {"action": "buy", "amount": 100}, "7")
        again = await caller.call("buy", {"amount": "100.0", "action": "buy", "limit": 100}, "7")
        assert first == again
        assert served.desk.done["buy"] == 1


async def test_a_copy_of_a_change_that_is_still_running_gets_the_same_answer() -> None:
    async with serving() as served:
        caller = await served.client()
        await caller.send("7", "wait", BUY)
        await caller.send("7", "wait", BUY)
        await until_begun(served, wait=1)
        served.desk.gate.set()
        assert await caller.frame() == await caller.frame()
        assert served.desk.done["wait"] == 1


async def test_the_id_of_a_change_used_for_another_is_an_invalid_request() -> None:
    async with serving() as served:
        caller = await served.client()
        await caller.send("7", "wait", BUY)
        for method, params in (("wait", {**BUY, "amount": 101}), ("buy", BUY)):
            error = (await caller.call(method, params, "7"))["error"]
            assert (error["code"], error["details"]) == ("INVALID_REQUEST", {"field": "id"})


async def test_reading_methods_may_reuse_an_id_and_so_may_another_connection() -> None:
    async with serving() as served:
        caller = await served.client()
        await caller.call("buy", BUY, "1")
        for _ in range(3):
            assert (await caller.call("ping", request_id="1"))["ok"] is True
        other = await served.client()
        assert (await other.call("buy", BUY, "1"))["payload"]["number"] == 2


async def test_a_method_that_changes_something_may_reuse_an_id_where_it_only_reads() -> None:
    async with serving() as served:
        caller = await served.client()
        for number in range(1, 4):
            await caller.call("tally", {"add": 1}, f"add-{number}")
            assert (await caller.call("tally", request_id="look"))["payload"]["number"] == number


async def test_an_answer_larger_than_the_outbox_is_refused_instead() -> None:
    async with serving() as served:
        caller = await served.client()
        error = (await caller.call("text", {"size": 5_000_000}))["error"]
        assert error["code"] == "INVALID_REQUEST"
        assert "ask for less" in error["message"]


async def test_at_most_so_many_requests_of_a_client_run_at_once() -> None:
    async with serving() as served:
        busy, other = await served.client(), await served.client()
        for number in range(40):
            await busy.send(str(number), "look")
        await until_begun(served, look=32)
        await pinged_often(other)
        assert served.desk.begun["look"] == 32
        served.desk.gate.set()
        ids = {(await busy.frame())["id"] for _ in range(40)}
        assert ids == {str(number) for number in range(40)}


async def until_begun(served: Served, **counts: int) -> None:
    await eventually(lambda: served.desk.begun == counts)


async def pinged_often(caller: Caller) -> None:
    for _ in range(20):
        assert (await caller.call("ping"))["ok"] is True
