"""One connection: a reader, a writer, and the requests in between."""

import asyncio
from typing import Final, Generic

import structlog
from aiohttp import WSMsgType, web
from msgspec import Raw

from kit.gateway.allowance import Allowance
from kit.gateway.answer_log import log_answer
from kit.gateway.auth import Role
from kit.gateway.calls import Calls
from kit.gateway.channels import Subscriptions
from kit.gateway.errors import error_body
from kit.gateway.hub import Push
from kit.gateway.incoming import read_refused, read_request
from kit.gateway.joining import CONNECT, Joined, Joining
from kit.gateway.outbox import Outbox
from kit.gateway.parts import Parts, S
from kit.gateway.refusals import EdgeRefusal, Ended, InvalidRequest, SlowConsumer, Stopping
from kit.gateway.resume import Resume
from kit.gateway.websocket import close, send
from kit.wire.document import Document
from kit.wire.frames import Request, Response, encode

log = structlog.get_logger(__name__)


class Session(Generic[S]):
    """A stranger at first; a client once its ``connect`` is answered."""

    def __init__(self, parts: Parts[S], websocket: web.WebSocketResponse, address: str) -> None:
        self.address: Final = address
        self.subscriptions: Final = Subscriptions(parts.limits.pairs_max)
        self._parts = parts
        self._websocket = websocket
        self._outbox = Outbox(parts.limits.outbox_bytes_max)
        self._allowance = Allowance(parts, address)
        self._calls = Calls(parts, self, self._answer)
        self._tasks = asyncio.TaskGroup()
        self._told: asyncio.Future[Ended] = asyncio.get_running_loop().create_future()
        self._joined: Joined | None = None
        self._resume: Resume | None = None
        self._leaving = False

    @property
    def client_id(self) -> str:
        return self._joined.client_id if self._joined else ""

    @property
    def role(self) -> Role:
        assert self._joined is not None
        return self._joined.role

    async def run(self) -> None:
        """Serve the connection until it ends."""
        ended = Ended(None)
        self._parts.door.arrive(self)
        try:
            async with self._tasks as tasks:
                for work in (self._read(), self._write(), self._wait_for_end()):
                    tasks.create_task(work)
        except* Ended as endings:
            ended = _first(endings)
        except* Exception as mistakes:
            log.error("a session failed", client=self.client_id, exc_info=mistakes)
            ended = Ended(1011, "internal error")
        finally:
            self._parts.hub.leave(self)
            self._parts.door.leave(self)
            self._log_end(ended)
        await close(self._websocket, ended, self._outbox, self._parts.limits.close_s)

    def _log_end(self, ended: Ended) -> None:
        reason = ended.reason or "the peer closed the connection"
        if self._joined:
            log.info("client left", client=self.client_id, address=self.address, code=ended.code, reason=reason)
        else:
            log.debug("stranger left", address=self.address, code=ended.code, reason=reason)

    def end(self, ended: Ended) -> None:
        """End the session from outside; the first word counts."""
        self._parts.hub.leave(self)
        if not self._told.done():
            self._told.set_result(ended)

    def leave(self) -> None:
        self._leaving = True

    def say(self, event: str, payload: Document) -> None:
        """Send an event that no subscription decides about."""
        self._offer(Push(event, payload).encoded)

    def push(self, push: Push) -> None:
        """Take an event without waiting; never raises."""
        if push.seq is not None and self._resume is not None:
            self._resume.push(push)
        else:
            self._deliver(push)

    async def answered(self) -> None:
        """Wait until no request is running."""
        while self._calls.running:
            await asyncio.wait(self._calls.running)

    async def _read(self) -> None:
        try:
            async with asyncio.timeout(self._parts.limits.connect_s):
                while self._joined is None:
                    await self._take(await self._next_text())
        except TimeoutError:
            raise Ended(1008, "no connect in time", flush=True) from None
        while True:
            await self._take(await self._next_text())

    async def _next_text(self) -> str:
        while True:
            message = await self._websocket.receive()
            await asyncio.sleep(0)  # receive() does not yield while frames are buffered; others must have their turn.
            if message.type is WSMsgType.TEXT:
                return str(message.data)
            await self._take_other(message.type, message.data)

    async def _take_other(self, kind: WSMsgType, data: bytes) -> None:
        if kind is WSMsgType.PING:
            try:
                self._allowance.spend()
            except EdgeRefusal:
                return  # A ping has no answer that could say so.
            await self._websocket.pong(data)
        elif kind is WSMsgType.PONG:
            self._allowance.unasked()
        elif kind is WSMsgType.BINARY:
            raise Ended(1003, "text frames only", flush=True)
        else:
            raise Ended(None)

    async def _take(self, text: str) -> None:
        started = self._parts.clock()
        try:
            self._allowance.spend()
            if self._parts.stopping:
                raise Stopping
            request = read_request(text, self._parts.limits)
            await (self._calls.begin(request, self._tasks) if self._joined else self._join(request, started))
        except EdgeRefusal as refusal:
            self._refuse(text, refusal, started)

    def _refuse(self, text: str, refusal: EdgeRefusal, started: float) -> None:
        refused, error = read_refused(text), error_body(refusal)
        self._answer(Response(refused.id, ok=False, error=error))
        seconds = self._parts.clock() - started
        method, changes = self._parts.registry.known(refused.method)
        self._parts.observer.answered(method, error.code, seconds)
        about = {"client": self.client_id, "request": refused.id, "method": method}
        log_answer(changes=changes, code=error.code, seconds=seconds, **about)
        if refusal.close_code is not None:
            raise Ended(refusal.close_code, str(refusal), flush=True)

    async def _join(self, request: Request, started: float) -> None:
        joined, hello = await Joining(self._parts, self).join(request)
        self._joined = joined
        self._allowance = Allowance(self._parts, self.address)  # The connect itself is not one of its requests.
        self._answer(Response(request.id, ok=True, payload=Raw(encode(hello))))
        self._parts.observer.answered(CONNECT, "ok", self._parts.clock() - started)
        log.info("client connected", client=joined.client_id, role=joined.role, address=self.address)
        if joined.resume_from is not None:
            self._resume = Resume(joined.resume_from, self._deliver, self._parts.limits)
            self._tasks.create_task(self._resume.run(self._parts.history, self._parts.hub, self._outbox))
        self._parts.hub.join(self)

    def _deliver(self, push: Push) -> None:
        if push.to not in (None, self.client_id) or not self.subscriptions.wants(push.event, push.pair):
            return
        if (key := push.latest_key) is not None:
            self._outbox.offer_latest(key, push.encoded)
        else:
            self._offer(push.encoded)

    def _answer(self, response: Response) -> None:
        frame = encode(response)
        if len(frame) > self._parts.limits.outbox_bytes_max:
            too_much = InvalidRequest(f"the answer has {len(frame)} bytes, more than may be sent: ask for less")
            frame = encode(Response(response.id, ok=False, error=error_body(too_much)))
        self._offer(frame)
        if self._leaving:
            self.end(Ended(1000, "disconnected", flush=True))

    def _offer(self, frame: bytes) -> None:
        try:
            self._outbox.offer(frame)
        except SlowConsumer:
            self._parts.observer.overflowed()
            self.end(Ended(1013, "too slow: connect again with resumeFrom"))

    async def _write(self) -> None:
        try:
            while True:
                await send(self._websocket, await self._outbox.take())
        except ConnectionError:
            raise Ended(None) from None

    async def _wait_for_end(self) -> None:
        raise await self._told


def _first(endings: BaseExceptionGroup[Ended]) -> Ended:
    ended = endings.exceptions[0]
    assert isinstance(ended, Ended)
    return ended
