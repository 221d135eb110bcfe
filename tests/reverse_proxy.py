"""A reverse proxy that does what an nginx configuration on a page says, as far as the gateway can tell."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

SET: Final = re.compile(r'proxy_set_header (\S+) "?([^";]+)"?;')
REFUSED: Final = re.compile(r"location = (\S+) \{ return (\d+); \}")
VERSION: Final = re.compile(r"proxy_http_version ([\d.]+);")
HOP_BY_HOP: Final = {"connection", "upgrade", "host"}


class Nginx:
    """``configuration`` in front of the gateway on ``port``; what it does not say is as nginx has it."""

    def __init__(self, configuration: str, port: int) -> None:
        self._port = port
        self._serving: set[asyncio.Task[None]] = set()
        self._set = dict(SET.findall(configuration))
        self._refused = dict(REFUSED.findall(configuration))
        versions = VERSION.findall(configuration)
        self._version = versions[0] if versions else "1.0"

    def forwarded(self, head: str) -> str:
        """The request's head as the gateway gets it."""
        first, *lines = head.strip().split("\r\n")
        came = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        sent = {name: value for name, value in came.items() if name not in HOP_BY_HOP}
        sent |= {"host": f"127.0.0.1:{self._port}", "connection": "close"}
        variables = {"$host": came["host"].partition(":")[0], "$http_upgrade": came.get("upgrade", "")}
        sent |= {name.lower(): variables.get(value, value) for name, value in self._set.items()}
        request = first.rpartition(" ")[0]
        return "\r\n".join([f"{request} HTTP/{self._version}", *(f"{n}: {v}" for n, v in sent.items() if v), "", ""])

    async def idle(self) -> None:
        """Wait until the last connection has ended."""
        while self._serving:
            await asyncio.wait(self._serving)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        status = self._refused.get(head.split()[1])
        if status is not None:
            writer.write(f"HTTP/1.1 {status} -\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
            writer.close()
            return
        upstream_reader, upstream_writer = await asyncio.open_connection("127.0.0.1", self._port)
        upstream_writer.write(self.forwarded(head).encode())
        await asyncio.gather(piped(reader, upstream_writer), piped(upstream_reader, writer))


async def piped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def proxied(configuration: str, port: int) -> AsyncIterator[str]:
    """The url of the proxy, while the block runs."""
    nginx = Nginx(configuration, port)
    server = await asyncio.start_server(nginx.serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        server.close()
        await nginx.idle()
