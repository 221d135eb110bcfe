"""The methods that need nothing but the connection."""

from collections.abc import Iterable, Mapping
from typing import Any

from kit.gateway.methods import connect, disconnect, ping
from kit.gateway.methods.protocol_schema import protocol_schema
from kit.gateway.methods.subscriptions import UNSUBSCRIBE, Listed, subscribe
from kit.gateway.registry import Method, Redirect
from kit.wire.document import Document


def with_edge_methods(
    others: Iterable[Method[Any, Any] | Redirect[Any]],
    *,
    listed: Listed,
    events: Mapping[str, type[Document]],
    tools: Mapping[str, str],
) -> list[Method[Any, Any] | Redirect[Any]]:
    """``others`` and connect, ping, disconnect, subscribe, unsubscribe and ``protocol.schema`` of them all.

    ``listed`` tells whether a pair can be subscribed to; ``events`` are the payloads of all events, and ``tools`` the
    methods that tools call.
    """
    methods = [connect.METHOD, ping.METHOD, disconnect.METHOD, subscribe(listed), UNSUBSCRIBE, *others]
    return [*methods, protocol_schema(methods, events, tools)]
