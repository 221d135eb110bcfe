"""A client that comes back: first what it missed, from the log, then live, without a gap and in order."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from kit.gateway.hub import Hub, Push
from kit.gateway.limits import Limits
from kit.gateway.outbox import Outbox

# ``frames_after(seq, limit)``: what was pushed after log position ``seq``, oldest first, and the position up to which
# that is everything (≥ ``seq``; the log's head where nothing is left). About ``limit`` pushes, and never only some of
# those that one position has.
History = Callable[[int, int], Awaitable[tuple[Sequence[Push], int]]]


async def no_history(seq: int, limit: int) -> tuple[Sequence[Push], int]:
    """Of a gateway that keeps no log."""
    return (), seq


class Resume:
    """Between a client's ``resumeFrom`` and live.

    While history is read, live events with a place in the log are not delivered, since the log has them. Those that
    come during the reading of one page are held; the page that reaches what had been published when its reading began
    is the last, and the held events that it lacks follow it. So at most a page and ``resume_held_max`` events are in
    memory, however long the log is and however fast it grows.
    """

    def __init__(self, after: int, deliver: Callable[[Push], None], limits: Limits) -> None:
        self._after = after
        self._deliver: Final = deliver
        self._limits: Final = limits
        self._held: list[Push] = []
        self._live = False

    def push(self, push: Push) -> None:
        """Take a live event of the ledger."""
        assert push.seq is not None
        if self._live:
            if push.seq > self._after:  # History may have been ahead of what was published.
                self._deliver(push)
        elif len(self._held) <= self._limits.resume_held_max:
            self._held.append(push)

    async def run(self, history: History, hub: Hub, outbox: Outbox) -> None:
        """Deliver what was missed, as fast as the client reads, and go live."""
        while not self._live:
            await outbox.until_below(self._limits.resume_bytes_low)
            self._held.clear()
            published = hub.position
            pushes, reached = await history(self._after, self._limits.resume_frames_max)
            for push in pushes:
                self._deliver(push)
            self._after = max(self._after, reached)
            if self._after >= published and len(self._held) <= self._limits.resume_held_max:
                self._go_live()

    def _go_live(self) -> None:
        self._live = True
        for push in self._held:
            self.push(push)
        self._held.clear()
