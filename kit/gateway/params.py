"""A method's params: from raw JSON straight into its struct."""

from functools import partial
from typing import Any, Final, Generic, TypeVar

import msgspec
from msgspec import Raw, Struct
from msgspec.inspect import LiteralType, StructType, Type, UnionType

from kit.gateway.numbers import number_check
from kit.gateway.refusals import InvalidRequest
from kit.gateway.shape_errors import NAME_CHARS_MAX, named

P = TypeVar("P", bound=Struct)
NO_PARAMS: Final = (b"", b"null")


class Params(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """The base of all params: a misspelt ``stopLos`` must never trade without its stop."""


class NoParams(Params, frozen=True, kw_only=True):
    """Of a method that takes none."""


class ParamsReader(Generic[P]):
    """Reads the params of one method."""

    def __init__(self, kind: type[P]) -> None:
        described = msgspec.inspect.type_info(kind)
        assert isinstance(described, StructType)
        self._decoder = msgspec.json.Decoder(kind)
        self._numbers = number_check(described)
        self._known = tuple(field.encode_name for field in described.fields)
        self._choices = {field.encode_name: _choices(field.type) for field in described.fields}

    def read(self, raw: Raw) -> P:
        """Decode ``raw``; null and nothing are an empty object.

        Raises:
            InvalidRequest: names the field at fault and what came for it.
        """
        raw = Raw(b"{}") if bytes(raw) in NO_PARAMS else raw
        try:
            if self._numbers is not None:
                self._numbers(raw, "")
            return self._decoder.decode(raw)
        except msgspec.ValidationError as error:
            value_of = partial(_value_in, raw)
            raise named(error, "params", known=self._known, choices=self._choices, value_of=value_of) from None
        except msgspec.DecodeError as error:
            raise InvalidRequest(f"params: not JSON: {error}") from None


def _choices(kind: Type) -> tuple[Any, ...]:
    if isinstance(kind, LiteralType):
        return tuple(kind.values)
    if isinstance(kind, UnionType):
        return next(filter(None, map(_choices, kind.types)), ())
    return ()


def _value_in(raw: Raw, field: str) -> str | None:
    """The text of a field of the params, short; None for what lies deeper, where a token could be."""
    value = msgspec.json.decode(raw, type=dict[str, Raw]).get(field) if field else None
    return None if value is None else bytes(value).decode()[:NAME_CHARS_MAX]
