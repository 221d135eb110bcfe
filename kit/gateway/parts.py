"""What all sessions of a gateway share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, Literal, Protocol, TypeVar
from weakref import WeakValueDictionary

from kit.gateway.auth import Guesses, Role, Tokens
from kit.gateway.commands import Commands
from kit.gateway.door import Door
from kit.gateway.hub import Hub
from kit.gateway.limits import Limits
from kit.gateway.pace import Clock, Pace
from kit.gateway.registry import Registry
from kit.gateway.resume import History
from kit.settings.addresses import is_loopback
from kit.wire.frames import ErrorCode
from kit.wire.system import Hello

S = TypeVar("S")
Outcome = Literal["ok"] | ErrorCode
HelloOf = Callable[[str, Role], Awaitable[Hello]]  # (client id, role)


class Observer(Protocol):
    """Counts what was answered."""

    def answered(self, method: str, code: Outcome, seconds: float) -> None:
        """``method`` is a registered name, or ``unknown`` where a request was refused before it reached one."""

    def overflowed(self) -> None:
        """A client was cut off because it read too slowly."""


class Unobserved:
    """Counts nothing."""

    def answered(self, method: str, code: Outcome, seconds: float) -> None:
        pass

    def overflowed(self) -> None:
        pass


@dataclass(kw_only=True)
class Parts(Generic[S]):
    """One gateway's edge, put together."""

    limits: Limits
    tokens: Tokens
    registry: Registry[S]
    services: S
    hub: Hub
    hello: HelloOf
    history: History
    observer: Observer
    clock: Clock
    stopping: bool = False
    commands: Commands = field(default_factory=Commands)
    door: Door = field(init=False)
    guesses: Guesses = field(init=False)
    _ip_paces: WeakValueDictionary[str, Pace] = field(default_factory=WeakValueDictionary)

    def __post_init__(self) -> None:
        self.door = Door(self.limits, self.clock)
        self.guesses = Guesses(self.clock)

    def pace(self, factor: int = 1) -> Pace:
        limits = self.limits
        return Pace(limits.requests_per_second * factor, limits.requests_per_minute * factor, self.clock)

    def ip_pace(self, address: str) -> Pace | None:
        """What all clients from ``address`` share; None on loopback, where every program has the same address."""
        if is_loopback(address):
            return None
        pace = self._ip_paces.get(address) or self.pace(self.limits.ip_factor)
        self._ip_paces[address] = pace
        return pace
