"""How long to wait before trying again."""

from collections.abc import Iterator
from typing import Final

RETRY_FIRST_S: Final = 0.1
RETRY_MAX_S: Final = 5.0


def waits_s() -> Iterator[float]:
    """How long to wait before each next attempt, for ever."""
    wait_s = RETRY_FIRST_S
    while True:
        yield wait_s
        wait_s = min(2 * wait_s, RETRY_MAX_S)
