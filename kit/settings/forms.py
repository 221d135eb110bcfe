"""The forms a value can be given in: as text from the environment, or as one of TOML's own types."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Protocol

from msgspec import Struct

from kit.settings.errors import Unusable

Parse = Callable[[str], Any]


class Form(Protocol):
    """How the value of one setting is read."""

    def read(self, given: object) -> object:
        """Turn what was written into the setting's type.

        Raises:
            Unusable: it is not what the setting expects.
        """


class One(Struct, frozen=True):
    """A single value."""

    parse: Parse

    def read(self, given: object) -> object:
        return self.parse(_text(given))


class Several(Struct, frozen=True):
    """``a,b,c``, or a TOML list; becomes a tuple, in which a repetition counts once."""

    parse: Parse

    def read(self, given: object) -> tuple[object, ...]:
        items = given.split(",") if isinstance(given, str) else given
        if not isinstance(items, list):
            raise Unusable("must be a list")
        return tuple(dict.fromkeys(_within(item, self.parse) for item in items))


class Table(Struct, frozen=True):
    """``name=value,name=value``, or a TOML table; becomes a mapping that cannot be changed."""

    name: Parse
    value: Parse

    def read(self, given: object) -> Mapping[str, object]:
        entries = _entries(given) if isinstance(given, str) else given
        if not isinstance(entries, dict):
            raise Unusable("must be a table")
        return MappingProxyType(
            {_within(name, self.name): _within(value, self.value, f"{name}=") for name, value in entries.items()}
        )


def _text(given: object) -> str:
    if isinstance(given, str):
        return given.strip()
    if isinstance(given, int | Decimal):
        return str(given)
    if isinstance(given, date):
        return given.isoformat()
    raise Unusable("must be a single value")


def _within(item: object, parse: Parse, before: str = "") -> Any:
    """Read one item of many; a refusal names it."""
    try:
        return parse(_text(item))
    except Unusable as error:
        raise Unusable(f"{before}{item} {error}") from None


def _entries(text: str) -> dict[str, str]:
    entries: dict[str, str] = {}
    for entry in text.split(","):
        name, equals, value = (part.strip() for part in entry.partition("="))
        if not equals or not name or not value:
            raise Unusable("must be written NAME=VALUE, several separated by commas")
        if name in entries:
            raise Unusable(f"must name {name} once")
        entries[name] = value
    return entries
