"""Whether an answer has the shape that was documented: every field is there, with the documented JSON type."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

TIMESTAMP: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z")


def differences(documented: Any, answered: Any, path: str = "$") -> Iterator[str]:
    """What ``answered`` lacks or has otherwise; more fields than documented are no difference.

    Each element of a list is held to the first documented one.
    """
    if kind(documented) != kind(answered):
        yield f"{path} is {kind(answered)} {answered!r}, documented as {kind(documented)}"
    elif isinstance(documented, dict):
        for name, value in documented.items():
            if name in answered:
                yield from differences(value, answered[name], f"{path}.{name}")
            else:
                yield f"{path}.{name} is missing"
    elif isinstance(documented, list):
        for place, one in enumerate(answered):
            yield from differences(documented[0], one, f"{path}[{place}]")


def kind(value: Any) -> str:
    """The JSON type of a value; a timestamp is a type of its own."""
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float | Decimal):
        return "a number"
    if isinstance(value, str):
        return "a timestamp" if TIMESTAMP.fullmatch(value) else "a string"
    if isinstance(value, dict):
        return "an object"
    return "an array" if isinstance(value, list) else "null"
