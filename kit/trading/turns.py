"""One at a time under one key: for commands that act on an exchange before they are committed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Lets those who use the same key of an account do so one after another."""

    def __init__(self) -> None:
        self._locks: dict[tuple[str, str], tuple[asyncio.Lock, int]] = {}

    def is_taken(self, space: str, key: str) -> bool:
        """Whether somebody is at work under ``key``."""
        return (space, key) in self._locks

    @asynccontextmanager
    async def turn(self, space: str, key: str) -> AsyncIterator[None]:
        """Wait until nobody else is at work under ``key``; what they committed can be looked up then."""
        name = space, key
        lock, waiting = self._locks.get(name, (asyncio.Lock(), 0))
        self._locks[name] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks[name]
            if waiting == 1:
                del self._locks[name]
            else:
                self._locks[name] = lock, waiting - 1
