"""A text that is never shown."""

import hmac
from hashlib import sha256
from typing import Final

MASK: Final = "***"


class Secret:
    """A token or a password: neither ``str`` nor ``repr`` shows it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for what works with it; a message never does."""
        return self._text

    def matches(self, offered: str) -> bool:
        """Whether ``offered`` is the same text; the time taken says nothing about where the two differ."""
        return hmac.compare_digest(_digest(self._text), _digest(offered))

    def __len__(self) -> int:
        return len(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self.matches(other.reveal())

    def __hash__(self) -> int:
        return hash(_digest(self._text))

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __str__(self) -> str:
        return MASK


def _digest(text: str) -> bytes:
    # JSON can spell half a surrogate pair, which no other encoding of errors would take.
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
