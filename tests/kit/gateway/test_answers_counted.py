"""Every answer is counted under the method that was asked for."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.kit.gateway.desk import BUY
from tests.kit.gateway.serving import CLIENT, GUARDED, OPEN, READ_TOKEN, TOKEN, UNPACED, serving


@pytest.mark.parametrize(
    ("message", "counted"),
    [
        ('{"type":"req","id":"2","method":"buy","params":{"action":"beg"}}', ("buy", "INVALID_REQUEST")),
        ('{"type":"req","id":5,"method":"buy"}', ("buy", "INVALID_REQUEST")),
        ('{"type":"req","id":"2","method":"text","params":{"size":"big"}}', ("text", "INVALID_REQUEST")),
        ('{"type":"req","id":"2","method":"tool.invoke","params":{"tool":"fly"}}', ("tool.invoke", "NOT_FOUND")),
        ('{"type":"req","id":"2","method":"fly"}', ("unknown", "NOT_FOUND")),
        ('{"type":"req","id":"2","method":["buy"]}', ("unknown", "INVALID_REQUEST")),
        ("[" * 60_000, ("unknown", "INVALID_REQUEST")),
        ("no JSON", ("unknown", "INVALID_REQUEST")),
    ],
)
async def test_a_message_of_the_wrong_shape_is_counted_under_the_method_it_names(message: str, counted: Any) -> None:
    async with serving() as served:
        caller = await served.client()
        assert (await caller.raw(message))["ok"] is False
        assert served.counted.answers == [("connect", "ok"), counted]


async def test_what_a_role_may_not_do_is_counted_under_its_method() -> None:
    async with serving(GUARDED) as served:
        caller = await served.client(READ_TOKEN)
        await caller.call("buy", BUY)
        assert served.counted.answers[1:] == [("buy", "AUTH_FAILED")]


async def test_what_comes_too_fast_is_counted_under_its_method() -> None:
    async with serving(replace(OPEN, limits=replace(UNPACED, requests_per_second=1))) as served:
        caller = await served.client()
        await caller.call("buy", BUY)
        await caller.call("buy", BUY, "2")
        assert served.counted.answers[1:] == [("buy", "ok"), ("buy", "RATE_LIMITED")]


async def test_connecting_is_counted_too() -> None:
    async with serving(GUARDED) as served:
        stranger = await served.stranger()
        await stranger.call("ping")
        await stranger.call("connect", {"client": CLIENT, "auth": {"token": TOKEN}, "resumeFrom": 7})
        await stranger.connect(TOKEN)
        assert served.counted.answers == [("ping", "AUTH_FAILED"), ("connect", "INVALID_REQUEST"), ("connect", "ok")]
