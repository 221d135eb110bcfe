"""The library's SQLite recorder with a key index that is written in the same transaction as the events."""

from collections.abc import Iterable, Sequence
from typing import Any

from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor
from msgspec import convert

from kit.log import schema
from kit.log.keys import KeyName, KeyRow


class LogRecorder(SQLiteApplicationRecorder):
    """``insert_events(events, keys=rows)`` writes both or neither; a position is the ``rowid``, from 1 without gaps."""

    def __init__(self, datastore: Any) -> None:
        super().__init__(datastore)
        self.insert_events_statement = schema.INSERT_EVENT

    def construct_create_table_statements(self) -> list[str]:
        return list(schema.STATEMENTS)

    def _insert_events(
        self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], *, keys: Sequence[KeyRow] = (), **kwargs: Any
    ) -> Sequence[int] | None:
        positions = super()._insert_events(c, stored_events, **kwargs)
        c.executemany(schema.INSERT_KEY, map(key_columns, keys))
        return positions

    def select_keys(self, wanted: Iterable[KeyName]) -> list[KeyRow]:
        """The rows of those names that are in the index, in the order asked for."""
        with self.datastore.transaction(commit=False) as c:
            found = []
            for name in wanted:
                c.execute(schema.SELECT_KEY, name)
                found += [convert(dict(row), KeyRow) for row in c.fetchall()]
            return found

    def select_streams(self) -> list[str]:
        """All stream ids, sorted."""
        with self.datastore.transaction(commit=False) as c:
            c.execute(schema.SELECT_STREAMS)
            return [row[0] for row in c.fetchall()]

    def has_keys(self) -> bool:
        return bool(self._select_one(schema.SELECT_ANY_KEY)[0])

    def replace_keys(self, rows: Iterable[KeyRow]) -> None:
        """Fill the index anew, in one transaction; of several rows with one key the first stays."""
        with self.datastore.transaction(commit=True) as c:
            c.execute(schema.DELETE_KEYS)
            c.executemany(schema.INSERT_FIRST_KEY, map(key_columns, rows))

    def select_event(self, stream: str, version: int) -> Notification | None:
        """The stored event with its position."""
        row = self._select_one(schema.SELECT_EVENT, (stream, version))
        if row is None:
            return None
        return Notification(stream, version, row["topic"], row["state"], row["rowid"])

    def last_position_given(self) -> int:
        """The highest position ever given, also if the row is gone; 0 where there was none."""
        row = self._select_one(schema.SELECT_LAST_GIVEN)
        return int(row[0]) if row else 0

    def checkpoint(self) -> None:
        """Move what the -wal file holds into the database, as far as no reader stands in the way.

        Raises:
            sqlite3.Error: as SQLite says it, a failed fsync included.
        """
        with self.datastore.get_connection(commit=True) as connection, connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
            cursor.fetchall()

    def _select_one(self, statement: str, parameters: tuple[str | int, ...] = ()) -> Any:
        with self.datastore.transaction(commit=False) as c:
            c.execute(statement, parameters)
            return c.fetchone()


def key_columns(row: KeyRow) -> tuple[str | int, ...]:
    return (*row.name, row.stream, row.digest, row.version)
