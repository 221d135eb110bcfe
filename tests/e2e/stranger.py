"""A WebSocket client that knows the published protocol and nothing of our code."""

import json
from collections.abc import Callable
from decimal import Decimal
from types import TracebackType
from typing import Any, Final, Self

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

Json = dict[str, Any]
WAIT_S: Final = 20.0  # For what will surely come; a test that waits so long has failed.


class Stranger:
    """Frames out, frames in: answers are found by their id, ``events`` are kept in the order in which they came.

    Numbers are read as they were written: integers as ``int``, all others as ``Decimal``.
    """

    def __init__(self, session: ClientSession, socket: ClientWebSocketResponse) -> None:
        self.events: list[Json] = []
        self.hello: Json = {}
        self._session = session
        self._socket = socket
        self._answers: dict[str | None, Json] = {}
        self._sent = 0

    @classmethod
    async def opened(cls, url: str) -> Self:
        session = ClientSession()
        try:
            return cls(session, await session.ws_connect(url))
        except BaseException:
            await session.close()
            raise

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._socket.close()
        await self._session.close()

    async def connect(self, token: str | None = None, **params: object) -> None:
        auth = {"auth": {"token": token}} if token is not None else {}
        self.hello = await self.ok("connect", client={"id": "a-stranger", "version": "1.0.0"}, **auth, **params)

    async def ok(self, method: str, **params: object) -> Json:
        """The payload of a request that is to succeed."""
        answer = await self.call(method, **params)
        assert answer["ok"] is True, answer
        payload: Json = answer["payload"]
        return payload

    async def error(self, method: str, **params: object) -> Json:
        """The error of a request that is to fail."""
        answer = await self.call(method, **params)
        assert answer["ok"] is False, answer
        error: Json = answer["error"]
        return error

    async def call(self, method: str, **params: object) -> Json:
        return await self.answer(await self.send(method, **params))

    async def send(self, method: str, **params: object) -> str:
        """Send a request without waiting for its answer; returns its id."""
        self._sent += 1
        request_id = f"request-{self._sent}"
        frame = {"type": "req", "id": request_id, "method": method, "params": params}
        await self._socket.send_str(json.dumps(frame))
        return request_id

    async def literally(self, text: str) -> Json:
        """Send a frame digit for digit, and return its answer."""
        await self._socket.send_str(text)
        return await self.answer(json.loads(text)["id"])

    async def raw(self, text: str) -> Json:
        """Send any text, and return the next answer, whatever its id."""
        await self._socket.send_str(text)
        while not self._answers:
            await self._receive()
        return self._answers.pop(next(iter(self._answers)))

    async def send_bytes(self, message: bytes) -> None:
        await self._socket.send_bytes(message)

    async def answer(self, request_id: str) -> Json:
        while request_id not in self._answers:
            await self._receive()
        return self._answers.pop(request_id)

    async def event(self, name: str, **fields: object) -> Json:
        """The payload of the first event ``name`` with these fields, which may have come already."""
        frame = await self.event_frame(lambda one: one["event"] == name and has(one["payload"], fields))
        payload: Json = frame["payload"]
        return payload

    async def event_frame(self, wanted: Callable[[Json], bool]) -> Json:
        seen = 0
        while True:
            for frame in self.events[seen:]:
                if wanted(frame):
                    return frame
            seen = len(self.events)
            await self._receive()

    def answered(self, request_id: str) -> Json | None:
        """The answer where it has come already."""
        return self._answers.get(request_id)

    async def closed(self) -> int | None:
        """Read on to the end; returns the code that the gateway closed with."""
        while await self._message():
            pass
        return self._socket.close_code

    async def _receive(self) -> None:
        assert await self._message(), f"the gateway closed with {self._socket.close_code}"

    async def _message(self) -> bool:
        message = await self._socket.receive(timeout=WAIT_S)
        if message.type is not WSMsgType.TEXT:
            return False
        frame: Json = json.loads(message.data, parse_float=Decimal)
        if frame["type"] == "event":
            self.events.append(frame)
        else:
            self._answers[frame["id"]] = frame
        return True


def has(payload: Json, fields: dict[str, object]) -> bool:
    return all(payload.get(name) == value for name, value in fields.items())


async def held(client: Stranger, account: str = "main") -> dict[str, tuple[Any, Any]]:
    """What the account holds of each asset, as (free, locked)."""
    answer = await client.ok("portfolio.snapshot", action="balance", account=account)
    return {asset["symbol"]: (asset["free"], asset["locked"]) for asset in answer["assets"]}
