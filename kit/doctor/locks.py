"""Who holds a lock on a file, as the kernel lists them, without taking the lock: that could lock a gateway out."""

import os
from pathlib import Path
from typing import Final

LOCKS: Final = Path("/proc/locks")


def holder_of(file: Path) -> tuple[int | None, bool]:
    """The process that holds the lock on ``file``, None where none does; and whether the kernel tells at all."""
    try:
        text = LOCKS.read_text("utf-8")
    except OSError:
        return None, False
    return holder_listed(file.stat().st_ino, text), True


def holder_listed(inode: int, locks: str) -> int | None:
    """``1: FLOCK  ADVISORY  WRITE 11389 fe:00:2318961 0 EOF``; who only waits stands behind an arrow.

    The device is not compared: some file systems have another one here than in a file's status.
    """
    for line in locks.splitlines():
        words = line.split()
        if len(words) >= 6 and words[1] == "FLOCK" and words[5].rpartition(":")[2] == str(inode):
            return int(words[4])
    return None


def is_alive(pid: int) -> bool:
    """Whether there is such a process on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
