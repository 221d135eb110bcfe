"""One command, made once and sent as often as it takes."""

import secrets
from collections.abc import Mapping
from typing import Final, Literal

import msgspec
from msgspec import Raw, Struct

from kit.client.errors import InvalidRequest
from kit.client.params import wire_params
from kit.wire.frames import encode

KeyField = Literal["clientOrderId", "idempotencyKey"]

# Every method that changes something, and the field that carries its key.
KEY_FIELDS: Final[Mapping[str, KeyField]] = {
    "trade.execute": "clientOrderId",
    "order.oco": "clientOrderId",
    "order.amend": "idempotencyKey",
    "order.cancel": "idempotencyKey",
    "order.cancelAll": "idempotencyKey",
    "position.close": "clientOrderId",
    "fill.record": "idempotencyKey",
    "account.deposit": "idempotencyKey",
    "account.withdraw": "idempotencyKey",
    "risk.limits": "idempotencyKey",
    "risk.halt": "idempotencyKey",
    "risk.resume": "idempotencyKey",
}
CHANGING_TOOLS: Final[Mapping[object, KeyField]] = {"trade": "clientOrderId"}
READING_METHODS: Final = frozenset(
    {
        *("connect", "ping", "health", "status", "skill.list", "market.data", "portfolio.snapshot", "order.get"),
        *("order.list", "fill.list", "trade.size", "account.list", "risk.status", "subscribe", "unsubscribe"),
        "protocol.schema",
    }
)
READING_TOOLS: Final[frozenset[object]] = frozenset({"market", "portfolio"})
PARAMS_BYTES_MAX: Final = 63 * 1024  # The gateway closes on a message over 64 KiB; the rest of the frame is short.


class Command(Struct, frozen=True):
    """A method and its params as they are sent, the same bytes each time.

    ``key`` is the idempotency key; ``changes`` says that the ledger may be another afterwards. ``named`` are the params
    before they became bytes.
    """

    method: str
    params: Raw
    named: Mapping[str, object]
    key: str | None
    changes: bool

    @property
    def repeatable(self) -> bool:
        """Whether sending it again can do nothing that sending it once would not."""
        return self.key is not None or not self.changes


def new_key() -> str:
    """A key that no other command has: 28 characters that every exchange takes as a client order id."""
    return f"kit-{secrets.token_hex(12)}"


def command_for(method: str, params: Mapping[str, object]) -> Command:
    """Make the command, with a key of its own where it changes something and the caller gave none.

    Raises:
        InvalidRequest: a number that is not finite, a time without a zone, a value JSON has no form for, or too much.
    """
    named, key = keyed(method, wire_params(params))
    try:
        written = encode(named)
    except (TypeError, ValueError, OverflowError, msgspec.MsgspecError) as error:
        raise InvalidRequest(f"the params of {method} cannot be sent: {error}") from error
    if len(written) > PARAMS_BYTES_MAX:
        raise InvalidRequest(f"the params of {method} have {len(written)} bytes, more than {PARAMS_BYTES_MAX}")
    return Command(method, Raw(written), named, key, changes(method, named))


def keyed(method: str, params: dict[str, object]) -> tuple[dict[str, object], str | None]:
    """The params with their key, and the key; None for what reads, and for a method that this client does not know."""
    tool = params.get("tool")
    if method == "tool.invoke" and tool in CHANGING_TOOLS:
        args, key = with_key(params.get("args"), CHANGING_TOOLS[tool])
        return params | {"args": args}, key
    if method in KEY_FIELDS:
        return with_key(params, KEY_FIELDS[method])
    given = params.get("idempotencyKey")
    return params, given if isinstance(given, str) else None


def with_key(fields: object, name: KeyField) -> tuple[dict[str, object], str]:
    """The fields with a key: the caller's, or a new one."""
    completed = {name: new_key(), **(fields if isinstance(fields, dict) else {})}
    return completed, str(completed[name])


def changes(method: str, params: Mapping[str, object]) -> bool:
    """Whether the ledger may be another afterwards; of a method that this client does not know, it may."""
    if method == "tool.invoke":
        return params.get("tool") not in READING_TOOLS
    return method not in READING_METHODS
