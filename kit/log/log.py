"""The append-only log of one ledger: commits by one writer thread, reads from any thread."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from eventsourcing.persistence import IntegrityError, MapperDeserialisationError, Notification, StoredEvent
from msgspec import Struct

from domain.events import Entry, Recorded
from kit.log.checking import checked
from kit.log.errors import CommitConflict, EntryMissing, LogDamaged, OutcomeUnknown
from kit.log.faults import reading
from kit.log.files import wal_of
from kit.log.keys import KeyName, KeyRow, Scope, keys_of, space_of
from kit.log.mapper import EntryMapper
from kit.log.recorder import LogRecorder
from kit.log.snapshots import Snapshots
from kit.log.writes import Writes

PAGE_ROWS: Final = 5_000
CHECKED_ROWS: Final = 1_000


class StoredRow(Struct, frozen=True):
    """A line of the log as it is stored: ``state`` is the JSON, ``topic`` the form it was written in."""

    seq: int
    stream: str
    version: int
    topic: str
    state: bytes


class Log:
    """An opened log (``open_log``). All reads raise ``LogUnavailable`` where the log cannot be read now."""

    def __init__(
        self,
        file: Path,
        recorder: LogRecorder,
        writes: Writes,
        snapshots: Snapshots,
        on_close: Callable[[], None],
    ) -> None:
        self.file = file
        self.snapshots = snapshots
        self._recorder = recorder
        self._writes = writes
        self._on_close = on_close
        self._mapper = EntryMapper()

    def commit(self, entries: Sequence[Entry], keys: Sequence[KeyRow] = ()) -> Sequence[int]:
        """Write all entries and keys in one transaction, durably; return the entries' positions, in order.

        Raises:
            CommitConflict: nothing was written, others were first.
            LogUnavailable: nothing was written, the same may work later.
            OutcomeUnknown: the process must stop; every later write raises this too.
        """
        events = [self._mapper.to_stored_event(entry) for entry in entries]
        try:
            with self._writes.one(sum(len(event.state) for event in events)):
                return self._recorder.insert_events(events, keys=keys) or ()
        except IntegrityError as error:
            raise self._conflict(entries, keys) from error

    def find_key(self, stream: str, scope: Scope, key: str) -> KeyRow | None:
        """Where the key was used in the space that the stream belongs to, if it was."""
        found = self.find_keys([(space_of(stream, scope), scope, key)])
        return found[0] if found else None

    def find_keys(self, wanted: Sequence[KeyName]) -> list[KeyRow]:
        """The rows of those keys that were used, in the order asked for."""
        with reading():
            return self._recorder.select_keys(wanted)

    def streams(self) -> list[str]:
        """The ids of all streams, sorted."""
        with reading():
            return self._recorder.select_streams()

    def head(self) -> int:
        """The last position, 0 in an empty log."""
        with reading():
            return self._recorder.max_notification_id() or 0

    def last_version(self, stream: str) -> int:
        """The version of the stream's last entry, 0 where it has none."""
        with reading():
            last = self._recorder.select_events(stream, desc=True, limit=1)
        return last[0].originator_version if last else 0

    def read_entry(self, stream: str, version: int) -> Recorded:
        """One entry and its position.

        Raises:
            EntryMissing: the stream has no such version.
            LogDamaged: it cannot be decoded.
        """
        with reading():
            found = self._recorder.select_event(stream, version)
        if found is None:
            raise EntryMissing(stream, version)
        return Recorded(found.id, self._entry(found))

    def read_stream(self, stream: str, after_version: int = 0) -> Iterator[Entry]:
        """The stream's entries after that version, in order, read page by page.

        Raises:
            LogDamaged: the next one cannot be decoded.
        """
        while True:
            with reading():
                page = self._recorder.select_events(stream, gt=after_version, limit=PAGE_ROWS)
            yield from map(self._entry, page)
            if len(page) < PAGE_ROWS:
                return
            after_version = page[-1].originator_version

    def rows(self, after: int, limit: int, until: int | None = None) -> list[StoredRow]:
        """At most ``limit`` rows after position ``after`` (and up to ``until``), in log order, not decoded."""
        return [
            StoredRow(row.id, str(row.originator_id), row.originator_version, row.topic, row.state)
            for row in self._notifications(after, limit, until)
        ]

    def recorded(self, after: int, limit: int, until: int | None = None) -> list[Recorded]:
        """The same lines as ``rows``, decoded.

        Raises:
            LogDamaged: names the first position that cannot be decoded.
        """
        return [Recorded(row.id, self._entry(row)) for row in self._notifications(after, limit, until)]

    def check(self, rows: int = CHECKED_ROWS) -> None:
        """Check that the last ``rows`` rows are all there and can be decoded.

        Raises:
            LogDamaged: names the first position that is missing or wrong.
        """
        with reading():
            given = self._recorder.last_position_given()
        first = max(1, given - rows + 1)
        present = self._notifications(first - 1, rows, given)
        for _ in checked(present, first, given, self._entry):
            pass

    def rebuild_keys(self) -> None:
        """Fill the key index from the log; each key of a stream stands for its first entry.

        Raises:
            LogDamaged: names the position that cannot be decoded.
            LogUnavailable, OutcomeUnknown: as for a commit.
        """
        with self._writes.one(0):
            self._recorder.replace_keys(keys_of(self._all_entries()))

    def rebuild_missing_keys(self) -> None:
        """Rebuild the key index where it is empty although the log is not."""
        with reading():
            has_keys = self._recorder.has_keys()
        if not has_keys and self.head():
            self.rebuild_keys()

    def wal_bytes(self) -> int:
        """The size of the -wal file; it grows while a reader holds back the checkpoint. 0 where it is gone."""
        wal = wal_of(self.file)
        return wal.stat().st_size if wal.exists() else 0

    def close(self) -> None:
        """Close the database and let go of the lock, once no thread uses them any more; a second call does nothing."""
        self._on_close()

    def _notifications(self, after: int, limit: int, until: int | None) -> Sequence[Notification]:
        with reading():
            return self._recorder.select_notifications(after, limit, until, inclusive_of_start=False)

    def _all_entries(self) -> Iterator[Entry]:
        after = 0
        while page := self.recorded(after, PAGE_ROWS):
            yield from (recorded.entry for recorded in page)
            after = page[-1].seq

    def _entry(self, stored: StoredEvent) -> Entry:
        try:
            return self._mapper.to_domain_event(stored)
        except MapperDeserialisationError as error:
            raise LogDamaged(self._position(stored), str(error)) from error

    def _position(self, stored: StoredEvent) -> int | None:
        if isinstance(stored, Notification):
            return stored.id
        with reading():
            found = self._recorder.select_event(str(stored.originator_id), stored.originator_version)
        return found.id if found else None

    def _conflict(self, entries: Sequence[Entry], keys: Sequence[KeyRow]) -> CommitConflict | OutcomeUnknown:
        """Ask the log what clashed, since the error's text does not say it reliably."""
        first_versions: dict[str, int] = {}
        for entry in entries:
            first_versions.setdefault(entry.stream, entry.version)
        behind = [stream for stream, first in first_versions.items() if self.last_version(stream) != first - 1]
        used = self.find_keys([row.name for row in keys])
        if not behind and not used:
            return OutcomeUnknown("the batch clashes with nothing but itself")
        return CommitConflict([*behind, *(row.stream for row in used)], used)
