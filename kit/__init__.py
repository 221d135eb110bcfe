"""K.I.T. Gateway: an event-sourced trading ledger behind one WebSocket. ``from kit import KitClient`` talks to it."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kit.client.client import KitClient as KitClient
    from kit.client.errors import KitError as KitError
    from kit.client.errors import OutcomeUnknown as OutcomeUnknown

__all__ = ["KitClient", "KitError", "OutcomeUnknown"]

HOMES: Final = {
    "KitClient": "kit.client.client",
    "KitError": "kit.client.errors",
    "OutcomeUnknown": "kit.client.errors",
}


def __getattr__(name: str) -> object:
    """Load the client when it is asked for: every part of the gateway imports this package, few need the client."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - not paid for by who only imports kit.

    return getattr(import_module(HOMES[name]), name)
