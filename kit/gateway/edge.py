"""The gateway's edge as a server: it listens, makes sessions, and stops in good order."""

import asyncio
import time
from collections.abc import Iterable
from typing import Final, Generic, TypeVar

from aiohttp import web

from kit.gateway.config import EdgeConfig
from kit.gateway.hub import Hub
from kit.gateway.listener import Listener
from kit.gateway.origin import WebRules
from kit.gateway.pace import Clock
from kit.gateway.parts import HelloOf, Observer, Parts, Unobserved
from kit.gateway.refusals import Ended
from kit.gateway.registry import Registry
from kit.gateway.resume import History, no_history
from kit.gateway.session import Session
from kit.gateway.websocket import new_websocket
from kit.wire.document import Document

S = TypeVar("S")

PAGE: Final = """This is a K.I.T. Gateway. It speaks JSON over a WebSocket at this address: connect, then send

  {"type":"req","id":"1","method":"connect","params":{"client":{"id":"my-client","version":"1.0.0"}}}

`kit status` asks it from a terminal; the method protocol.schema describes all the others.
"""


class Shutdown(Document, frozen=True, kw_only=True):
    """The event ``shutdown``: the last one before close 1001."""

    reason: str


class Edge(Generic[S]):
    """Serves ``registry`` with ``services``; ``hub`` is where events are published.

    ``hello`` answers ``connect``; ``history`` reads what was pushed before; ``routes`` are plain HTTP beside it.
    """

    def __init__(
        self,
        config: EdgeConfig,
        registry: Registry[S],
        services: S,
        hub: Hub,
        hello: HelloOf,
        *,
        history: History = no_history,
        observer: Observer | None = None,
        routes: Iterable[web.RouteDef] = (),
        clock: Clock = time.monotonic,
    ) -> None:
        self._config: Final = config
        self._parts: Final = Parts(
            limits=config.limits,
            tokens=config.tokens,
            registry=registry,
            services=services,
            hub=hub,
            hello=hello,
            history=history,
            observer=observer or Unobserved(),
            clock=clock,
        )
        self._sessions: dict[Session[S], asyncio.Task[None]] = {}
        self._runner: Final = web.AppRunner(
            self._application(routes),
            access_log=None,  # Sessions log their own; a line for each look at /metrics would tell nothing.
            handle_signals=False,
            keepalive_timeout=config.limits.connect_s,  # Counts from the TCP connection: half a handshake ends too.
            shutdown_timeout=config.limits.close_s,
        )
        self._listener: Final = Listener(self._runner, config.limits.sockets_max)

    @property
    def clients(self) -> int:
        return self._parts.door.clients

    @property
    def stopping(self) -> bool:
        return self._parts.stopping

    @property
    def port(self) -> int:
        """The port it listens on, once started."""
        return self._listener.port

    async def bind(self) -> None:
        """Take the address, before anything else is begun. Raises ``OSError`` where it is taken."""
        await self._listener.bind(self._config.host, self._config.port)

    async def start(self) -> None:
        """Serve clients from now on."""
        if not self._listener.bound:
            await self.bind()
        await self._listener.serve()

    async def stop(self, reason: str) -> None:
        """Take nothing more, let what runs finish (bounded), say ``shutdown`` to every client and close with 1001."""
        self._parts.stopping = True
        self._listener.close()
        await self._drain()
        for session in self._sessions:
            session.say("shutdown", Shutdown(reason=reason))
            session.end(Ended(1001, reason, flush=True))
        await asyncio.gather(*self._sessions.values(), return_exceptions=True)
        await self._runner.cleanup()

    async def _drain(self) -> None:
        waits = [asyncio.create_task(session.answered()) for session in self._sessions]
        waits.append(asyncio.create_task(self._parts.commands.settled()))
        _, late = await asyncio.wait(waits, timeout=self._config.limits.drain_s)
        for wait in late:
            wait.cancel()

    def _application(self, routes: Iterable[web.RouteDef]) -> web.Application:
        rules = WebRules((self._config.host, *self._config.hosts), self._config.origins)
        application = web.Application(middlewares=[rules.check])
        application.add_routes([web.get("/", self._visit), web.get("/ws", self._visit), *routes])
        return application

    async def _visit(self, request: web.Request) -> web.StreamResponse:
        if "Upgrade" not in request.headers:
            return web.Response(text=PAGE)
        if self.stopping:
            raise web.HTTPServiceUnavailable(text="The gateway is stopping.\n")
        websocket = new_websocket(self._config.limits)
        await websocket.prepare(request)
        session = Session(self._parts, websocket, request.remote or "")
        task = asyncio.create_task(session.run())
        self._sessions[session] = task
        self._listener.upgraded(request.protocol)
        try:
            await task
        finally:
            self._listener.ended(request.protocol)
            del self._sessions[session]
            if request.transport is not None:
                request.transport.abort()  # A peer that does not read would hold its buffer for ever.
        return websocket
