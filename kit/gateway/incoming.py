"""From a text message to a request frame."""

from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from kit.gateway.limits import Limits
from kit.gateway.refusals import InvalidRequest
from kit.gateway.shape import check_shape
from kit.gateway.shape_errors import named
from kit.wire.frames import Request


class Refused(NamedTuple):
    """What can be read of a message that is refused: its id, and which method it asked for; None without one."""

    id: str | None
    method: str | None


class _Identified(Struct):
    """Of any types, so that a mistake in one field does not hide the other."""

    id: Any = None
    method: Any = None


_requests = msgspec.json.Decoder(Request)
_identified = msgspec.json.Decoder(_Identified)


def read_request(text: str, limits: Limits) -> Request:
    """Read one frame; its ``params`` stay raw.

    Raises:
        InvalidRequest: no JSON, not a request frame, or beyond the limits.
    """
    check_shape(text, limits)
    try:
        return _requests.decode(text)
    except msgspec.ValidationError as error:
        raise named(error, "the message") from None
    except msgspec.DecodeError as error:
        raise InvalidRequest(f"the message is not JSON: {error}") from None


def read_refused(text: str) -> Refused:
    """Read of a message that is refused for something else what tells its client, and the metrics, which it was."""
    try:
        found = _identified.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return Refused(None, None)
    return Refused(*(value if isinstance(value, str) else None for value in (found.id, found.method)))
