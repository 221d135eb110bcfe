"""The listening socket, and how many connections may hang on it."""

import asyncio
from typing import Final

from aiohttp import web
from aiohttp.web_protocol import RequestHandler


class Listener:
    """Accepts connections for ``runner``.

    At most ``sockets_max`` are open: beyond that the oldest one that is not a WebSocket makes room, for a handshake
    takes milliseconds, and who holds a thousand half ones wants our file descriptors.
    """

    def __init__(self, runner: web.AppRunner, sockets_max: int) -> None:
        self._runner: Final = runner
        self._sockets_max: Final = sockets_max
        self._upgraded: Final[set[RequestHandler]] = set()
        self._server: asyncio.Server | None = None

    async def bind(self, host: str, port: int) -> None:
        """Take the address, and nobody's connection yet. Raises ``OSError`` where it is taken."""
        await self._runner.setup()
        try:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(self._accept, host, port, start_serving=False)
        except OSError:
            await self._runner.cleanup()
            raise

    async def serve(self) -> None:
        """Accept connections from now on. Raises ``OSError`` where another process began to since ``bind``."""
        assert self._server is not None
        await self._server.start_serving()

    @property
    def bound(self) -> bool:
        return self._server is not None

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    def close(self) -> None:
        """Accept no more; what is open stays so."""
        if self._server is not None:
            self._server.close()

    def upgraded(self, connection: RequestHandler) -> None:
        """The connection is a WebSocket now."""
        self._upgraded.add(connection)

    def ended(self, connection: RequestHandler) -> None:
        self._upgraded.discard(connection)

    def _accept(self) -> RequestHandler:
        server = self._runner.server
        assert server is not None
        connections = server.connections
        if len(connections) >= self._sockets_max:
            plain = (connection for connection in connections if connection not in self._upgraded)
            if (oldest := next(plain, None)) is not None:
                oldest.force_close()
        return server()
