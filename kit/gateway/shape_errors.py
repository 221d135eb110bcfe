"""msgspec's errors in our words: the field first, then what was expected and what came."""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Final

import msgspec

from kit.gateway.refusals import InvalidRequest

NAME_CHARS_MAX: Final = 64
WORDS: Final[Mapping[str, str]] = {
    "array": "an array",
    "bool": "a boolean",
    "bytes": "a string",
    "datetime": "a timestamp",
    "decimal": "a number",
    "float": "a number",
    "int": "an integer",
    "null": "null",
    "object": "an object",
    "str": "a string",
}
PLACE: Final = re.compile(r" - at .*?`\$(?P<path>[^`]*)`$", re.DOTALL)
UNKNOWN: Final = re.compile(r"Object contains unknown field `(?P<name>.*)`", re.DOTALL)
MISSING: Final = re.compile(r"Object missing required field `(?P<name>.*)`", re.DOTALL)
ENUM: Final = re.compile(r"Invalid enum value (?P<value>.*)", re.DOTALL)
TYPES: Final = re.compile(r"`([^`]+)`")

Values = Callable[[str], str | None]
Choices = Mapping[str, tuple[object, ...]]


def named(
    error: msgspec.ValidationError,
    whole: str,
    *,
    known: Iterable[str] = (),
    choices: Choices | None = None,
    value_of: Values = lambda _: None,
) -> InvalidRequest:
    """Name the field that ``error`` is about; ``whole`` names the object itself.

    ``known`` are the names of its fields (a misspelt one is guessed), ``choices`` what a field may be, and
    ``value_of`` gives the text of a field's value, where it may be shown.
    """
    text = str(error)
    place = PLACE.search(text)
    path = place["path"].lstrip(".") if place else ""
    what = text[: place.start()] if place else text
    if unknown := UNKNOWN.fullmatch(what):
        return _unknown(path, unknown["name"], known)
    if missing := MISSING.fullmatch(what):
        return _refusal(_joined(path, missing["name"]), "missing")
    if enum := ENUM.fullmatch(what):
        return _refusal(path, _not_a_choice(enum["value"], (choices or {}).get(path, ())))
    return _refusal(path or whole, _expected(what, value_of(path)))


def _unknown(path: str, name: str, known: Iterable[str]) -> InvalidRequest:
    short = name[:NAME_CHARS_MAX]
    near = get_close_matches(short, known, n=1) if not path else []
    return _refusal(_joined(path, short), f"unknown field; did you mean {near[0]}?" if near else "unknown field")


def _not_a_choice(value: str, choices: tuple[object, ...]) -> str:
    listed = f"none of {', '.join(map(str, choices))}" if choices else "not one of the values allowed here"
    return f"{value[:NAME_CHARS_MAX]} is {listed}"


def _expected(what: str, value: str | None) -> str:
    words = TYPES.sub(lambda found: _words(found[1]), what)
    sentence = words[:1].lower() + words[1:]
    return sentence if value is None or "got" in what else f"{sentence}, got {value}"


def _words(kinds: str) -> str:
    return " or ".join(dict.fromkeys(WORDS.get(kind, kind) for kind in kinds.split(" | ")))


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _refusal(field: str, what: str) -> InvalidRequest:
    return InvalidRequest(f"{field}: {what}", field=field)
