"""A gateway that speaks the protocol and does what a test tells it: answers, refuses, or hangs up."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, NamedTuple

import msgspec
from aiohttp import WSCloseCode, WSMsgType, web
from msgspec import Raw, Struct

from kit.wire.frames import ErrorBody, EventFrame, Request, Response, encode
from kit.wire.system import Hello
from tests.kit.client.documents import hello


class HangUp(Struct, frozen=True):
    """Close the connection without an answer."""


class Silence(Struct, frozen=True):
    """Never answer."""


HANG_UP: Final = HangUp()
SILENCE: Final = Silence()

REQUESTS: Final = msgspec.json.Decoder(Request)


class Seen(NamedTuple):
    """A request as it arrived: on which connection (from 1), and its params as JSON has them."""

    connection: int
    id: str
    method: str
    params: dict[str, Any]
    text: str


class ScriptedGateway:
    """Answers each method with what was planned for it, one plan entry a request; the last one stays."""

    def __init__(self) -> None:
        self.url = ""
        self.hello: Hello | ErrorBody = hello()
        self.seen: list[Seen] = []
        self._plans: dict[str, deque[object]] = defaultdict(deque)
        self._after_hello: deque[list[EventFrame]] = deque()
        self._connections = 0
        self._sockets: list[web.WebSocketResponse] = []
        self._news = asyncio.Event()

    def plan(self, method: str, *answers: object) -> None:
        self._plans[method] = deque(answers)

    def push_after_hello(self, *frames: list[EventFrame]) -> None:
        """What each connection gets right after its hello: the first list on the first, and so on."""
        self._after_hello.extend(frames)

    async def push(self, frame: EventFrame) -> None:
        await self._sockets[-1].send_str(encode(frame).decode())

    async def hang_up(self) -> None:
        await self._sockets[-1].close(code=WSCloseCode.GOING_AWAY)

    def requests(self, method: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.method == method]

    async def wait_for(self, method: str, number: int) -> None:
        """Return once that many requests for the method have arrived."""
        while len(self.requests(method)) < number:
            self._news.clear()
            await self._news.wait()

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._connections += 1
        self._sockets.append(socket)
        number = self._connections
        async for message in socket:
            assert message.type is WSMsgType.TEXT
            await self._take(socket, number, message.data)
            self._news.set()
        return socket

    async def close_all(self) -> None:
        for socket in self._sockets:
            await socket.close()

    async def _take(self, socket: web.WebSocketResponse, number: int, text: str) -> None:
        request = REQUESTS.decode(text)
        params = msgspec.json.decode(request.params)
        self.seen.append(Seen(number, request.id, request.method, params, text))
        answer = self.hello if request.method == "connect" else self._next(request.method)
        match answer:
            case HangUp():
                await socket.close(code=WSCloseCode.GOING_AWAY)
            case Silence():
                pass
            case ErrorBody():
                await socket.send_str(encode(Response(request.id, ok=False, error=answer)).decode())
            case _:
                payload = Raw(answer) if isinstance(answer, bytes) else Raw(encode(answer))
                await socket.send_str(encode(Response(request.id, ok=True, payload=payload)).decode())
        if request.method == "connect" and self._after_hello:
            for frame in self._after_hello.popleft():
                await socket.send_str(encode(frame).decode())

    def _next(self, method: str) -> object:
        plan = self._plans[method]
        if not plan:
            return ErrorBody("NOT_FOUND", f"nothing is planned for {method}", retryable=False)
        return plan.popleft() if len(plan) > 1 else plan[0]


def event(name: str, payload: object, seq: int | None = None) -> EventFrame:
    return EventFrame(name, Raw(encode(payload)), seq)


@asynccontextmanager
async def scripted_gateway() -> AsyncIterator[ScriptedGateway]:
    """The gateway on a port of its own, until the block ends."""
    gateway = ScriptedGateway()
    app = web.Application()
    app.router.add_get("/", gateway.handle)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        gateway.url = f"ws://127.0.0.1:{runner.addresses[0][1]}"
        yield gateway
    finally:
        await gateway.close_all()
        await runner.cleanup()
