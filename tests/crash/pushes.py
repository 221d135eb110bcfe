"""What a client hears that comes back after every crash and resumes where it was, held against the log."""

from collections.abc import Iterator

import msgspec
from msgspec import Raw

from domain.events import Entry
from kit.gateway.present.announcements import announcements
from kit.wire.frames import EventFrame, encode
from tests.crash.evidence import Evidence

Heard = dict[tuple[int, str], Raw]


class Listener:
    """Remembers every pushed ledger event by (position, event), which is how clients drop copies."""

    def __init__(self) -> None:
        self.heard: Heard = {}
        self.copies_that_differ: list[str] = []

    @property
    def resume_from(self) -> int:
        """One position can push two frames, and only the first may have arrived."""
        return max((seq for seq, _ in self.heard), default=1) - 1

    def take(self, events: list[EventFrame]) -> None:
        for event in events:
            if event.seq is None:
                continue
            first = self.heard.setdefault((event.seq, event.event), event.payload)
            if bytes(first) != bytes(event.payload):
                self.copies_that_differ.append(f"{event.event} of {event.seq}: {first!r} and {event.payload!r}")


def push_problems(listener: Listener, log: Evidence) -> Iterator[str]:
    """What was heard and is not in the log, and what was passed over up to the last that was heard."""
    yield from listener.copies_that_differ
    entries = {(entry.stream, entry.version): entry for entry in log.entries}

    def placed(stream: str, version: int) -> Entry:
        return entries[stream, version]

    last = max((seq for seq, _ in listener.heard), default=0)
    expected = {
        (said.seq, said.event): encode(said.payload)
        for recorded in log.recorded
        for said in announcements(recorded, placed)
    }
    for (seq, event), payload in listener.heard.items():
        if expected.get((seq, event)) != bytes(payload):
            yield f"{event} of {seq} was pushed as {msgspec.json.decode(payload)}, the log does not say so"
    for seq, event in expected.keys() - listener.heard.keys():
        if seq < last:
            yield f"{event} of {seq} was never pushed"
