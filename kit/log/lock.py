"""One writing process per ledger, by a lock on a file of its own.

Never on the database itself: whoever opens and closes that file by any other means than SQLite drops SQLite's locks.
"""

import fcntl
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from kit.log.errors import LogInUse

HOLDER_BYTES_MAX: Final = 4096


class Holder(Struct, frozen=True):
    """Who holds the lock, as the lock file says it."""

    pid: int
    host: str
    started_at: str


class LogLock:
    """An exclusive lock, held until ``release`` or the end of the process (a forked child would hold it too)."""

    def __init__(self, path: Path) -> None:
        """Take the lock, creating its file where there is none.

        Raises:
            LogInUse: another process holds it.
        """
        self.path = path
        self._descriptor: int | None = _locked(path)
        _introduce(self._descriptor)

    def release(self) -> None:
        """Let go; a second call does nothing. The file stays, since removing it would race with the next holder."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def _locked(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _in_use(path, os.pread(descriptor, HOLDER_BYTES_MAX, 0)) from None
    else:
        held, descriptor = descriptor, -1
        return held
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _introduce(descriptor: int) -> None:
    holder = Holder(os.getpid(), socket.gethostname(), datetime.now(UTC).isoformat(timespec="seconds"))
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, msgspec.json.encode(holder) + b"\n", 0)


def _in_use(path: Path, written: bytes) -> LogInUse:
    holder = _holder(written)
    if holder is None:
        return LogInUse(path, None, None, None)
    return LogInUse(path, holder.pid, holder.host, holder.started_at)


def introduced(path: Path) -> Holder | None:
    """Who wrote itself into the lock file last, whether or not it holds the lock still."""
    try:
        with path.open("rb") as file:
            return _holder(file.read(HOLDER_BYTES_MAX))
    except FileNotFoundError:
        return None


def _holder(written: bytes) -> Holder | None:
    try:
        return msgspec.json.decode(written, type=Holder)
    except msgspec.MsgspecError:
        return None
