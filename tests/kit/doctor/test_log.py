"""The log: looked at without being touched, and named where it is hurt."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kit.doctor.ledger import read_ledger
from kit.doctor.whole_log import read_whole
from kit.log.errors import LogUnavailable
from kit.log.files import LOG_FILE
from kit.log.keys import KeyRow
from kit.log.onlooker import Onlooker
from kit.log.opening import open_log
from tests.kit.doctor.scenes import examine, levels, scene
from tests.kit.log.entries import MAIN, deposits
from tests.kit.log.vandalism import vandalise

Files = dict[str, tuple[bytes, int]]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A closed log of 1,500 entries, more than are read unless all are asked for."""
    log = open_log(tmp_path / "data")
    log.commit(deposits(1, 1_500), [KeyRow(MAIN, "command", "k-1", "d-1", 1)])
    log.close()
    return tmp_path / "data"


@contextmanager
def writing(data_dir: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that has the log open and committed to it; killed at the end."""
    command = [sys.executable, "-m", "tests.kit.log.writer", str(data_dir), "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while process.stdout.readline().strip() != "3":
            pass
        yield process
        process.send_signal(signal.SIGKILL)


def contents(data_dir: Path) -> Files:
    """Every file: what is in it, and when it was written to last."""
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in data_dir.iterdir()}


def test_where_there_is_no_log_there_is_nothing_wrong(tmp_path: Path) -> None:
    (line,) = examine(scene(tmp_path), "log")
    assert line.level == "ok"
    assert line.detail.startswith("nothing here yet")


def test_an_empty_log_is_whole(tmp_path: Path) -> None:
    open_log(tmp_path).close()
    (line,) = examine(scene(tmp_path), "log")
    assert line.level == "ok"
    assert line.detail.startswith("an empty ledger (")


@pytest.mark.parametrize("full", [False, True])
def test_a_whole_log_is_well_and_stays_as_it_is_to_the_byte(data_dir: Path, full: bool) -> None:
    before = contents(data_dir)
    (line,) = examine(scene(data_dir, full=full), "log")
    assert contents(data_dir) == before
    assert line.level == "ok"
    assert line.detail.startswith("1,500 events (")
    assert ("all read and whole" if full else "the last 1,000 read and whole") in line.detail


@pytest.mark.parametrize("full", [False, True])
def test_a_log_is_looked_at_beside_its_writer_and_after_the_writer_was_killed(tmp_path: Path, full: bool) -> None:
    with writing(tmp_path) as writer:
        before = contents(tmp_path)
        assert levels(examine(scene(tmp_path, full=full), "log")) == ["ok"]
        assert contents(tmp_path) == before
    writer.wait()
    before = contents(tmp_path)
    (line,) = examine(scene(tmp_path, full=full), "log")
    assert contents(tmp_path) == before
    assert line.detail.startswith("3 events (")


def test_what_is_read_does_not_hold_the_writer_back(data_dir: Path) -> None:
    log = open_log(data_dir)
    with Onlooker(data_dir / LOG_FILE) as onlooker:
        assert onlooker.last_position_given() == 1_500
        assert list(log.commit(deposits(1_501, 1_501))) == [1_501]
        assert onlooker.last_position_given() == 1_501
    log.close()


@pytest.mark.parametrize(
    ("statement", "detail"),
    [
        (
            "UPDATE stored_events SET topic = 'Nonsense' WHERE rowid = 1499",
            "log is damaged at position 1499: UnknownTopic in a stored Nonsense: Nonsense",
        ),
        ("DELETE FROM stored_events WHERE rowid = 1499", "log is damaged at position 1499: the row is missing"),
        ("DELETE FROM stored_events WHERE rowid > 1499", "log is damaged at position 1500: the row is missing"),
    ],
)
def test_damage_near_the_end_is_named(data_dir: Path, statement: str, detail: str) -> None:
    vandalise(data_dir, statement)
    found = examine(scene(data_dir), "log")
    assert (found[0].level, found[0].detail) == ("problem", detail)
    assert [line.detail for line in found[1:]] == [
        "no_update is missing",
        "no_delete is missing",
        "no_replace is missing",
    ]


@pytest.mark.parametrize(
    ("statement", "detail"),
    [
        ("UPDATE stored_events SET topic = 'Nonsense' WHERE rowid = 2", "log is damaged at position 2: UnknownTopic"),
        ("DELETE FROM stored_events WHERE rowid = 2", "log is damaged at position 2: the row is missing"),
        (
            "UPDATE stored_events SET originator_version = 9999 WHERE rowid = 2",
            "log is damaged at position 2: account:main:paper goes on with version 9999, not 2",
        ),
    ],
)
def test_damage_far_back_is_found_when_all_is_read(data_dir: Path, statement: str, detail: str) -> None:
    vandalise(data_dir, statement)
    open_log(data_dir).close()  # A start puts the triggers back and finds nothing, so that nothing else tells.
    assert levels(examine(scene(data_dir), "log")) == ["ok"]
    (line,) = examine(scene(data_dir, full=True), "log")
    assert line.level == "problem"
    assert line.detail.startswith(detail)


def test_a_trigger_that_another_program_made_is_a_problem_and_no_start_mends_it(data_dir: Path) -> None:
    toothless = "CREATE TRIGGER no_update BEFORE UPDATE ON stored_events BEGIN SELECT 1; END"
    vandalise(data_dir, toothless)
    open_log(data_dir).close()
    (line,) = examine(scene(data_dir), "log")
    assert (line.level, line.detail) == ("problem", "no_update was made by another program")


def test_a_damaged_byte_is_found_by_reading_all(data_dir: Path) -> None:
    file = data_dir / LOG_FILE
    content = bytearray(file.read_bytes())
    place = content.index(b'"amount":"100"')
    content[place] ^= 0x01
    file.write_bytes(content)
    assert levels(examine(scene(data_dir, full=True), "log")) == ["problem"]


@pytest.mark.parametrize("content", [b"this is no database at all", b"SQLite format 3\0" + b"\xff" * 4080])
def test_a_file_that_is_no_database_is_a_problem(tmp_path: Path, content: bytes) -> None:
    (tmp_path / LOG_FILE).write_bytes(content)
    found = examine(scene(tmp_path), "log")
    assert levels(found) == ["problem"]
    assert found[0].detail.startswith("log is damaged: SQLITE_")


def test_a_page_that_is_overwritten_is_found_by_reading_all(data_dir: Path) -> None:
    file = data_dir / LOG_FILE
    with file.open("r+b") as raw:
        raw.seek(file.stat().st_size // 2)
        raw.write(os.urandom(4096))
    assert "problem" in levels(examine(scene(data_dir, full=True), "log"))


def test_a_wal_that_came_without_its_index_is_not_guessed_at(tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        pass
    writer.wait()
    (tmp_path / f"{LOG_FILE}-shm").unlink()
    (line,) = examine(scene(tmp_path), "log")
    assert line.level == "warning"
    assert "lacks its index" in line.detail
    with pytest.raises(LogUnavailable, match="lacks its index"):
        Onlooker(tmp_path / LOG_FILE)


def test_how_far_it_is_is_said_on_the_way(data_dir: Path) -> None:
    told: list[str] = []
    assert read_whole(data_dir / LOG_FILE, told.append) == []
    assert told[0] == "1,500 of 1,500 events"
    assert told[-1] == "the file's pages and indexes"


def test_growth_is_what_the_last_events_took_and_unknown_where_they_are_few_or_young(data_dir: Path) -> None:
    ledger = read_ledger(data_dir / LOG_FILE)
    assert ledger is not None
    first = ledger.tail[0].at
    assert ledger.bytes_a_day(first.replace(day=15)) == pytest.approx(1_000 / 10 * ledger.file_bytes / 1_500)
    assert ledger.bytes_a_day(first) is None
    few = read_ledger(data_dir / LOG_FILE, rows=10)
    assert few is not None
    assert few.bytes_a_day(first.replace(day=15)) is None
