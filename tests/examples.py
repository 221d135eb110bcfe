"""Frames as the documentation shows them, and frames as a gateway sends them."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from tests.e2e.shapes import kind

# What differs from run to run, and valuations, whose last digits nobody wants to read.
VARYING: Final = {
    *("clientId", "version", "orderId", "linkedTo", "tradeId", "idempotencyKey", "seq", "stateVersion", "uptime"),
    *("timestamp", "executedAt", "valueUsd", "allocation", "totalValueUsd", "totalValueBtc", "change24h", "change7d"),
    *("unrealizedPnl", "unrealizedPnlPercent", "haltedAt", "haltedBy"),
}


def decoded(text: str) -> Any:
    return json.loads(text, parse_float=Decimal)


def deviations(shown: Any, got: Any, path: str = "$") -> Iterator[str]:
    """What ``got`` lacks of ``shown``, or has otherwise; a page may leave fields and the ends of lists out."""
    if kind(shown) != kind(got):
        yield f"{path} is {kind(got)} {got!r}, shown as {kind(shown)}"
    elif isinstance(shown, dict):
        yield from _in_object(shown, got, path)
    elif isinstance(shown, list):
        yield from _in_list(shown, got, path)
    elif shown != got:
        yield f"{path} is {got!r}, shown as {shown!r}"


def _in_object(shown: dict[str, Any], got: dict[str, Any], path: str) -> Iterator[str]:
    for name, value in shown.items():
        if name not in got:
            yield f"{path}.{name} is missing"
        elif name not in VARYING:
            yield from deviations(value, got[name], f"{path}.{name}")
        elif kind(value) != kind(got[name]):
            yield f"{path}.{name} is {kind(got[name])}, shown as {kind(value)}"


def _in_list(shown: list[Any], got: list[Any], path: str) -> Iterator[str]:
    if len(shown) > len(got):
        yield f"{path} has {len(got)} elements, {len(shown)} are shown"
    for place, (one, other) in enumerate(zip(shown, got, strict=False)):
        yield from deviations(one, other, f"{path}[{place}]")
