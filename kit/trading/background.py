"""Tasks that run beside the requests and end with the gateway."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final, NamedTuple, NoReturn, ParamSpec

import structlog

log = structlog.get_logger(__name__)

P = ParamSpec("P")

PAUSE_FIRST_S: Final = 0.1
PAUSE_MAX_S: Final = 30.0
STEADY_S: Final = 5.0  # A loop that has run for so long since it failed is well again.


class Failure(NamedTuple):
    """Why a loop is not running, by the class of its error alone, and how long it waits to be started again."""

    why: str
    pause_s: float


class Background:
    """Keeps hold of running tasks; one that fails is logged and does not stop the others."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._failures: dict[str, Failure] = {}

    @property
    def problems(self) -> list[str]:
        """The loops that are not running, for health."""
        return [f"{name} is not running: {failure.why}" for name, failure in self._failures.items()]

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run ``work``, which comes to an end."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def keep(self, name: str, loop: Callable[P, Coroutine[Any, Any, None]], *args: P.args, **kwargs: P.kwargs) -> None:
        """Run ``loop``, which has no end: where it fails or returns, it is started again, later each time."""
        self.start(self._kept(name, lambda: loop(*args, **kwargs)))

    async def close(self) -> None:
        """Cancel what still runs and wait for it."""
        running = list(self._tasks)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _kept(self, name: str, loop: Callable[[], Coroutine[Any, Any, None]]) -> NoReturn:
        while True:
            steady = asyncio.get_running_loop().call_later(STEADY_S, self._recovered, name)
            try:
                await loop()
                pause_s = self._failed(name, "it ended", None)
            except Exception as error:  # noqa: BLE001 - Whatever ends it, nobody would do its work any more.
                pause_s = self._failed(name, type(error).__name__, error)
            finally:
                steady.cancel()
            await asyncio.sleep(pause_s)

    def _failed(self, name: str, why: str, error: Exception | None) -> float:
        before = self._failures.get(name)
        pause_s = PAUSE_FIRST_S if before is None else min(2 * before.pause_s, PAUSE_MAX_S)
        self._failures[name] = Failure(why, pause_s)
        log.error("a background loop is not running", loop=name, why=why, again_in_s=pause_s, exc_info=error)
        return pause_s

    def _recovered(self, name: str) -> None:
        if self._failures.pop(name, None) is not None:
            log.info("a background loop is running again", loop=name)

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a background task failed", exc_info=task.exception())
