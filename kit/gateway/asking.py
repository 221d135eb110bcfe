"""From a request that changes something to who asks, under which key, for exactly what."""

from datetime import UTC, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from domain.money import plain
from kit.gateway.registry import Context
from kit.trading.ids import new_id
from kit.trading.tasks import Ask, Caller

# In Python ``$`` also matches before a last newline, in JSON Schema it does not: the look-ahead makes both the same.
Key = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$(?!\n)")]
AccountName = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$(?!\n)")]
AssetName = Annotated[str, Meta(min_length=1, max_length=32, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$(?!\n)")]
PairName = Annotated[str, Meta(min_length=1, max_length=65)]
Reason = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$(?!\n)")]
DIGEST_BYTES: Final = 16  # Of what one client sent under one key of its own: no attacker, only mistakes.


def ask(context: Context[Any], key: str | None, method: str, **content: Any) -> Ask:
    """Who asks and for what; a key is made where the client sent none.

    ``content`` is the command with its defaults filled in: the same content under the same key is the same command.
    """
    caller = Caller(context.client_id, context.role, context.request_id)
    return Ask(caller, key or f"gw-{new_id()}", digest(method, content))


def digest(method: str, content: dict[str, Any]) -> str:
    """A digest of a command's content, numbers and times by value: 100, 100.0 and "100" are one command."""
    said = {name: canonical(value) for name, value in content.items() if value is not None}
    return blake2b(msgspec.json.encode([method, said], order="sorted"), digest_size=DIGEST_BYTES).hexdigest()


def canonical(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{plain(value):f}"
    if isinstance(value, dict):
        return {name: canonical(inner) for name, inner in value.items()}
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
