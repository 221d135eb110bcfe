"""What the SQLite that Python was built with is known for."""

import sqlite3

Version = tuple[int, int, int]

WAL_RESET_FIXED: Version = (3, 51, 3)
WAL_RESET_BACKPORTS: dict[tuple[int, int], int] = {(3, 44): 6, (3, 50): 7}


def sqlite_version() -> Version:
    major, minor, patch = sqlite3.sqlite_version_info[:3]
    return major, minor, patch


def has_wal_reset_fix(version: Version) -> bool:
    """Whether two connections that write or checkpoint at the same moment can no longer corrupt the file.

    Ours never do, since one process writes and only its writer checkpoints; health says it for those who let another
    program at the file.
    """
    backport = WAL_RESET_BACKPORTS.get(version[:2])
    return version >= WAL_RESET_FIXED or (backport is not None and version[2] >= backport)
