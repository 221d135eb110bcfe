"""The requests of one connection: begun in order, worked on together, each answered once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic

from msgspec import Raw, Struct
from structlog.contextvars import bound_contextvars

from kit.gateway.answer_log import log_answer, warn_of_slow
from kit.gateway.errors import error_body
from kit.gateway.pace import Clock
from kit.gateway.parts import Outcome, Parts, S
from kit.gateway.refusals import AuthFailed, Stopping, TimedOut
from kit.gateway.registry import Client, Context, Method
from kit.gateway.repeats import Repeats
from kit.wire.frames import ErrorBody, Request, Response, encode


@dataclass(frozen=True)
class Call(Generic[S]):
    """A request that was found to be in order."""

    method: Method[Struct, S]
    params: Struct
    context: Context[S]

    @property
    def changes(self) -> bool:
        """Whether the ledger may be another afterwards."""
        return self.method.changes_with(self.params)

    def failed(self, error: Exception) -> Response:
        return Response(self.context.request_id, ok=False, error=error_body(error, changes=self.changes))

    async def outcome(self, clock: Clock) -> Response:
        """Do the work, and log what came of it, also where nobody waits for the answer any more."""
        started = clock()
        response = await self._done()
        log_answer(changes=self.changes, code=outcome_of(response), seconds=clock() - started)
        return response

    async def _done(self) -> Response:
        try:
            document = await self.method.handle(self.context, self.params)
            return Response(self.context.request_id, ok=True, payload=Raw(encode(document)))
        except Exception as error:  # noqa: BLE001 - One request's mistake must not end the others.
            return self.failed(error)


class Calls(Generic[S]):
    """Runs a client's requests; ``answer`` takes the responses."""

    def __init__(self, parts: Parts[S], client: Client, answer: Callable[[Response], None]) -> None:
        self.running: Final[set[asyncio.Task[None]]] = set()
        self._parts = parts
        self._client = client
        self._answer = answer
        self._slots = asyncio.Semaphore(parts.limits.in_flight_max)
        self._repeats = Repeats(parts.limits.repeats_kept)

    async def begin(self, request: Request, tasks: asyncio.TaskGroup) -> None:
        """Start the request's task in ``tasks``; wait first while too many are running.

        Raises:
            EdgeRefusal: the request is not in order.
        """
        call = self._call(request)
        changes, key = call.changes, (request.id, call.method.name, call.params)
        first = self._repeats.answer_to(*key) if changes else None
        await self._slots.acquire()
        if self._parts.stopping:  # While it waited for a slot: nobody would wait for its answer any more.
            self._slots.release()
            raise Stopping
        answer = self._repeats.begin(*key) if changes and first is None else None
        task = tasks.create_task(self._again(first) if first else self._run(call, answer))
        self.running.add(task)
        task.add_done_callback(self._ended)

    def _call(self, request: Request) -> Call[S]:
        method, params = self._parts.registry.resolve(request.method, request.params)
        if method.role_for(params) == "full" and self._client.role != "full":
            raise AuthFailed(f"{method.name} needs the role full", role=self._client.role)
        return Call(method, params, Context(self._client, request.id, self._parts.services))

    async def _run(self, call: Call[S], first: "asyncio.Future[Response] | None") -> None:
        context = call.context
        with bound_contextvars(client=context.client_id, request=context.request_id, method=call.method.name):
            response = await self._measured(call)
        if first is not None:
            first.set_result(response)
            if _did_nothing(response):
                self._repeats.forget(call.context.request_id)
        self._answer(response)

    async def _again(self, first: "asyncio.Future[Response]") -> None:
        self._answer(await asyncio.shield(first))

    async def _measured(self, call: Call[S]) -> Response:
        started = self._parts.clock()
        response = await self._limited(call)
        code, seconds = outcome_of(response), self._parts.clock() - started
        self._parts.observer.answered(call.method.name, code, seconds)
        warn_of_slow(code, seconds)
        return response

    async def _limited(self, call: Call[S]) -> Response:
        limit_s, work = call.method.time_limit_s, call.outcome(self._parts.clock)
        try:
            async with asyncio.timeout(limit_s):
                if call.changes:
                    return await self._parts.commands.run(work)
                return await work
        except TimeoutError:
            assert limit_s is not None
            return call.failed(TimedOut(call.method.name, limit_s, changes=call.changes))

    def _ended(self, task: asyncio.Task[None]) -> None:
        self.running.discard(task)
        self._slots.release()


def outcome_of(response: Response) -> Outcome:
    return response.error.code if response.error else "ok"


def _did_nothing(response: Response) -> bool:
    """Whether the answer invites to try again and is sure that nothing has happened."""
    error = response.error
    return isinstance(error, ErrorBody) and error.retryable and (error.details or {}).get("outcome") != "unknown"
