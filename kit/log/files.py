"""Where a ledger lives: a directory and files that nobody else may write to, and whether they are still the same."""

import os
import stat
from pathlib import Path
from typing import Final

from msgspec import Struct

from kit.log.errors import LogRefused

LOG_FILE: Final = "ledger.sqlite"
LOCK_FILE: Final = "kit.lock"


class FileIdentity(Struct, frozen=True):
    """Which file a path named when it was opened."""

    path: Path
    device: int
    inode: int

    def still_stands(self) -> bool:
        """Whether the path still names that file; only asks for its status, since opening it would drop locks."""
        try:
            now = self.path.stat()
        except OSError:
            return False
        return (now.st_dev, now.st_ino) == (self.device, self.inode) and now.st_nlink >= 1


def identity(path: Path) -> FileIdentity:
    now = path.stat()
    return FileIdentity(path, now.st_dev, now.st_ino)


def wal_of(log_file: Path) -> Path:
    """Where SQLite keeps what is committed and not yet moved into the database."""
    return log_file.with_name(f"{log_file.name}-wal")


def index_of(log_file: Path) -> Path:
    """Where SQLite keeps the index of the -wal file, shared by all who have the log open."""
    return log_file.with_name(f"{log_file.name}-shm")


def prepare_directory(data_dir: Path) -> Path:
    """Create the directory for its owner alone, or check the one that is there; return its absolute path.

    Raises:
        LogRefused: it is a symlink, or others could replace the files in it.
    """
    directory = Path(os.path.abspath(data_dir))  # noqa: PTH100 - resolve() would follow the symlink refused below.
    if directory.is_symlink():
        raise LogRefused(directory, f"is a symlink; name the directory itself: {directory.resolve()}")
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LogRefused(directory, f"cannot be made a directory: {error.strerror}") from error
    mode = directory.stat().st_mode
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        raise LogRefused(directory, "can be written to by everyone; take that right away (chmod o-w)")
    return directory


def prepare_log_file(path: Path) -> None:
    """Create an empty log file that only its owner can read, or make the one that is there so.

    SQLite gives the files beside it the same mode. Call it with the lock held and no connection open.

    Raises:
        LogRefused: it is a symlink or no file at all, or cannot be made private.
    """
    if path.is_symlink():
        raise LogRefused(path, "is a symlink; the log must be a file of its own")
    exists = path.exists()
    if not exists and wal_of(path).exists():
        # An empty database beside it would make SQLite throw away what was committed and not yet checkpointed.
        raise LogRefused(path, f"is missing, but {wal_of(path).name} is there: put the log back, or move both away")
    if exists and not path.is_file():
        raise LogRefused(path, "is not a regular file")
    try:
        if exists:
            path.chmod(0o600)
        else:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600))
    except OSError as error:
        raise LogRefused(path, f"cannot be made private: {error.strerror}") from error
