"""States of streams as they were at a version, so that a start need not replay everything.

A snapshot is a shortcut and never the truth: any of them may be missing.
"""

from collections.abc import Sequence
from typing import Any, Final

from eventsourcing.persistence import AggregateRecorder, IntegrityError, StoredEvent
from eventsourcing.sqlite import SQLiteAggregateRecorder, SQLiteCursor

from kit.log.faults import reading
from kit.log.writes import Writes

TOPIC: Final = "Snapshot"


class SnapshotRecorder(SQLiteAggregateRecorder):
    """Keeps the newest snapshot of each stream."""

    def __init__(self, datastore: Any, events_table_name: str) -> None:
        super().__init__(datastore, events_table_name)
        # The name is a purpose from our own code, never a client's text.
        self.delete_older_statement = f"DELETE FROM {events_table_name} WHERE originator_id=? AND originator_version<?"  # noqa: S608

    def _insert_events(
        self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        super()._insert_events(c, stored_events, **kwargs)
        c.executemany(self.delete_older_statement, [(s.originator_id, s.originator_version) for s in stored_events])
        return None


class Snapshots:
    """The newest state bytes of each stream, in a table that is named for the state's shape."""

    def __init__(self, recorder: AggregateRecorder, writes: Writes) -> None:
        self._recorder = recorder
        self._writes = writes

    def save(self, stream: str, version: int, state: bytes) -> None:
        """Keep ``state`` as that of ``stream`` after ``version``; one that is there already stays.

        Raises:
            LogUnavailable: nothing was written.
            OutcomeUnknown: as for a commit.
        """
        try:
            with self._writes.one(len(state)):
                self._recorder.insert_events([StoredEvent(stream, version, TOPIC, state)])
        except IntegrityError:
            return

    def latest(self, stream: str) -> tuple[int, bytes] | None:
        """The newest (version, state) of ``stream``.

        Raises:
            LogUnavailable: it cannot be read now.
        """
        with reading():
            found = self._recorder.select_events(stream, desc=True, limit=1)
        return (found[0].originator_version, found[0].state) if found else None
