"""Where a client stands in the log: what it asks for when it comes back, and which frames are copies."""

from kit.wire.frames import EventFrame
from kit.wire.system import Hello


class Place:
    """One ledger event can push two frames with one seq, so the newest position is asked for again and copies drop.

    ``newest`` is the log position of the newest event received, ``None`` before the first.
    """

    def __init__(self, resume_from: int | None = None) -> None:
        self.newest: int | None = None
        self._start = resume_from
        self._names_at_newest: set[str] = set()

    @property
    def resume_from(self) -> int | None:
        """The position after which the gateway is to send everything; None on the very first connection."""
        return self._start if self.newest is None else self.newest - 1

    def meet(self, hello: Hello) -> None:
        """Remember where the log ended at the first hello: a reconnect before any event resumes from there."""
        if self._start is None and hello.snapshot.health.log is not None:
            self._start = hello.snapshot.health.log.position

    def is_news(self, frame: EventFrame) -> bool:
        """Whether this frame was not received before; remembers it."""
        if frame.seq is None:
            return True
        if self.newest is None or frame.seq > self.newest:
            self.newest, self._names_at_newest = frame.seq, {frame.event}
            return True
        if frame.seq < self.newest or frame.event in self._names_at_newest:
            return False
        self._names_at_newest.add(frame.event)
        return True
