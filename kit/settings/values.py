"""From text to the value of a setting. Every function raises ``Unusable``, which says what it expects."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from domain.money import NumberRefused, parse
from kit.settings.errors import Unusable
from kit.settings.secret import Secret

WHOLE: Final = re.compile(r"-?[0-9]{1,18}", re.ASCII)
ASSET: Final = re.compile(r"[A-Z0-9]{1,20}", re.ASCII)
TOKEN_CHARS_MAX: Final = 1_024  # No string in a request may be longer.
EXCHANGES: Final = ("paper",)


def whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number within both bounds."""

    def read(text: str) -> int:
        if WHOLE.fullmatch(text) is None or not least <= int(text) <= most:
            raise Unusable(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def choice(*names: str) -> Callable[[str], str]:
    """One of ``names``, in any case."""

    def read(text: str) -> str:
        if text.lower() not in names:
            raise Unusable(f"must be one of {', '.join(names)}")
        return text.lower()

    return read


def positive(text: str) -> Decimal:
    """An amount or a price."""
    try:
        number = parse(text)
    except NumberRefused as error:
        raise Unusable(error.why) from None
    if number <= 0:
        raise Unusable("must be above zero")
    return number


def speed(text: str) -> float:
    """How many times faster than it was recorded."""
    factor = positive(text)
    if factor > 1_000_000:
        raise Unusable("must be at most 1000000")
    return float(factor)


def asset(text: str) -> str:
    if ASSET.fullmatch(text) is None:
        raise Unusable("must be an asset in capitals, such as USDT")
    return text


def pair(text: str) -> str:
    base, slash, quote = text.partition("/")
    if not slash or base == quote or not ASSET.fullmatch(base) or not ASSET.fullmatch(quote):
        raise Unusable("must be a pair in capitals, such as BTC/USDT")
    return text


def moment(text: str) -> datetime:
    """A time, or the start of a day; UTC where it names no zone."""
    try:
        read = datetime.fromisoformat(text)
        return (read.replace(tzinfo=UTC) if read.tzinfo is None else read).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unusable("must be a time such as 2024-03-01T12:00:00Z, or a day") from None


def path(text: str) -> Path:
    """A path, relative to the working directory."""
    if not text or "\0" in text or text.startswith("~"):
        raise Unusable("must be a path, written without ~")
    return Path(text)


def token(text: str) -> Secret:
    if not 1 <= len(text) <= TOKEN_CHARS_MAX or not text.isprintable():
        raise Unusable(f"must be one line of 1 to {TOKEN_CHARS_MAX} printable characters")
    return Secret(text)


def exchange(text: str) -> str:
    if text not in EXCHANGES:
        raise Unusable(f"is not available in this version, which has {', '.join(EXCHANGES)}")
    return text


def database(text: str) -> str:
    if text != "sqlite":
        raise Unusable("this version keeps its log in SQLite, in KIT_DATA_DIR; leave it unset")
    return text
