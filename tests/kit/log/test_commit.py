"""What a commit writes, and what it says where it cannot."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kit.log.errors import CommitConflict, LogUnavailable, OutcomeUnknown
from kit.log.keys import KeyRow, keys_of
from kit.log.log import Log
from kit.log.opening import open_log
from tests.kit.log.entries import MAIN, deposit, deposits, fill

OTHER = "account:savings:paper"


def test_an_empty_log_has_head_zero(log: Log) -> None:
    assert log.head() == 0
    assert log.last_version(MAIN) == 0
    assert log.recorded(0, 10) == []


def test_a_commit_returns_positions_in_order_and_the_log_gives_back_the_same_entries(log: Log) -> None:
    entries = [deposit(1), deposit(1, OTHER), deposit(2)]
    assert list(log.commit(entries)) == [1, 2, 3]
    assert [recorded.entry for recorded in log.recorded(0, 10)] == entries
    assert log.head() == 3
    assert (log.last_version(MAIN), log.last_version(OTHER)) == (2, 1)


def test_what_was_committed_is_there_after_closing_and_opening_again(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    log.commit(deposits(1, 3))
    log.close()
    log = open_log(tmp_path)
    assert list(log.read_stream(MAIN)) == deposits(1, 3)
    assert list(log.commit([deposit(4)])) == [4]
    log.close()


def test_events_and_keys_are_written_together(log: Log) -> None:
    entry = deposit(1, key="k-1", digest="abc")
    log.commit([entry], list(keys_of([entry])))
    assert log.find_key(MAIN, "command", "k-1") == KeyRow(MAIN, "command", "k-1", "abc", 1)
    assert log.find_key(MAIN, "trade", "k-1") is None
    assert log.find_key(OTHER, "command", "k-1") is None


def test_a_used_key_rolls_back_the_whole_batch_and_is_named_as_the_log_has_it(log: Log) -> None:
    first = KeyRow(MAIN, "command", "k-1", "abc", 1)
    log.commit([deposit(1)], [first])
    with pytest.raises(CommitConflict) as conflict:
        log.commit([deposit(1, OTHER), deposit(2)], [KeyRow(MAIN, "command", "k-1", "other", 2)])
    assert conflict.value.keys == (first,)
    assert conflict.value.streams == {MAIN}
    assert log.head() == 1


def test_a_used_version_names_only_the_stream_that_is_behind(log: Log) -> None:
    log.commit(deposits(1, 2))
    with pytest.raises(CommitConflict) as conflict:
        log.commit([deposit(1, OTHER), deposit(2), deposit(3)])
    assert conflict.value.streams == {MAIN}
    assert conflict.value.keys == ()
    assert log.last_version(OTHER) == 0


def test_a_version_that_would_leave_a_gap_is_a_conflict_too(log: Log) -> None:
    log.commit([deposit(1)])
    with pytest.raises(CommitConflict) as conflict:
        log.commit([deposit(3)])
    assert conflict.value.streams == {MAIN}


def test_a_refused_batch_uses_up_no_position(log: Log) -> None:
    log.commit([deposit(1)])
    with pytest.raises(CommitConflict):
        log.commit([deposit(1, OTHER), deposit(1)])
    assert list(log.commit([deposit(2)])) == [2]


def test_a_batch_that_clashes_with_itself_is_not_blamed_on_others(log: Log) -> None:
    with pytest.raises(OutcomeUnknown, match="itself"):
        log.commit([deposit(1), deposit(1)])


def test_a_key_can_be_recorded_without_an_event(log: Log) -> None:
    assert list(log.commit([], [KeyRow(MAIN, "command", "k-1", "abc", 0)])) == []
    assert log.find_key(MAIN, "command", "k-1") is not None


def test_one_trade_id_is_booked_once(log: Log) -> None:
    first, again = fill(1, "t-1"), fill(2, "t-1")
    log.commit([first], list(keys_of([first])))
    with pytest.raises(CommitConflict):
        log.commit([again], list(keys_of([again])))


def test_a_locked_database_is_unavailable_and_works_again_once_it_is_free(log: Log) -> None:
    with closing(sqlite3.connect(log.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LogUnavailable, match="SQLITE_BUSY"):
            log.commit([deposit(1)])
        assert log.head() == 0
        other.execute("ROLLBACK")
    assert list(log.commit([deposit(1)])) == [1]
