"""An edge on a free port, and a client that knows nothing of its code."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from kit.gateway.auth import Role, Tokens
from kit.gateway.config import EdgeConfig
from kit.gateway.edge import Edge
from kit.gateway.hub import Hub
from kit.gateway.limits import Limits
from kit.gateway.parts import Outcome
from kit.gateway.resume import History, no_history
from kit.wire.system import Health, Hello, HelloSnapshot
from tests.kit.gateway.desk import Desk, desk_registry
from tests.kit.gateway.wire import RawSocket

TOKEN: Final = "a-full-token-of-some-length"
READ_TOKEN: Final = "a-read-token-of-some-length"
UNPACED: Final = Limits(requests_per_second=10_000, requests_per_minute=100_000)
OPEN: Final = EdgeConfig(port=0, limits=UNPACED)
GUARDED: Final = EdgeConfig(port=0, limits=UNPACED, tokens=Tokens([TOKEN], [READ_TOKEN]))
CLIENT: Final = {"id": "a-client", "version": "1.0.0"}


class Caller:
    """One WebSocket client; it reads frames as they come."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.hello: dict[str, Any] = {}

    async def send(self, request_id: object, method: str, params: object = None) -> None:
        await self.socket.send_str(
            json.dumps({"type": "req", "id": request_id, "method": method, "params": params or {}})
        )

    async def frame(self) -> dict[str, Any]:
        message = await self.socket.receive(timeout=10)
        assert message.type is WSMsgType.TEXT, (message, self.socket.close_code)
        frame: dict[str, Any] = json.loads(message.data)
        return frame

    async def call(self, method: str, params: object = None, request_id: str = "1") -> dict[str, Any]:
        await self.send(request_id, method, params)
        return await self.frame()

    async def raw(self, text: str) -> dict[str, Any]:
        await self.socket.send_str(text)
        return await self.frame()

    async def connect(self, token: str | None = None, **params: object) -> dict[str, Any]:
        auth = {"auth": {"token": token}} if token else {}
        answer = await self.call("connect", {"client": CLIENT, **auth, **params})
        self.hello = answer.get("payload", {})
        return answer

    async def close_code(self) -> int | None:
        """Read to the end and return what the server closed with."""
        while True:
            message = await self.socket.receive(timeout=10)
            if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR):
                return self.socket.close_code


class Counted:
    """What the edge says that it answered, in that order: (method, code)."""

    def __init__(self) -> None:
        self.answers: list[tuple[str, Outcome]] = []

    def answered(self, method: str, code: Outcome, seconds: float) -> None:
        self.answers.append((method, code))

    def overflowed(self) -> None:
        pass


class Served:
    """A running edge and everything that a test looks at."""

    def __init__(self, edge: Edge[Desk], desk: Desk, hub: Hub, http: ClientSession, counted: Counted) -> None:
        self.edge = edge
        self.desk = desk
        self.hub = hub
        self.http = http
        self.counted = counted
        self.raw_sockets: list[RawSocket] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.edge.port}/"

    async def stranger(self, **options: Any) -> Caller:
        return Caller(await self.http.ws_connect(self.url, **options))

    async def client(self, token: str | None = None, **params: object) -> Caller:
        caller = await self.stranger()
        answer = await caller.connect(token, **params)
        assert answer["ok"], answer
        return caller

    async def raw(self, headers: str = "", receive_buffer: int | None = None) -> RawSocket:
        """A bare connection after its handshake."""
        return await (await self.raw_tcp(receive_buffer)).upgrade(headers)

    async def raw_tcp(self, receive_buffer: int | None = None) -> RawSocket:
        opened = await RawSocket.opened(self.edge.port, receive_buffer)
        self.raw_sockets.append(opened)
        return opened


async def hello(client_id: str, role: Role) -> Hello:
    health = Health(ok=True, uptime=1, skills={}, exchanges={})
    return Hello(
        type="hello-ok",
        client_id=client_id,
        version="1.0.0",
        protocol=1,
        role=role,
        skills=[],
        tools=[],
        snapshot=HelloSnapshot(health=health, exchanges=["paper"]),
    )


@asynccontextmanager
async def serving(
    config: EdgeConfig = OPEN, *, history: History = no_history, position: int = 0
) -> AsyncIterator[Served]:
    desk, hub, counted = Desk(), Hub(position), Counted()
    edge = Edge(config, desk_registry(), desk, hub, hello, history=history, observer=counted)
    await edge.start()
    async with ClientSession() as http:
        served = Served(edge, desk, hub, http, counted)
        try:
            yield served
        finally:
            desk.gate.set()
            await http.close()
            for socket in served.raw_sockets:
                socket.cut()
            await edge.stop("the test is over")
