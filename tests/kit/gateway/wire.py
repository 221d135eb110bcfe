"""A WebSocket client made of bare sockets, to do what a library would not."""

import asyncio
import json
import socket
from typing import Any, Self

UPGRADE = (
    "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
)


def framed(opcode: int, payload: bytes) -> bytes:
    """A masked frame; the mask is zero, so the payload is readable."""
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    return bytes([0x80 | opcode]) + length + bytes(4) + payload


def request_frame(request_id: str, method: str, params: object = None) -> bytes:
    request = {"type": "req", "id": request_id, "method": method, "params": params or {}}
    return framed(1, json.dumps(request).encode())


class RawSocket:
    """One TCP connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.response = b""

    @classmethod
    async def opened(cls, port: int, receive_buffer: int | None = None) -> Self:
        plain = socket.socket()
        if receive_buffer is not None:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        plain.setblocking(False)
        await asyncio.get_running_loop().sock_connect(plain, ("127.0.0.1", port))
        return cls(*await asyncio.open_connection(sock=plain, limit=2**12))

    async def upgrade(self, headers: str = "") -> Self:
        self.writer.write(f"{UPGRADE}{headers}\r\n".encode())
        self.response = await self.reader.readuntil(b"\r\n\r\n")
        return self

    async def connected(self, **params: object) -> Self:
        """Send ``connect`` and read its answer."""
        self.writer.write(request_frame("0", "connect", {"client": {"id": "raw", "version": "1"}, **params}))
        assert (await self.json())["ok"] is True
        return self

    async def send(self, opcode: int, payload: bytes) -> None:
        self.writer.write(framed(opcode, payload))
        await self.writer.drain()

    async def frame(self) -> tuple[int, bytes]:
        first, size = await self.reader.readexactly(2)
        if size >= 126:
            size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
        return first & 0xF, await self.reader.readexactly(size)

    async def json(self) -> Any:
        return json.loads((await self.frame())[1])

    async def close_code(self) -> int:
        """Read on to the close frame."""
        while True:
            opcode, payload = await self.frame()
            if opcode == 8:
                return int.from_bytes(payload[:2], "big")

    async def gone(self) -> bool:
        """Wait until the server has cut the connection."""
        try:
            while await self.reader.read(2**16):
                pass
        except ConnectionError:
            pass
        return True

    def cut(self) -> None:
        """Close without a word."""
        transport = self.writer.transport
        assert isinstance(transport, asyncio.Transport)
        transport.abort()
