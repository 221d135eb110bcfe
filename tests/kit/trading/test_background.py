"""What is to run for as long as the gateway does is started again where it fails, and is missed while it does not."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from kit.trading import background as background_module
from kit.trading.background import Background
from tests.waiting import eventually

SECRET = "hunter2"


class Loop:
    """Fails as told, then runs on."""

    def __init__(self, *failures: Exception | None) -> None:
        self.failures = deque(failures)
        self.starts = 0
        self.runs = False
        self.break_down = asyncio.Event()

    async def run(self) -> None:
        self.starts += 1
        if self.failures:
            if (failure := self.failures.popleft()) is not None:
                raise failure
            return
        self.runs = True
        try:
            await self.break_down.wait()
            self.break_down.clear()
            raise OSError("broken down")
        finally:
            self.runs = False


@asynccontextmanager
async def background() -> AsyncIterator[Background]:
    opened = Background()
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background_module, "PAUSE_FIRST_S", 0.001)


async def test_a_loop_that_fails_is_told_by_its_name_and_class_only_and_is_started_again() -> None:
    loop = Loop(ValueError(SECRET))
    async with background() as running:
        with capture_logs() as logged:
            running.keep("exits", loop.run)
            await eventually(lambda: loop.runs)
        assert running.problems == ["exits is not running: ValueError"]
    assert loop.starts == 2
    (entry,) = logged
    assert (entry["log_level"], entry["loop"], entry["why"]) == ("error", "exits", "ValueError")
    assert str(entry["exc_info"]) == SECRET


async def test_a_loop_that_ends_by_itself_is_as_dead_as_one_that_fails() -> None:
    loop = Loop(None)
    async with background() as running:
        running.keep("prices", loop.run)
        await eventually(lambda: loop.runs)
        assert running.problems == ["prices is not running: it ended"]


async def test_the_problem_is_gone_once_the_loop_has_run_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background_module, "STEADY_S", 0.01)
    loop = Loop(ValueError(SECRET))
    async with background() as running:
        with capture_logs() as logged:
            running.keep("exits", loop.run)
            await eventually(lambda: running.problems)
            await eventually(lambda: not running.problems)
        assert loop.runs
        assert logged[-1]["event"] == "a background loop is running again"
        loop.break_down.set()
        await eventually(lambda: running.problems)
        assert running.problems == ["exits is not running: OSError"]


async def test_a_loop_that_goes_on_failing_is_tried_less_and_less_often_but_always(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(background_module, "PAUSE_MAX_S", 0.005)
    loop = Loop(*(ValueError(SECRET) for _ in range(5)))
    async with background() as running:
        with capture_logs() as logged:
            running.keep("exits", loop.run)
            await eventually(lambda: loop.runs)
    assert [entry["again_in_s"] for entry in logged] == [0.001, 0.002, 0.004, 0.005, 0.005]


async def test_one_loop_s_failures_are_nothing_to_another_one() -> None:
    good, bad = Loop(), Loop(ValueError(SECRET))
    async with background() as running:
        running.keep("good", good.run)
        running.keep("bad", bad.run)
        await eventually(lambda: bad.runs)
        assert running.problems == ["bad is not running: ValueError"]
        assert good.starts == 1


async def test_closing_ends_the_loops_and_those_that_wait_to_be_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background_module, "PAUSE_FIRST_S", 3_600.0)
    running, well, failing = Background(), Loop(), Loop(ValueError(SECRET))
    running.keep("well", well.run)
    running.keep("failing", failing.run)
    await eventually(lambda: well.runs and running.problems)
    await running.close()
    assert (well.runs, well.starts, failing.starts) == (False, 1, 1)


async def test_work_that_comes_to_an_end_is_done_once_and_its_failure_is_logged() -> None:
    loop = Loop(ValueError(SECRET))
    async with background() as running:
        with capture_logs() as logged:
            running.start(loop.run())
            await eventually(lambda: logged)
        assert (loop.starts, running.problems) == (1, [])
