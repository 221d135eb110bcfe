"""Who listens to which events, and what they get."""

import asyncio
import inspect
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any, Final, NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

from kit.client.errors import KitError, UnexpectedAnswer
from kit.client.happenings import ALL, Happening, happening_from
from kit.client.waiting import Waiting
from kit.wire.frames import EventFrame

log = logging.getLogger(__name__)

Handler: TypeAlias = Callable[[Any], object]
ErrorHandler: TypeAlias = Callable[[Exception], None]

FINISH_S: Final = 5.0


def log_error(error: Exception) -> None:
    log.error("an event could not be handled", exc_info=error)


class Listener(NamedTuple):
    name: str
    handler: Handler


class EventStream(AsyncIterator[Happening]):
    """Events from the moment this was made, in order; forgotten by the client when nobody holds it any more.

    Iterating raises ``SubscriberTooSlow`` when the loop around it fell too far behind, and ends with the client.
    """

    def __init__(self, line: Waiting) -> None:
        self._line = line

    async def __anext__(self) -> Happening:
        happening = await self._line.take()
        if happening is None:
            raise StopAsyncIteration
        return happening


class Subscribers:
    """Every handler and stream has its own bounded line, every handler its own task: a slow one delays nobody else."""

    def __init__(self, on_error: ErrorHandler = log_error) -> None:
        self._on_error = on_error
        self._lines: WeakKeyDictionary[Waiting, frozenset[str]] = WeakKeyDictionary()
        self._listeners: dict[Waiting, Listener] = {}
        self._tasks: dict[Waiting, asyncio.Task[None]] = {}
        self._ended = False
        self._error: KitError | None = None

    def add(self, listener: Listener) -> None:
        line = Waiting()
        self._lines[line] = frozenset({listener.name})
        self._listeners[line] = listener

    def remove(self, listener: Listener) -> None:
        """Stop calling it; the event it is busy with is its last."""
        for line in [line for line, known in self._listeners.items() if known == listener]:
            del self._lines[line], self._listeners[line]
            line.end()
            line.clear()

    def stream(self, names: frozenset[str]) -> EventStream:
        line = Waiting()
        self._lines[line] = names
        if self._ended:
            line.end(self._error)
        return EventStream(line)

    def publish(self, frame: EventFrame) -> None:
        """Give the event to all who listen for it; returns at once."""
        lines = [line for line, names in self._lines.items() if names & {frame.event, ALL}]
        if not lines:
            return
        try:
            happening = happening_from(frame)
        except UnexpectedAnswer as error:
            self._on_error(error)
            return
        for line in lines:
            line.offer(happening)
            self._start(line)

    def end(self, error: KitError | None = None) -> None:
        """There will be no more events, because of ``error`` if there is one."""
        if not self._ended:
            self._ended, self._error = True, error
        for line in self._lines:
            line.end(error)

    async def finish(self) -> None:
        """Give handlers ``FINISH_S`` for what they already have, then cancel them."""
        running = set(self._tasks.values()) - {asyncio.current_task()}
        if running:
            _, late = await asyncio.wait(running, timeout=FINISH_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _start(self, line: Waiting) -> None:
        if line in self._listeners and line not in self._tasks:
            task = asyncio.create_task(self._handle(line, self._listeners[line]))
            task.add_done_callback(lambda _: self._tasks.pop(line, None))
            self._tasks[line] = task

    async def _handle(self, line: Waiting, listener: Listener) -> None:
        """Call the handler with one event after another, in order."""
        try:
            while (happening := await line.take()) is not None:
                await self._call(listener, happening)
        except KitError as error:
            self._on_error(error)

    async def _call(self, listener: Listener, happening: Happening) -> None:
        try:
            result = listener.handler(happening if listener.name == ALL else happening.payload)
            if inspect.isawaitable(result):
                await result
        except Exception as error:  # noqa: BLE001 - a handler that fails on one event gets the next one all the same.
            self._on_error(error)
