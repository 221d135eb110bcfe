"""Events between the reader and one who takes them: bounded, and the reader never waits."""

import asyncio
from collections import deque
from typing import Final

from kit.client.errors import KitError, SubscriberTooSlow
from kit.client.happenings import Happening

LEDGER_EVENTS_MAX: Final = 10_000  # Minutes of the busiest trading; about 10 MiB for one subscriber.
PASSING_EVENTS_MAX: Final = 1_000  # Prices age: what is older than the newest thousand helps nobody.


class Waiting:
    """A queue that keeps every ledger event up to a bound and only the newest of the passing ones.

    Past the bound it takes no more, and who reads it is told which event was the first one missed.
    """

    def __init__(
        self, ledger_events_max: int = LEDGER_EVENTS_MAX, passing_events_max: int = PASSING_EVENTS_MAX
    ) -> None:
        self._ledger_events_max = ledger_events_max
        self._ledger: deque[tuple[int, Happening]] = deque()
        self._passing: deque[tuple[int, Happening]] = deque(maxlen=passing_events_max)
        self._arrived = 0
        self._error: KitError | None = None
        self._ended = False
        self._changed = asyncio.Event()

    def offer(self, happening: Happening) -> None:
        """Keep it, or end with what was missed; never waits."""
        if self._ended:
            return
        self._arrived += 1
        if happening.seq is None:
            self._passing.append((self._arrived, happening))
        elif len(self._ledger) < self._ledger_events_max:
            self._ledger.append((self._arrived, happening))
        else:
            self.end(SubscriberTooSlow(happening.name, happening.seq))
        self._changed.set()

    def end(self, error: KitError | None = None) -> None:
        """No more will come, because of ``error`` if there is one; what waits can still be taken."""
        if not self._ended:
            self._ended, self._error = True, error
            self._changed.set()

    def clear(self) -> None:
        """Forget what waits."""
        self._ledger.clear()
        self._passing.clear()

    async def take(self) -> Happening | None:
        """The oldest that waits; None when there will be no more.

        Raises:
            KitError: all that was kept has been taken, and this is why there is no more.
        """
        while not self._ledger and not self._passing:
            if self._error is not None:
                raise self._error
            if self._ended:
                return None
            self._changed.clear()
            await self._changed.wait()
        return self._oldest()

    def _oldest(self) -> Happening:
        lines = [line for line in (self._ledger, self._passing) if line]
        return min(lines, key=lambda line: line[0][0]).popleft()[1]
