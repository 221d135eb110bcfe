"""The rule for numbers, applied to the text as the client wrote it.

A decoded Decimal no longer shows that it was written ``" 1 "`` or ``"1_000"``, so the raw values of the fields that
are decimals are looked at once more.
"""

from collections.abc import Callable
from typing import Final, TypeVar

import msgspec
from msgspec import Raw
from msgspec.inspect import CollectionType, DecimalType, DictType, StructType, Type, UnionType

from domain.money import NumberRefused, parse
from kit.gateway.refusals import InvalidRequest

T = TypeVar("T")
Check = Callable[[Raw, str], None]

_objects = msgspec.json.Decoder(dict[str, Raw])
_arrays: Final[msgspec.json.Decoder[list[Raw]]] = msgspec.json.Decoder(list[Raw])
_strings = msgspec.json.Decoder(str)


def number_check(kind: Type) -> Check | None:
    """A check of all decimals in a value of type ``kind``; None where it has none.

    The check takes the raw value and its name; it raises ``InvalidRequest``, and passes what has another shape.
    """
    if isinstance(kind, DecimalType):
        return _decimal
    if isinstance(kind, StructType):
        fields = {field.encode_name: number_check(field.type) for field in kind.fields}
        return _fields({name: check for name, check in fields.items() if check is not None})
    if isinstance(kind, DictType):
        return _each_value(number_check(kind.value_type))
    if isinstance(kind, CollectionType):
        return _each_item(number_check(kind.item_type))
    if isinstance(kind, UnionType):
        return next(filter(None, map(number_check, kind.types)), None)
    return None


def _decimal(raw: Raw, name: str) -> None:
    text = bytes(raw)
    if text[:1] not in b'"-0123456789':
        return
    written = _strings.decode(text) if text[:1] == b'"' else text.decode()
    try:
        value = parse(written)
    except NumberRefused as refused:
        raise InvalidRequest(f"{name}: {refused}", field=name) from None
    if not value and written.startswith("-"):
        raise InvalidRequest(f"{name}: {written} must not be a negative zero", field=name)


def _fields(checks: dict[str, Check]) -> Check | None:
    def check(raw: Raw, name: str) -> None:
        values = _decoded(_objects, raw) or {}
        for field in checks.keys() & values.keys():
            checks[field](values[field], f"{name}.{field}" if name else field)

    return check if checks else None


def _each_value(item: Check | None) -> Check | None:
    def check(raw: Raw, name: str) -> None:
        assert item is not None
        for key, value in (_decoded(_objects, raw) or {}).items():
            item(value, f"{name}.{key}")

    return item and check


def _each_item(item: Check | None) -> Check | None:
    def check(raw: Raw, name: str) -> None:
        assert item is not None
        items = _decoded(_arrays, raw)
        for place, value in enumerate(items or ()):
            item(value, f"{name}[{place}]")

    return item and check


def _decoded(decoder: msgspec.json.Decoder[T], raw: Raw) -> T | None:
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError:
        return None  # Another shape: the typed decoder says so in its words.
