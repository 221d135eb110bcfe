"""A changing request that is sent twice on one connection gets the first answer again."""

from asyncio import Future, get_running_loop
from collections import OrderedDict
from typing import Final

from msgspec import Struct

from kit.gateway.refusals import InvalidRequest
from kit.wire.frames import Response

First = tuple[str, Struct, "Future[Response]"]


class Repeats:
    """The last changing requests of one connection and their answers, also those that are still being worked on."""

    def __init__(self, kept: int) -> None:
        self._kept: Final = kept
        self._first: OrderedDict[str, First] = OrderedDict()

    def answer_to(self, request_id: str, method: str, params: Struct) -> "Future[Response] | None":
        """The first answer under this id; None where the id is new. Numbers are compared by value.

        Raises:
            InvalidRequest: the id was used for something else.
        """
        if (first := self._first.get(request_id)) is None:
            return None
        first_method, first_params, answer = first
        if (first_method, first_params) != (method, params):
            message = f"id: '{request_id}' was used on this connection for a {first_method} with other params"
            raise InvalidRequest(message, field="id")
        return answer

    def begin(self, request_id: str, method: str, params: Struct) -> "Future[Response]":
        """Remember a new request; the future is for its answer."""
        answer: Future[Response] = get_running_loop().create_future()
        self._first[request_id] = (method, params, answer)
        if len(self._first) > self._kept:
            self._first.popitem(last=False)
        return answer

    def forget(self, request_id: str) -> None:
        """Let the same request be tried again: it did nothing, and its answer invites to."""
        self._first.pop(request_id, None)
