"""When the gateway is asked what: soon after news, now and then without any, and never in a hurry."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

Question = Literal["portfolio", "orders", "fills", "risk", "health", "price", "subscribe"]


class Read(NamedTuple):
    """One thing to ask, with the pairs that it is about, where it is about any."""

    question: Question
    pairs: tuple[str, ...] = ()


class Rhythm(NamedTuple):
    """At least ``gap_s`` lie between two askings, however much happens; ``idle_s`` at most, where nothing does."""

    gap_s: float
    idle_s: float


RHYTHMS: Final[Mapping[Question, Rhythm]] = {
    "portfolio": Rhythm(2.0, 10.0),  # Deposits and withdrawals push no event.
    "orders": Rhythm(1.0, 15.0),
    "fills": Rhythm(1.0, 30.0),
    "risk": Rhythm(2.0, 30.0),  # Events tell of halts; asked for those that there were before.
    "health": Rhythm(5.0, 10.0),
}
TRADING: Final[tuple[Question, ...]] = ("orders", "portfolio", "fills")
UNSAID: Final[tuple[Question, ...]] = (*TRADING, "risk")  # By a hello, which brings the health.
# What an event may have changed, by its group; of a group that this version does not know, everything.
MOVED: Final[Mapping[str, tuple[Question, ...]]] = {
    "market": ("portfolio",),
    "trade": TRADING,
    "position": TRADING,
    "risk": ("risk",),
    "exchange": ("health",),
    "shutdown": (),
}


class Schedule:
    """What is to be asked, and from when on; times are seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._due: dict[Read, float] = {}
        self._asked: dict[Read, float] = {}

    def connected(self, now: float) -> None:
        """Ask as soon as may be what a new connection did not say: its hello brought the health."""
        for question in UNSAID:
            self.soon(Read(question), now)
        self._due[Read("health")] = now + RHYTHMS["health"].gap_s

    def happened(self, event: str, now: float) -> None:
        """Ask what this event may have changed."""
        for question in MOVED.get(event.partition(":")[0], tuple(RHYTHMS)):
            self.soon(Read(question), now)

    def soon(self, read: Read, now: float) -> None:
        rhythm = RHYTHMS.get(read.question)
        earliest = now if rhythm is None else max(now, self._asked.get(read, now - rhythm.gap_s) + rhythm.gap_s)
        self._due[read] = min(earliest, self._due.get(read, earliest))

    def next(self) -> tuple[Read, float] | None:
        """What is due first, and when."""
        if not self._due:
            return None
        read = min(self._due, key=lambda each: self._due[each])
        return read, self._due[read]

    def start(self, read: Read, now: float) -> None:
        """It is asked now; whatever happens from here on makes it due again."""
        del self._due[read]
        if read.question in RHYTHMS:
            self._asked[read] = now
            self._due[read] = now + RHYTHMS[read.question].idle_s
