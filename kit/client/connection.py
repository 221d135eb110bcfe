"""One WebSocket, from hello to its end."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Final

import msgspec
from aiohttp import ClientWebSocketResponse, WSMsgType
from msgspec import UNSET, Raw

from kit.client.errors import ConnectionLost, KitError, UnexpectedAnswer, error_from
from kit.wire.frames import EventFrame, Request, Response, encode
from kit.wire.system import Hello

log = logging.getLogger(__name__)

FRAMES: Final = msgspec.json.Decoder(Response | EventFrame)
FIRST_ID_AFTER_CONNECT: Final = 2


class Connection:
    """Pairs answers with questions by an id that counts from 1 (which was ``connect``), and passes events on."""

    def __init__(self, socket: ClientWebSocketResponse, hello: Hello, on_event: Callable[[EventFrame], None]) -> None:
        self.hello = hello
        self._socket = socket
        self._on_event = on_event
        self._ids = map(str, count(FIRST_ID_AFTER_CONNECT))
        self._waiting: dict[str, asyncio.Future[Response]] = {}
        self._reader = asyncio.create_task(self._read())

    async def ask(self, method: str, params: Raw) -> Raw:
        """Send one request and return the payload of its answer.

        Raises:
            ConnectionLost: the connection ended first; the request may have been carried out.
            KitError: the gateway refused.
        """
        request = Request(next(self._ids), method, params)
        answer: asyncio.Future[Response] = asyncio.get_running_loop().create_future()
        self._waiting[request.id] = answer
        try:
            await self._send(encode(request).decode())
            return payload_of(await answer)
        finally:
            self._waiting.pop(request.id, None)

    async def ended(self) -> None:
        """Return once the connection has ended, for whatever reason; cancelling this does not end it."""
        await asyncio.wait({self._reader})

    async def close(self) -> None:
        await self._socket.close()
        await self.ended()

    async def _send(self, text: str) -> None:
        if self._reader.done():
            raise self._lost()
        try:
            await self._socket.send_str(text)
        except ConnectionError as error:
            raise self._lost() from error

    async def _read(self) -> None:
        """Read until the socket ends; only then does anybody who still waits hear of it."""
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
                    await asyncio.sleep(0)  # A flood of frames in one read must not keep everything else waiting.
        except UnexpectedAnswer as error:
            log.warning("closing the connection: %s", error)
            with suppress(ConnectionError):
                await self._socket.close()
        finally:
            self._fail_all()

    def _take(self, text: str) -> None:
        frame = frame_from(text)
        if isinstance(frame, EventFrame):
            self._on_event(frame)
        elif frame.id is not None and (answer := self._waiting.get(frame.id)) is not None and not answer.done():
            answer.set_result(frame)

    def _fail_all(self) -> None:
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(self._lost())

    def _lost(self) -> KitError:
        return ConnectionLost(f"the connection ended (close code {self._socket.close_code})", retryable=True)


def frame_from(text: str) -> Response | EventFrame:
    """Decode one frame.

    Raises:
        UnexpectedAnswer: it is neither an answer nor an event of this protocol.
    """
    try:
        frame: Response | EventFrame = FRAMES.decode(text)
    except msgspec.DecodeError as error:
        raise UnexpectedAnswer(f"the gateway sent a frame that this client cannot read: {error}") from error
    return frame


def payload_of(response: Response) -> Raw:
    """The payload of an answer.

    Raises:
        KitError: the gateway refused; the class says with which code.
    """
    if response.error is not UNSET:
        raise error_from(response.error)
    return Raw(b"{}") if response.payload is UNSET else response.payload
