"""The three frames of the protocol, and how JSON is written and read."""

from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

PROTOCOL_VERSION: Final = 1
REQUEST_ID_CHARS_MAX: Final = 128

ErrorCode = Literal[
    "INVALID_REQUEST",
    "AUTH_FAILED",
    "NOT_FOUND",
    "RATE_LIMITED",
    "EXCHANGE_ERROR",
    "INSUFFICIENT_FUNDS",
    "INVALID_ORDER",
    "RISK_LIMIT_EXCEEDED",
    "INTERNAL_ERROR",
]


class Request(Struct, frozen=True, tag_field="type", tag="req", forbid_unknown_fields=True):
    """Client to gateway: ``{"type":"req","id":"7","method":"trade.execute","params":{...}}``."""

    id: Annotated[str, Meta(min_length=1, max_length=REQUEST_ID_CHARS_MAX)]
    method: str
    params: Raw = Raw(b"{}")  # Decoded by the method that owns it, never here.


class ErrorBody(Struct, frozen=True, rename="camel", omit_defaults=True):
    """Why a request failed. ``retry_after_ms`` is exact: waiting that long succeeds."""

    code: ErrorCode
    message: str
    retryable: bool
    retry_after_ms: int | None = None
    details: dict[str, Any] | None = None


class Response(Struct, frozen=True, tag_field="type", tag="res", omit_defaults=True):
    """Gateway to client: the one answer to the request ``id``; ``payload`` when ok, else ``error``."""

    id: str | None
    ok: bool
    payload: Raw | UnsetType = UNSET
    error: ErrorBody | UnsetType = UNSET


class EventFrame(Struct, frozen=True, tag_field="type", tag="event", rename="camel", omit_defaults=True):
    """Gateway to client, unasked. ``seq`` is the log position of the ledger event behind it."""

    event: str
    payload: Raw
    seq: int | None = None
    state_version: int | None = None


# Decimals go out as JSON numbers, digit for digit, and come in without passing through a float.
ENCODER: Final = msgspec.json.Encoder(decimal_format="number")


def encode(value: object) -> bytes:
    return ENCODER.encode(value)
