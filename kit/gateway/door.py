"""Who is in, and who stands at the door."""

from collections.abc import Callable
from typing import Final, Protocol

from kit.gateway.limits import Limits
from kit.gateway.refusals import Ended, NoRoom
from kit.settings.addresses import is_loopback

LONG_AGO: Final = float("-inf")
RETRY_AFTER_MS: Final = 1_000  # Nobody knows when a client will leave; this is when to ask again.


class Visitor(Protocol):
    @property
    def address(self) -> str: ...

    def end(self, ended: Ended) -> None: ...


class Door:
    """Counts connections: clients, which have said who they are, and strangers, which have not.

    Only clients count against the protocol's fifty, so that nobody without a token can use them up. Strangers are
    bounded by sending the most suspicious one away when another arrives, never by refusing the one that arrives:
    first those that came with a wrong token, then the oldest of those beyond their grace. A right client says who it
    is within milliseconds, so it is never among them, however many others stand there or come with it at once.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits: Final = limits
        self._clock: Final = clock
        self._clients: dict[Visitor, None] = {}
        self._strangers: dict[Visitor, float] = {}

    @property
    def clients(self) -> int:
        return len(self._clients)

    def arrive(self, visitor: Visitor) -> None:
        """Let a stranger stand here, and send away those that stand here too long."""
        while (suspect := self._suspect()) is not None:
            del self._strangers[suspect]
            suspect.end(Ended(1013, "too many connections have not said who they are"))
        self._strangers[visitor] = self._clock()

    def distrust(self, visitor: Visitor) -> None:
        """The stranger came with a wrong token."""
        if visitor in self._strangers:
            self._strangers[visitor] = LONG_AGO

    def admit(self, visitor: Visitor) -> None:
        """Let a stranger in.

        Raises:
            NoRoom: as many clients are in, or are from its address, as may be.
        """
        if self.clients >= self._limits.clients_max:
            raise NoRoom(f"{self.clients} clients are connected already", RETRY_AFTER_MS)
        same = sum(client.address == visitor.address for client in self._clients)
        if same >= self._limits.ip_clients_max and not is_loopback(visitor.address):
            raise NoRoom(f"{same} clients are connected from {visitor.address} already", RETRY_AFTER_MS)
        self._strangers.pop(visitor, None)
        self._clients[visitor] = None

    def leave(self, visitor: Visitor) -> None:
        self._strangers.pop(visitor, None)
        self._clients.pop(visitor, None)

    def _suspect(self) -> Visitor | None:
        """The stranger to send away before another one may come; None where there is room."""
        aged_before = self._clock() - self._limits.stranger_grace_s
        aged = sum(since < aged_before for since in self._strangers.values())
        if aged < self._limits.strangers_max and len(self._strangers) < self._limits.clients_max:
            return None
        return min(self._strangers, key=self._strangers.__getitem__)
