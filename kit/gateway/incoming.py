"""From a text message to a request frame."""

import msgspec
from msgspec import Struct

from kit.gateway.limits import Limits
from kit.gateway.refusals import InvalidRequest
from kit.gateway.shape import check_shape
from kit.gateway.shape_errors import named
from kit.wire.frames import Request


class _Identified(Struct):
    """All that is read of a message that is refused."""

    id: str | None = None


_requests = msgspec.json.Decoder(Request)
_ids = msgspec.json.Decoder(_Identified)


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


def read_id(text: str) -> str | None:
    """The id of a message that is refused for something else, so that its client can tell which; None without one."""
    try:
        return _ids.decode(text).id
    except (msgspec.DecodeError, RecursionError):
        return None
