"""Requests that change something run to their end, whoever is still listening."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Commands:
    """The tasks of changing requests: children of the gateway, not of the connection they came on."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run ``work`` and wait for it; to cancel the waiting does not cancel the work."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def settled(self) -> None:
        """Wait until none is running."""
        while self._running:
            await asyncio.wait(self._running)
