"""From what the code wants to say to what may be written: plain JSON values, short, printable, without secrets."""

from collections.abc import Collection, Mapping
from itertools import islice
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict
from structlog.typing import EventDict, WrappedLogger

from kit.logs.redaction import is_telling, masked
from kit.settings.secret import MASK

ID_CHARS_MAX: Final = 128
TEXT_CHARS_MAX: Final = 4_096
EXCEPTION_CHARS_MAX: Final = 32_768  # The end of a long traceback is what went wrong: the beginning is cut.
ITEMS_MAX: Final = 100
DEPTH_MAX: Final = 6
INTEGER_BITS_MAX: Final = 63
IDS: Final = frozenset({"client", "request", "method", "account", "order", "pair", "exchange"})


def clean(_logger: WrappedLogger, _method: str, entry: EventDict) -> EventDict:
    """The processor before the renderers: nothing that it lets pass can break a line or a JSON document."""
    exception = entry.pop("exception", None)
    cleaned: EventDict = {escaped(name): cleaned_value(value, name) for name, value in entry.items()}
    if exception is not None:
        lines = masked(str(exception))[-EXCEPTION_CHARS_MAX:].split("\n")
        cleaned["exception"] = "\n".join(escaped(line) for line in lines)
    return cleaned


def cleaned_value(value: object, name: str, depth: int = 0) -> object:
    """What may stand under ``name``."""
    if is_telling(name) and value is not None:
        return MASK
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if value.bit_length() <= INTEGER_BITS_MAX else _text(hex(value), name)
    if isinstance(value, Struct):
        value = asdict(value)
    if depth < DEPTH_MAX and isinstance(value, Mapping):
        items = islice(value.items(), ITEMS_MAX)
        return {_text(str(key), "id"): cleaned_value(item, str(key), depth + 1) for key, item in items}
    if depth < DEPTH_MAX and isinstance(value, Collection) and not isinstance(value, str | bytes | bytearray):
        return [cleaned_value(item, name, depth + 1) for item in islice(value, ITEMS_MAX)]
    return _text(repr(value) if isinstance(value, BaseException) else str(value), name)


def escaped(text: str) -> str:
    r"""``text`` with everything that does not print written as Python would: a line break becomes ``\n``."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


def _text(text: str, name: str) -> str:
    limit = ID_CHARS_MAX if name in IDS or name.lower().endswith("id") else TEXT_CHARS_MAX
    shown = escaped(masked(text))
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"
