"""One WebSocket connection of a client."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, Final, TypeVar

import msgspec
from aiohttp import ClientError, ClientSession, ClientWebSocketResponse, WSMsgType
from msgspec import Raw

from kit.wire.frames import EventFrame, Response

T = TypeVar("T")

ANSWER_WAIT_S: Final = 20.0
FRAMES: Final = msgspec.json.Decoder(Response | EventFrame)


class ConnectionLost(Exception):
    """The gateway is gone; what was asked may have happened or not."""


class Refused(Exception):
    """The gateway said no where a test cannot go on without an answer."""


class Connection:
    """Sends requests, and hands each response to whoever waits for it."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.events: list[EventFrame] = []
        self._socket = socket
        self._ids = count(1)
        self._waiting: dict[str, asyncio.Future[Response]] = {}
        self._lost = False

    async def call(self, method: str, params: Mapping[str, Any]) -> Response:
        """Ask, and wait for the answer.

        Raises:
            ConnectionLost: the gateway went away first.
            TimeoutError: it is there and does not answer.
        """
        if self._lost:
            raise ConnectionLost
        request_id = str(next(self._ids))
        answer: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        self._waiting[request_id] = answer
        request = {"type": "req", "id": request_id, "method": method, "params": params}
        try:
            await self._socket.send_str(msgspec.json.encode(request).decode())
        except (ClientError, ConnectionError):
            raise ConnectionLost from None
        async with asyncio.timeout(ANSWER_WAIT_S):
            return await answer

    async def ask(self, method: str, params: Mapping[str, Any], document: type[T]) -> T:
        """As ``call``; the payload as a ``document``.

        Raises:
            Refused: the gateway said no.
        """
        response = await self.call(method, params)
        if not isinstance(response.payload, Raw):
            raise Refused(f"{method}: {response.error}")
        return msgspec.json.decode(response.payload, type=document)

    async def read(self) -> None:
        """Take what comes until the connection ends."""
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    self._take(FRAMES.decode(message.data))
        finally:
            self._lost = True
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(ConnectionLost())
                    answer.exception()

    def _take(self, frame: Response | EventFrame) -> None:
        if isinstance(frame, EventFrame):
            self.events.append(frame)
            return
        answer = self._waiting.pop(frame.id or "", None)
        if answer is not None and not answer.done():
            answer.set_result(frame)


@asynccontextmanager
async def connected(port: int, client: str, resume_from: int | None = None) -> AsyncIterator[Connection]:
    """A connection that has said ``connect``.

    Raises:
        ConnectionLost: no gateway is there, or not any more.
    """
    resume = {} if resume_from is None else {"resumeFrom": resume_from}
    async with ClientSession() as http:
        try:
            socket = await http.ws_connect(f"ws://127.0.0.1:{port}/", max_msg_size=0)
        except (ClientError, ConnectionError):
            raise ConnectionLost from None
        connection = Connection(socket)
        reading = asyncio.create_task(connection.read())
        try:
            await connection.call("connect", {"client": {"id": client, "version": "1"}, **resume})
            yield connection
        finally:
            reading.cancel()
            await asyncio.wait([reading])
            await socket.close()
