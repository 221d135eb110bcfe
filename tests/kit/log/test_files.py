"""The ledger's files belong to one user, and must stay the files that were opened."""

import stat
from pathlib import Path

import pytest

from kit.log.errors import LogLost, LogRefused, OutcomeUnknown
from kit.log.files import LOG_FILE, wal_of
from kit.log.log import Log
from kit.log.opening import open_log
from tests.kit.log.entries import deposit


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_directory_and_all_files_in_it_are_for_their_owner_alone(log: Log) -> None:
    log.commit([deposit(1)])
    assert permissions(log.file.parent) == 0o700
    files = list(log.file.parent.iterdir())
    assert {file.name for file in files} == {LOG_FILE, f"{LOG_FILE}-wal", f"{LOG_FILE}-shm", "kit.lock"}
    assert {permissions(file) for file in files} == {0o600}


def test_a_log_file_that_others_could_read_is_made_private(tmp_path: Path) -> None:
    open_log(tmp_path).close()
    (tmp_path / LOG_FILE).chmod(0o644)
    open_log(tmp_path).close()
    assert permissions(tmp_path / LOG_FILE) == 0o600


def test_a_directory_that_everyone_can_write_to_is_refused_unless_it_is_sticky(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    with pytest.raises(LogRefused, match="can be written to by everyone"):
        open_log(tmp_path)
    tmp_path.chmod(0o1777)
    open_log(tmp_path).close()


def test_a_symlink_to_a_directory_is_refused_and_the_real_one_named(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(LogRefused, match=r"is a symlink.*/real"):
        open_log(tmp_path / "link")


def test_a_log_file_that_is_a_symlink_is_refused(tmp_path: Path) -> None:
    (tmp_path / LOG_FILE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LogRefused, match="is a symlink"):
        open_log(tmp_path)


def test_a_path_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(LogRefused, match="cannot be made a directory"):
        open_log(tmp_path / "data")


def test_nothing_is_acknowledged_into_an_unlinked_log(log: Log) -> None:
    log.file.unlink()
    with pytest.raises(LogLost, match=LOG_FILE):
        log.commit([deposit(1)])


def test_nothing_is_acknowledged_once_another_file_stands_in_the_log_s_place(log: Log) -> None:
    log.file.rename(log.file.with_name("moved.sqlite"))
    log.file.write_bytes(b"")
    with pytest.raises(LogLost):
        log.commit([deposit(1)])


def test_nothing_is_acknowledged_into_an_unlinked_wal(log: Log) -> None:
    wal_of(log.file).unlink()
    with pytest.raises(LogLost, match="-wal"):
        log.commit([deposit(1)])


def test_after_an_unknown_outcome_nothing_more_is_written(log: Log) -> None:
    moved = log.file.rename(log.file.with_name("moved.sqlite"))
    with pytest.raises(LogLost):
        log.commit([deposit(1)])
    moved.rename(log.file)
    with pytest.raises(OutcomeUnknown, match="the log stopped"):
        log.commit([deposit(2)])
    with pytest.raises(OutcomeUnknown, match="the log stopped"):
        log.snapshots.save("gateway", 1, b"{}")
    assert log.head() == 1


def test_a_log_whose_file_is_gone_but_not_its_wal_is_not_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite-wal").write_bytes(b"committed")
    with pytest.raises(LogRefused, match=r"but ledger\.sqlite-wal is there"):
        open_log(tmp_path)
    assert (tmp_path / "ledger.sqlite-wal").read_bytes() == b"committed"
    assert not (tmp_path / "ledger.sqlite").exists()
