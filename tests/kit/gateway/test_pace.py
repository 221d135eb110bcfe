"""Rate limits: exact, per connection, and the end of a flood."""

import asyncio

import pytest
from msgspec.structs import replace

from kit.gateway.allowance import Allowance
from kit.gateway.auth import Tokens
from kit.gateway.config import EdgeConfig
from kit.gateway.hub import Hub
from kit.gateway.limits import Limits
from kit.gateway.pace import Flood, Pace
from kit.gateway.parts import Parts, Unobserved
from kit.gateway.refusals import Ended, RateLimited
from kit.gateway.registry import Registry
from kit.gateway.resume import no_history
from tests.kit.gateway.serving import hello, serving

PACED = EdgeConfig(port=0)


class Clock:
    """Time that a test moves, in seconds."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_ten_in_a_second_are_taken_and_the_eleventh_when_the_answer_says() -> None:
    clock = Clock()
    pace = Pace(10, 300, clock)
    assert [pace.spend() for _ in range(10)] == [0] * 10
    clock.now += 0.25
    wait_ms = pace.spend()
    clock.now += (wait_ms - 1) / 1000
    assert pace.spend() == 1
    clock.now += 0.001
    assert pace.spend() == 0


def test_three_hundred_in_a_minute_are_taken_and_no_more_however_they_are_spread() -> None:
    clock = Clock()
    pace = Pace(10, 300, clock)
    taken = 0
    for _ in range(580):
        taken += pace.spend() == 0
        clock.now += 0.1
    assert taken == 300
    clock.now += pace.spend() / 1000
    assert pace.spend() == 0


def test_a_hundred_refusals_within_ten_seconds_end_the_session() -> None:
    clock = Clock()
    flood = Flood(100, 10, clock)
    for _ in range(300):
        flood.refused()
        clock.now += 0.102
    flood.refused()
    with pytest.raises(Ended):
        flood.refused()


async def test_off_loopback_one_address_may_do_three_times_as_much_and_refused_ones_do_not_count() -> None:
    clock = Clock()
    registry: Registry[None] = Registry([])
    parts = Parts(
        limits=Limits(),
        tokens=Tokens(),
        registry=registry,
        services=None,
        hub=Hub(),
        hello=hello,
        history=no_history,
        observer=Unobserved(),
        clock=clock,
    )
    allowances = [Allowance(parts, "192.0.2.7") for _ in range(4)]
    for allowance in allowances[:3]:
        for _ in range(10):
            allowance.spend()
    for _ in range(20):
        with pytest.raises(RateLimited):
            allowances[3].spend()
    other_address = Allowance(parts, "192.0.2.8")
    other_address.spend()
    clock.now += 1.001
    for _ in range(10):
        allowances[3].spend()


async def test_over_the_limit_a_request_is_rate_limited_and_waiting_as_told_succeeds() -> None:
    async with serving(PACED) as served:
        caller = await served.client()
        answers = [await caller.call("ping", request_id=str(number)) for number in range(11)]
        assert [answer["ok"] for answer in answers] == [True] * 10 + [False]
        assert answers[10]["id"] == "10"
        error = answers[10]["error"]
        assert (error["code"], error["retryable"]) == ("RATE_LIMITED", True)
        await asyncio.sleep(error["retryAfterMs"] / 1000)
        assert (await caller.call("ping"))["ok"] is True


async def test_one_client_at_its_limit_does_not_slow_another() -> None:
    async with serving(PACED) as served:
        busy, other = await served.client(), await served.client()
        for _ in range(11):
            await busy.call("ping")
        assert (await other.call("ping"))["ok"] is True


async def test_pings_count_and_those_over_the_limit_are_not_answered() -> None:
    async with serving(PACED) as served:
        socket = await (await served.raw()).connected()
        for number in range(12):
            await socket.send(9, str(number).encode())
        answers = [await socket.frame() for _ in range(10)]
        assert answers == [(10, str(number).encode()) for number in range(10)]
        await socket.send(1, b'{"type":"req","id":"1","method":"ping"}')
        assert (await socket.json())["error"]["code"] == "RATE_LIMITED"


async def test_so_many_refusals_that_it_is_a_flood_close_with_1008() -> None:
    async with serving(replace(PACED, limits=Limits(refusals_max=20))) as served:
        caller = await served.client()
        for _ in range(31):
            await caller.send("1", "ping")
        assert await caller.close_code() == 1008


@pytest.mark.parametrize(
    ("per_second", "per_minute", "taken_at_once"),
    [(10, 600, 10), (10, 10_000, 10), (5, 5, 5), (300, 10, 10), (1, 1, 1)],
)
def test_where_one_limit_can_never_be_reached_the_other_counts_alone(
    per_second: int, per_minute: int, taken_at_once: int
) -> None:
    pace = Pace(per_second, per_minute, lambda: 1.0)
    assert [pace.spend() for _ in range(taken_at_once)] == [0] * taken_at_once
    assert pace.spend() > 0
