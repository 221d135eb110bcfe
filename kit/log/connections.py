"""Connections to the log, each with the settings that its promises rest on, set and read back."""

import sqlite3
from typing import Final

from eventsourcing.persistence import InterfaceError
from eventsourcing.sqlite import SQLITE3_DEFAULT_LOCK_TIMEOUT, SQLiteConnection, SQLiteConnectionPool

from kit.log.errors import LogRefused

MIB: Final = 1024 * 1024

PRAGMAS: Final[dict[str, str | int]] = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL, the only mode in which a commit that returned is on disk; some builds default to less.
    "fullfsync": 1,  # On macOS an fsync alone does not reach the disk; elsewhere this does nothing.
    "checkpoint_fullfsync": 1,
    "wal_autocheckpoint": 0,  # SQLite's own checkpoint swallows a failed fsync; ours does not (writes.py).
    "journal_size_limit": 64 * MIB,  # What a long reader made of the -wal file is given back.
}


class CannotConnect(InterfaceError):
    """No connection could be made, so nothing was written."""


class LogConnection(SQLiteConnection):
    """A connection that is never given back in the middle of a transaction."""

    def commit(self) -> None:
        try:
            super().commit()
        except sqlite3.Error:
            self.rollback()  # SQLite leaves the transaction open after some errors, and the next BEGIN would fail.
            raise


class LogConnectionPool(SQLiteConnectionPool):
    """The library's pool (one writer at a time, many readers) with our settings."""

    def _create_connection(self) -> SQLiteConnection:
        """Raise ``CannotConnect`` where SQLite does, ``LogRefused`` where it does not keep a setting."""
        try:
            connection = sqlite3.connect(
                self.db_name,
                timeout=self.lock_timeout or SQLITE3_DEFAULT_LOCK_TIMEOUT,
                check_same_thread=False,
                isolation_level=None,
            )
            try:
                settle(connection)
            except BaseException:
                connection.close()
                raise
        except sqlite3.Error as error:
            raise CannotConnect(error) from error
        connection.row_factory = sqlite3.Row
        return LogConnection(sqlite_conn=connection, max_age=self.max_age)


def settle(connection: sqlite3.Connection) -> None:
    """Set every pragma and read it back.

    Raises:
        LogRefused: this SQLite, or this file system, does not keep one.
    """
    for name, wanted in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={wanted}").fetchall()
        (kept,) = connection.execute(f"PRAGMA {name}").fetchone()
        if kept != wanted:
            raise LogRefused(f"PRAGMA {name}", f"is {kept}, must be {wanted}")
