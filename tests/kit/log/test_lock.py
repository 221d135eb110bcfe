"""One process writes a ledger, and the second one learns which."""

import os
from pathlib import Path

import pytest

from kit.log.errors import LogInUse, LogRefused
from kit.log.files import LOCK_FILE
from kit.log.lock import LogLock
from kit.log.log import Log
from kit.log.opening import open_log
from tests.kit.log.entries import deposit


def test_a_second_writer_is_refused_and_told_who_holds_the_log(log: Log) -> None:
    with pytest.raises(LogInUse, match=f"log is in use by pid {os.getpid()}") as refused:
        open_log(log.file.parent)
    assert refused.value.pid == os.getpid()
    assert list(log.commit([deposit(1)])) == [1]


def test_closing_lets_the_next_one_in_and_can_be_repeated(tmp_path: Path) -> None:
    for _ in range(2):
        log = open_log(tmp_path)
        log.close()
        log.close()


def test_a_start_that_fails_lets_go_of_the_lock(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").mkdir()
    for _ in range(2):
        with pytest.raises(LogRefused, match="is not a regular file"):
            open_log(tmp_path)


def test_a_holder_that_has_not_said_who_it_is_is_another_process(tmp_path: Path) -> None:
    path = tmp_path / LOCK_FILE
    lock = LogLock(path)
    path.write_bytes(b"")
    with pytest.raises(LogInUse, match="log is in use by another process") as refused:
        LogLock(path)
    assert refused.value.pid is None
    lock.release()


def test_a_lock_file_left_behind_locks_nobody_out(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).write_text('{"pid":1,"host":"elsewhere","started_at":"2026-01-05T09:30:00+00:00"}')
    open_log(tmp_path).close()
