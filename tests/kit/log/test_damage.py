"""A start refuses what cannot be right and names the position; nothing is skipped in silence."""

from pathlib import Path

import pytest

from kit.log.errors import LogDamaged
from kit.log.keys import KeyRow
from kit.log.opening import open_log
from tests.kit.log.entries import MAIN, deposit, deposits
from tests.kit.log.vandalism import vandalise


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A closed log of three entries."""
    log = open_log(tmp_path)
    log.commit(deposits(1, 3), [KeyRow(MAIN, "command", "k-1", "d-1", 1)])
    log.close()
    return tmp_path


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE stored_events SET topic = 'FundsInvented' WHERE rowid = 2", "UnknownTopic in a stored FundsInvented"),
        ("UPDATE stored_events SET topic = 'FundsDeposited.2' WHERE rowid = 2", "UnknownTopic"),
        ("UPDATE stored_events SET topic = 'this:s' WHERE rowid = 2", "UnknownTopic"),
        ("UPDATE stored_events SET state = x'7b7d' WHERE rowid = 2", "missing required field"),
        ("UPDATE stored_events SET state = x'7b' WHERE rowid = 2", "DecodeError"),
        ("UPDATE stored_events SET state = x'ff' WHERE rowid = 2", "in a stored FundsDeposited"),
        ("UPDATE stored_events SET state = replace(state, '-100', '-101') WHERE rowid = 2", "leave -1 USDT over"),
        ("UPDATE stored_events SET state = replace(state, '-100', '1E+999999') WHERE rowid = 2", "in a stored"),
        ("DELETE FROM stored_events WHERE rowid = 2", "the row is missing"),
    ],
)
def test_a_row_that_cannot_be_right_stops_the_start_and_is_named(data_dir: Path, statement: str, why: str) -> None:
    vandalise(data_dir, statement)
    with pytest.raises(LogDamaged, match=f"position 2: .*{why}") as damaged:
        open_log(data_dir)
    assert damaged.value.seq == 2


def test_rows_missing_at_the_end_are_noticed(data_dir: Path) -> None:
    vandalise(data_dir, "DELETE FROM stored_events WHERE rowid > 1")
    with pytest.raises(LogDamaged) as damaged:
        open_log(data_dir)
    assert damaged.value.seq == 2


def test_a_row_that_no_program_of_ours_wrote_is_noticed(data_dir: Path) -> None:
    foreign = "SELECT NULL, 'account:x:paper', 1, topic, x'00' FROM stored_events WHERE rowid = 1"
    vandalise(data_dir, f"INSERT INTO stored_events {foreign}")
    with pytest.raises(LogDamaged) as damaged:
        open_log(data_dir)
    assert damaged.value.seq == 4


def test_damage_further_back_than_the_start_looks_is_named_when_it_is_read(data_dir: Path) -> None:
    vandalise(data_dir, "UPDATE stored_events SET topic = 'FundsInvented' WHERE rowid = 2")
    log = open_log(data_dir, checked_rows=1)
    with pytest.raises(LogDamaged, match="position 2"):
        log.recorded(0, 10)
    with pytest.raises(LogDamaged, match="position 2"):
        list(log.read_stream(MAIN))
    with pytest.raises(LogDamaged, match="position 2"):
        log.read_entry(MAIN, 2)
    assert [row.seq for row in log.rows(0, 10)] == [1, 2, 3]
    log.close()


def test_a_start_puts_missing_triggers_back(data_dir: Path) -> None:
    vandalise(data_dir)
    open_log(data_dir).close()
    vandalise(data_dir)  # Fails where there is no trigger to drop.


def test_versions_go_on_where_they_were(data_dir: Path) -> None:
    log = open_log(data_dir)
    assert list(log.commit([deposit(4)])) == [4]
    assert log.last_version(MAIN) == 4
    log.close()
