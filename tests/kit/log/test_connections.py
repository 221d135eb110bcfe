"""Every connection keeps the settings that durability rests on."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from eventsourcing.sqlite import SQLiteApplicationRecorder

from kit.log import connections
from kit.log.connections import LogConnectionPool, settle
from kit.log.errors import LogDamaged, LogRefused
from kit.log.factory import LogFactory, log_environment, log_recorder
from kit.log.files import LOG_FILE
from kit.log.opening import open_log


def test_every_connection_of_the_pool_is_in_wal_mode_with_full_synchronous(tmp_path: Path) -> None:
    pool = LogConnectionPool(db_name=str(tmp_path / LOG_FILE), lock_timeout=3)
    first, second = pool.get_connection(), pool.get_connection()
    for connection in (first, second):
        with connection.cursor() as cursor:
            values = [
                cursor.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "synchronous", "busy_timeout", "journal_size_limit", "wal_autocheckpoint")
            ]
        assert values == ["wal", 2, 3000, 64 * 1024 * 1024, 0]
        pool.put_connection(connection)
    pool.close()


def test_a_database_that_does_not_keep_a_setting_is_refused() -> None:
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(LogRefused, match="journal_mode is memory"):
        settle(connection)


def test_a_setting_that_does_not_stick_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections.PRAGMAS, "journal_size_limit", -7)  # SQLite makes -1 of it.
    with pytest.raises(LogRefused, match="PRAGMA journal_size_limit is -1, must be -7"):
        open_log(tmp_path)


def test_the_environment_of_the_process_chooses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERSISTENCE_MODULE", "eventsourcing.popo")
    monkeypatch.setenv("KIT_SQLITE_DBNAME", ":memory:")
    monkeypatch.setenv("APPLICATION_RECORDER_TOPIC", "eventsourcing.sqlite:SQLiteApplicationRecorder")
    open_log(tmp_path).close()
    assert (tmp_path / LOG_FILE).stat().st_size > 0


def test_any_other_recorder_is_refused(tmp_path: Path) -> None:
    environment = log_environment(tmp_path / LOG_FILE, 1)
    environment["APPLICATION_RECORDER_TOPIC"] = "eventsourcing.sqlite:SQLiteApplicationRecorder"
    factory = LogFactory(environment)
    with pytest.raises(LogRefused, match=SQLiteApplicationRecorder.__qualname__):
        log_recorder(factory)
    factory.close()


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / LOG_FILE).write_bytes(b"not a database, but long enough to look like one" * 100)
    with pytest.raises(LogDamaged, match="SQLITE_NOTADB"):
        open_log(tmp_path)
