"""What a failure of SQLite means, by its code and never by its text."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from eventsourcing.persistence import (
    ConnectionPoolClosedError,
    ConnectionUnavailableError,
    IntegrityError,
    PersistenceError,
)

from kit.log.connections import CannotConnect
from kit.log.errors import LogDamaged, LogError, LogUnavailable, OutcomeUnknown

PRIMARY: Final = 0xFF  # An extended code has its primary code in the low byte: SQLITE_BUSY_SNAPSHOT is a SQLITE_BUSY.

# A transaction that could not be written down, or not even begun, leaves no commit record in the -wal file. A failed
# fsync is another matter: the record may reach the disk, or be on it.
NOTHING_WRITTEN: Final = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR_WRITE}
DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

Failure = PersistenceError | ConnectionPoolClosedError | sqlite3.Error
FAILURES: Final = (PersistenceError, ConnectionPoolClosedError, sqlite3.Error)


@contextmanager
def writing() -> Iterator[None]:
    """Raise ``LogUnavailable`` or ``OutcomeUnknown`` for a failed write; the library's ``IntegrityError`` passes."""
    try:
        yield
    except IntegrityError:
        raise
    except FAILURES as error:
        raise write_fault(error) from error


@contextmanager
def reading() -> Iterator[None]:
    """Raise ``LogUnavailable`` or ``LogDamaged`` for a failed read."""
    try:
        yield
    except FAILURES as error:
        raise read_fault(error) from error


def write_fault(failure: Failure) -> LogUnavailable | OutcomeUnknown:
    """``LogUnavailable`` where certainly nothing was written, else ``OutcomeUnknown``."""
    if isinstance(failure, CannotConnect | ConnectionUnavailableError) or codes(failure) & NOTHING_WRITTEN:
        return LogUnavailable(f"nothing was written: {described(failure)}")
    return OutcomeUnknown(f"whether it was written is unknown: {described(failure)}")


def read_fault(failure: Failure) -> LogError:
    """``LogDamaged`` where the file is not what SQLite wrote, else ``LogUnavailable``."""
    if codes(failure) & DAMAGED:
        return LogDamaged(None, described(failure))
    return LogUnavailable(f"the log is out of reach: {described(failure)}")


def codes(failure: Failure) -> set[int]:
    """SQLite's extended and primary code; none where it was not SQLite that failed."""
    code: int | None = getattr(_from_sqlite(failure), "sqlite_errorcode", None)
    return set() if code is None else {code, code & PRIMARY}


def described(failure: Failure) -> str:
    error = _from_sqlite(failure)
    return f"{getattr(error, 'sqlite_errorname', type(error).__name__)}, {error}"


def _from_sqlite(failure: Failure) -> BaseException:
    """The library wraps each error in one of its own."""
    return failure.__cause__ if isinstance(failure.__cause__, sqlite3.Error) else failure
