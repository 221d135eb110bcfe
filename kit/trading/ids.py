"""Order ids: sortable by time, unique without asking anybody, and short enough for any exchange to store."""

import secrets
import time
from collections.abc import Callable
from typing import Final

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no letter looks like a digit.
TIME_CHARS: Final = 10  # 50 bits of milliseconds.
RANDOM_CHARS: Final = 10  # 50 bits of chance within one millisecond.

NewId = Callable[[], str]


def new_id() -> str:
    """Twenty characters, of which the first ten are the time."""
    return _base32(time.time_ns() // 1_000_000, TIME_CHARS) + _base32(secrets.randbits(5 * RANDOM_CHARS), RANDOM_CHARS)


def _base32(value: int, chars: int) -> str:
    return "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(chars)))
