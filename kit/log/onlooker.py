"""A look at the log that touches nothing: beside a running gateway, after a crash, or when nobody has it open.

Opened as usual, even for reading, SQLite makes a -shm file or brings the one that is there up to date.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from eventsourcing.persistence import MapperDeserialisationError, Notification

from domain.events import Entry
from kit.log import schema
from kit.log.errors import LogDamaged, LogUnavailable
from kit.log.faults import reading
from kit.log.files import index_of, wal_of
from kit.log.mapper import EntryMapper

BESIDE_A_WAL: Final = "mode=ro&readonly_shm=1"
WITHOUT_A_WAL: Final = "immutable=1"  # Nobody writes; else SQLite would make the files it shares with writers.
LOCK_TIMEOUT_S: Final = 1.0
STEPS_BETWEEN_BEATS: Final = 100_000


class Onlooker:
    """The log in ``log_file``, for reading by the thread that made this; a context manager that closes it.

    Everything raises ``LogDamaged`` where the file is not what SQLite wrote, ``LogUnavailable`` where it cannot be read
    now.
    """

    def __init__(self, log_file: Path) -> None:
        if wal_of(log_file).exists() and not index_of(log_file).exists():
            raise LogUnavailable(f"{wal_of(log_file).name} lacks its index, which only a start of the gateway can make")
        how = BESIDE_A_WAL if wal_of(log_file).exists() else WITHOUT_A_WAL
        with reading():
            uri = f"{log_file.absolute().as_uri()}?{how}"
            self._connection = sqlite3.connect(uri, uri=True, timeout=LOCK_TIMEOUT_S, isolation_level=None)
        self._mapper = EntryMapper()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def definitions(self) -> dict[str, str]:
        """The SQL of every table and trigger, by name."""
        return dict(self._select(schema.SELECT_DEFINITIONS))

    def last_position_given(self) -> int:
        """The highest position ever given, also if the row is gone; 0 in an empty log."""
        rows = self._select(schema.SELECT_LAST_GIVEN)
        return int(rows[0][0]) if rows else 0

    def rows(self, first: int, last: int) -> list[Notification]:
        """What is stored at the positions ``first`` to ``last``."""
        found = self._select(schema.SELECT_STRETCH, (first, last))
        return [Notification(stream, version, topic, state, seq) for seq, stream, version, topic, state in found]

    def entry(self, row: Notification) -> Entry:
        """The entry that is stored in ``row``."""
        try:
            return self._mapper.to_domain_event(row)
        except MapperDeserialisationError as error:
            raise LogDamaged(row.id, str(error)) from error

    def faults_of_the_file(self, beat: Callable[[], None]) -> list[str]:
        """What SQLite's own check of every page and index finds, which takes long; ``beat`` is called on the way."""
        self._connection.set_progress_handler(beat, STEPS_BETWEEN_BEATS)
        found = [str(row[0]) for row in self._select("PRAGMA integrity_check")]
        return [] if found == ["ok"] else found

    def _select(self, statement: str, parameters: tuple[int, ...] = ()) -> list[Any]:
        with reading():
            return self._connection.execute(statement, parameters).fetchall()
