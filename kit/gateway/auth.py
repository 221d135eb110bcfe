"""Who may do what: tokens, and how long a wrong one waits for its answer."""

import hmac
from collections import OrderedDict
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Final, Literal

Role = Literal["full", "read"]

DELAY_FIRST_S: Final = 0.1
DELAY_MAX_S: Final = 2.0
FORGET_S: Final = 10.0  # One wrong token fewer is held against an address for each such time without one.
ADDRESSES_MAX: Final = 1_024  # The oldest is forgotten: who owns that many addresses is not slowed by a delay.


class Tokens:
    """The tokens that are valid, several of a role while one is being replaced. Only their digests are kept."""

    def __init__(self, full: Iterable[str] = (), read: Iterable[str] = ()) -> None:
        known: list[tuple[bytes, Role]] = [(_digest(token), "full") for token in full]
        self._guarded = bool(known)
        self._known: Final = (*known, *((_digest(token), "read") for token in read))

    def role_of(self, token: str | None) -> Role | None:
        """The role that ``token`` gives; None for a wrong or missing one. Without a full token all others are full."""
        offered, found = _digest(token or ""), None
        for digest, role in self._known:  # All are compared, so that the time taken tells nothing.
            if hmac.compare_digest(offered, digest):
                found = role
        if found is None and not self._guarded:
            return "full"
        return found


class Guesses:
    """Wrong tokens by address: 0.1 s for the first, twice as long for each further one, at most 2 s."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def delay_s(self, address: str) -> float:
        """Count a wrong token and return how long its answer waits. A right token never comes here."""
        now = self._clock()
        count, last = self._wrong.pop(address, (0.0, now))
        count = max(0.0, count - (now - last) / FORGET_S)
        self._wrong[address] = (count + 1, now)
        if len(self._wrong) > ADDRESSES_MAX:
            self._wrong.popitem(last=False)
        return float(min(DELAY_MAX_S, DELAY_FIRST_S * 2 ** min(count, 10)))


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
