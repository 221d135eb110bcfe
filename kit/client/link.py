"""The connection that comes back by itself."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from kit.client.backoff import Backoff
from kit.client.connection import Connection
from kit.client.errors import ClientClosed, ConnectionLost, GatewayUnreachable, KitError, RateLimited

log = logging.getLogger(__name__)

Opener: TypeAlias = Callable[[], Awaitable[Connection]]

PASSING: Final = (GatewayUnreachable, ConnectionLost, RateLimited)


class Link:
    """Holds the current connection and opens the next one when it ends.

    Once the gateway refuses the client itself (a wrong token), it stays down: ``on_end`` is called with the reason.
    ``on_change`` is called with True for each connection, as soon as it can be used, and with False when it is lost.
    """

    def __init__(
        self,
        opener: Opener,
        backoff: Backoff,
        on_end: Callable[[KitError], None],
        on_change: Callable[[bool], None],
    ) -> None:
        self._opener = opener
        self._backoff = backoff
        self._on_end = on_end
        self._on_change = on_change
        self._up = asyncio.Event()
        self._current: Connection | None = None
        self._error: KitError | None = None
        self._keeper: asyncio.Task[None] | None = None

    async def start(self) -> Connection:
        """Open the first connection; only later ones are tried again.

        Raises:
            KitError: it cannot be opened.
        """
        first = await self._opener()
        self._set(first)
        self._keeper = asyncio.create_task(self._keep(first))
        return first

    async def connection(self) -> Connection:
        """The connection, as soon as there is one.

        Raises:
            KitError: there will be none any more, and why.
        """
        while self._current is None:
            if self._error is not None:
                raise self._error
            self._up.clear()
            await self._up.wait()
        return self._current

    async def stop(self) -> None:
        """Close the connection and open no other."""
        self._end(ClientClosed("the client is closed"))
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.wait({self._keeper})

    async def _keep(self, connection: Connection) -> None:
        try:
            while True:
                await connection.ended()
                self._current = None
                self._on_change(False)
                log.info("the connection to the gateway ended; opening another")
                connection = await self._reopened()
                self._set(connection)
        except KitError as error:
            log.error("the gateway refuses this client: %s", error)
            self._end(error)
            self._on_end(error)
        finally:
            await connection.close()

    async def _reopened(self) -> Connection:
        """Try until it works.

        Raises:
            KitError: trying again cannot help.
        """
        for delay_s in self._backoff.delays_s():
            await asyncio.sleep(delay_s)
            try:
                return await self._opener()
            except PASSING as error:
                log.info("not connected yet: %s", error)
        raise AssertionError("the delays never end")

    def _set(self, connection: Connection) -> None:
        self._current = connection
        self._up.set()
        self._on_change(True)

    def _end(self, error: KitError) -> None:
        self._current, self._error = None, error
        self._up.set()
