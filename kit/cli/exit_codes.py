"""What a command returns, and what that means to whoever called it."""

from collections.abc import Mapping
from typing import Final

REFUSED: Final = 1
UNREACHABLE: Final = 3
UNKNOWN: Final = 4

READING: Final[Mapping[int, str]] = {
    0: "done",
    REFUSED: "refused by the gateway, or by you when asked",
    2: "the command itself is wrong",
    UNREACHABLE: "no gateway reachable; nothing was done",
}
CHANGING: Final[Mapping[int, str]] = {
    **READING,
    UNKNOWN: "sent, but nobody knows whether it was carried out: repeat it with its --key",
}
