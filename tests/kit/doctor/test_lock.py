"""Who has the ledger, found out without taking its lock."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kit.doctor.checks.lock import Lock, holding
from kit.doctor.locks import holder_listed, is_alive
from kit.log.lock import Holder, LogLock
from kit.log.opening import open_log
from tests.kit.doctor.scenes import examine, scene, shown

HERE = socket.gethostname()
LISTED = """\
1: POSIX  ADVISORY  READ 300 fe:00:41 128 128
2: FLOCK  ADVISORY  WRITE 11389 fe:00:42 0 EOF
2: -> FLOCK  ADVISORY  WRITE 11390 fe:00:43 0 EOF
"""
pytestmark = pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux lists its locks")


def writer(pid: int, host: str = HERE) -> Holder:
    return Holder(pid, host, "2026-01-05T09:30:00+00:00")


def test_the_kernel_s_list_names_who_holds_a_lock_and_not_who_waits() -> None:
    assert holder_listed(42, LISTED) == 11389
    assert holder_listed(41, LISTED) is None
    assert holder_listed(43, LISTED) is None


def test_without_a_lock_file_nobody_has_the_ledger(tmp_path: Path) -> None:
    (line,) = examine(scene(tmp_path), "lock")
    assert (line.level, line.detail) == ("ok", "nobody has the ledger")


def test_who_holds_the_lock_is_named_and_keeps_it(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    (line,) = examine(scene(tmp_path), "lock")
    log.close()
    assert line.level == "ok"
    assert line.detail.startswith(f"the ledger is in use by pid {os.getpid()} on {HERE} since ")


def test_a_lock_left_behind_harms_nobody_and_is_named(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.kit.log.writer", str(tmp_path), "1"]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    (line,) = examine(scene(tmp_path), "lock")
    assert line.level == "ok"
    assert line.detail.startswith("nobody has the ledger; pid ")


def test_a_lock_file_that_says_nothing_is_no_mistake_of_the_check(tmp_path: Path) -> None:
    path = tmp_path / "kit.lock"
    path.write_bytes(b"\xff{")
    (line,) = examine(scene(tmp_path), "lock")
    assert (line.level, line.detail) == ("ok", "nobody has the ledger")
    lock = LogLock(path)
    path.write_bytes(b"")
    (line,) = examine(scene(tmp_path), "lock")
    lock.release()
    assert (line.level, line.detail) == ("ok", f"pid {os.getpid()} has the ledger")


@pytest.mark.parametrize(
    ("lock", "level", "words"),
    [
        (Lock(writer=writer(7), pid=8, told=True, here=HERE), "warning", "pid 8 holds the lock and did not sign"),
        (Lock(writer=writer(1, "container"), pid=8, told=True, here=HERE), "ok", "in use by pid 1 on container"),
        (Lock(writer=writer(1, "container"), pid=None, told=True, here=HERE), "warning", "cannot be seen from here"),
        (Lock(writer=writer(os.getpid()), pid=None, told=False, here=HERE), "ok", "the ledger is in use by"),
        (Lock(writer=writer(os.getpid()), pid=None, told=True, here=HERE), "ok", "nobody has the ledger; pid"),
    ],
)
def test_what_can_be_known_of_the_holder_is_told(lock: Lock, level: str, words: str) -> None:
    ((told, detail),) = shown([holding(lock)])
    assert told == level
    assert words in detail


def test_a_process_that_has_ended_is_not_alive() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert not is_alive(ended.pid)
    assert is_alive(os.getpid())
