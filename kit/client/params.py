"""From Python's names and numbers to the wire's."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from domain.moments import rfc3339
from kit.client.errors import InvalidRequest

# Sent as it is: a Decimal and a str digit for digit, a float by its shortest decimal text.
Amount: TypeAlias = Decimal | int | str | float


def camel(name: str) -> str:
    """``client_order_id`` as ``clientOrderId``; a name that is camel case already stays."""
    head, *words = name.split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in words)


def wire_params(params: Mapping[str, object]) -> dict[str, object]:
    """Params as they are sent: camel case, exact numbers, and without those that are None.

    Raises:
        InvalidRequest: a number is NaN or infinite.
    """
    return {camel(name): wire_value(name, value) for name, value in params.items() if value is not None}


def wire_value(name: str, value: object) -> object:
    """``value`` as JSON can say it exactly; ``name`` is for the error. In a mapping, names and nulls are left alone."""
    match value:
        case float() | Decimal():
            return exact(name, value)
        case datetime():
            return in_utc(name, value)
        case Mapping():
            return {key: wire_value(f"{name}.{key}", inner) for key, inner in value.items()}
        case list() | tuple():
            return [wire_value(name, inner) for inner in value]
        case _:
            return value


def exact(name: str, value: float | Decimal) -> Decimal:
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite():
        raise InvalidRequest(f"{name} must be a finite number, not {value}")
    return number


def in_utc(name: str, value: datetime) -> str:
    if value.tzinfo is None:
        raise InvalidRequest(f"{name} must say its time zone: {value.isoformat()} could be any")
    return rfc3339(value)
