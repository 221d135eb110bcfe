"""Opening the log: every check that must hold before the first command is taken."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kit.log.factory import LogFactory, log_environment, log_recorder
from kit.log.faults import reading
from kit.log.files import LOCK_FILE, LOG_FILE, identity, prepare_directory, prepare_log_file, wal_of
from kit.log.lock import LogLock
from kit.log.log import CHECKED_ROWS, Log
from kit.log.snapshots import Snapshots
from kit.log.writes import Writes

LOCK_TIMEOUT_S: Final = 5
SNAPSHOTS: Final = "snapshots_v1"


def open_log(
    data_dir: Path,
    *,
    snapshots: str = SNAPSHOTS,
    lock_timeout_s: int = LOCK_TIMEOUT_S,
    checked_rows: int = CHECKED_ROWS,
) -> Log:
    """Open the ledger's log in ``data_dir`` for writing, creating it where there is none.

    ``snapshots`` names the table of state snapshots: another name for every shape of the state. ``lock_timeout_s``
    is how long a commit waits while another program holds the database's lock; of the log's end, ``checked_rows`` rows
    are decoded before anything else happens.

    Raises:
        LogInUse: another process writes this log.
        LogRefused: a path, a setting or the recorder is not what it must be.
        LogDamaged: names the position that is missing or cannot be decoded.
        LogUnavailable: the database cannot be read now.
    """
    directory = prepare_directory(data_dir)
    lock = LogLock(directory / LOCK_FILE)
    try:
        prepare_log_file(directory / LOG_FILE)
        factory = LogFactory(log_environment(directory / LOG_FILE, lock_timeout_s))
        return _open_locked(factory, lock, snapshots, checked_rows)
    except BaseException:
        lock.release()
        raise


def _open_locked(factory: LogFactory, lock: LogLock, snapshots: str, checked_rows: int) -> Log:
    def close() -> None:
        factory.close()
        lock.release()  # Last: until the database is closed, nobody else may write to it.

    try:
        log = _assembled(factory, snapshots, close)
        log.check(checked_rows)
        log.rebuild_missing_keys()
    except BaseException:
        factory.close()
        raise
    return log


def _assembled(factory: LogFactory, snapshots: str, close: Callable[[], None]) -> Log:
    with reading():
        recorder = log_recorder(factory)
        snapshot_recorder = factory.aggregate_recorder(purpose=snapshots)
    log_file = Path(factory.datastore.pool.db_name)
    writes = Writes(recorder, (identity(log_file), identity(wal_of(log_file))))
    return Log(log_file, recorder, writes, Snapshots(snapshot_recorder, writes), close)
