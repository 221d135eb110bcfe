"""Snapshots shorten a start and are never needed."""

from pathlib import Path

from kit.log.log import Log
from kit.log.opening import open_log
from tests.kit.log.entries import MAIN


def test_a_stream_without_a_snapshot_has_none(log: Log) -> None:
    assert log.snapshots.latest(MAIN) is None


def test_the_newest_snapshot_is_found_and_older_ones_are_not_kept(log: Log) -> None:
    log.snapshots.save(MAIN, 10, b'{"free":"1"}')
    log.snapshots.save(MAIN, 20, b'{"free":"2"}')
    log.snapshots.save("gateway", 5, b"{}")
    assert log.snapshots.latest(MAIN) == (20, b'{"free":"2"}')
    assert log.snapshots.latest("gateway") == (5, b"{}")


def test_a_snapshot_that_is_there_already_stays_as_it_is(log: Log) -> None:
    log.snapshots.save(MAIN, 10, b"first")
    log.snapshots.save(MAIN, 10, b"second")
    assert log.snapshots.latest(MAIN) == (10, b"first")


def test_an_older_state_saved_late_does_not_hide_the_newer_one(log: Log) -> None:
    log.snapshots.save(MAIN, 20, b"new")
    log.snapshots.save(MAIN, 10, b"old")
    assert log.snapshots.latest(MAIN) == (20, b"new")


def test_snapshots_outlive_the_process_but_not_a_change_of_the_state_s_shape(tmp_path: Path) -> None:
    log = open_log(tmp_path, snapshots="snapshots_v1")
    log.snapshots.save(MAIN, 10, b"state")
    log.close()
    log = open_log(tmp_path, snapshots="snapshots_v2")
    assert log.snapshots.latest(MAIN) is None
    log.close()
    log = open_log(tmp_path, snapshots="snapshots_v1")
    assert log.snapshots.latest(MAIN) == (10, b"state")
    log.close()
