"""What a check found, in words that are looked up where they are shown."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal

from msgspec import Struct

Level = Literal["ok", "warning", "problem"]
LookUp = Callable[[str], str]

NO_VALUES: Final[Mapping[str, object]] = MappingProxyType({})


def as_written(english: str) -> str:
    return english


class Said(Struct, frozen=True):
    """A sentence with ``values`` in the places of their names; a value may be a part of a sentence itself."""

    english: str
    values: Mapping[str, object] = NO_VALUES

    def shown(self, look_up: LookUp = as_written) -> str:
        """The text that ``look_up`` has for it, filled in."""
        values = {
            name: value.shown(look_up) if isinstance(value, Said) else value for name, value in self.values.items()
        }
        return look_up(self.english).format(**values)


class Finding(Struct, frozen=True):
    """One thing that was looked at: how it is, and what to do where it is not well."""

    level: Level
    detail: Said
    advice: Said | None = None


def said(english: str, **values: object) -> Said:
    """A part of a sentence."""
    return Said(english, values)


def ok(english: str, **values: object) -> Finding:
    return Finding("ok", Said(english, values))


def warning(english: str, advice: str, **values: object) -> Finding:
    """Something that works and is unwise; ``values`` are for both sentences."""
    return Finding("warning", Said(english, values), Said(advice, values))


def problem(english: str, advice: str, **values: object) -> Finding:
    """Something that keeps the gateway from being traded on; ``values`` are for both sentences."""
    return Finding("problem", Said(english, values), Said(advice, values))
