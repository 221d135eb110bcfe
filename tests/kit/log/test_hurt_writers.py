"""Writers that are killed, run out of disk or cannot sync keep in the log what they acknowledged, and guess nothing."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from kit.log.errors import LogInUse
from kit.log.files import LOG_FILE
from kit.log.opening import open_log

ROOT: Final = Path(__file__).parents[3]
WRITER: Final = (sys.executable, "-m", "tests.kit.log.writer")


def run(*command: str) -> list[str]:
    """The lines that a writer printed before its input ended."""
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.split()


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def can_trace() -> bool:
    return shutil.which("strace") is not None and not subprocess.call(("strace", "-qq", "-o", "/dev/null", "true"))


def failing_to_sync(file: Path, first_failure: int, *command: str) -> list[str]:
    """Run ``command`` so that every fdatasync of ``file`` from the ``first_failure``-th on fails with EIO."""
    if not can_trace():
        pytest.skip("strace is missing, or may not trace here")
    inject = f"inject=fdatasync:error=EIO:when={first_failure}+"
    return run(
        "strace", "-f", "-qq", "-o", "/dev/null", "-P", str(file), "-e", "trace=fdatasync", "-e", inject, *command
    )


def positions(data_dir: Path) -> list[int]:
    log = open_log(data_dir)
    found = [row.seq for row in log.rows(0, 100_000)]
    log.close()
    return found


def test_whatever_was_acknowledged_before_a_kill_is_in_the_log(tmp_path: Path) -> None:
    with running(*WRITER, str(tmp_path), "1000000") as writer:
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline().strip() for _ in range(201)][1:]
        writer.send_signal(signal.SIGKILL)
    found = positions(tmp_path)
    assert found[:200] == [int(seq) for seq in acknowledged] == list(range(1, 201))
    assert found == list(range(1, len(found) + 1))


def test_another_process_is_named_while_it_lives_and_locks_nobody_out_once_killed(tmp_path: Path) -> None:
    with running(*WRITER, str(tmp_path), "0") as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        with pytest.raises(LogInUse, match=f"log is in use by pid {writer.pid}"):
            open_log(tmp_path)
    open_log(tmp_path).close()


def test_on_a_full_disk_nothing_is_written_and_it_goes_on_once_there_is_room(tmp_path: Path) -> None:
    said = run(*WRITER, str(tmp_path), "40", "5000", "200000")
    failed = said.index("LogUnavailable")
    assert said == ["ready", *map(str, range(1, failed)), "LogUnavailable", *map(str, range(failed, 40))]
    assert failed > 2
    assert positions(tmp_path) == list(range(1, 40))


def test_after_a_failed_sync_of_a_commit_the_outcome_is_unknown_and_nothing_more_is_taken(tmp_path: Path) -> None:
    open_log(tmp_path).close()
    said = failing_to_sync(tmp_path / f"{LOG_FILE}-wal", 6, *WRITER, str(tmp_path), "10")
    acknowledged = said.index("OutcomeUnknown") - 1
    assert said == ["ready", *map(str, range(1, acknowledged + 1)), *["OutcomeUnknown"] * (10 - acknowledged)]
    assert acknowledged >= 1
    assert positions(tmp_path)[:acknowledged] == list(range(1, acknowledged + 1))


def test_a_failed_sync_of_a_checkpoint_is_not_passed_over(tmp_path: Path) -> None:
    open_log(tmp_path).close()
    said = failing_to_sync(tmp_path / LOG_FILE, 1, *WRITER, str(tmp_path), "8", "1000000")
    assert said[:2] == ["ready", "1"]
    assert said[-1] == "OutcomeUnknown"
    acknowledged = said.index("OutcomeUnknown") - 1
    assert positions(tmp_path)[:acknowledged] == list(range(1, acknowledged + 1))
