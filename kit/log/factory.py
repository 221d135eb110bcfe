"""The library's SQLite infrastructure with our recorders and connections, from settings given explicitly.

``Application`` would let an environment variable choose another recorder, and fall back to memory where none is
named: an acknowledged order must not depend on that.
"""

from pathlib import Path

from eventsourcing.persistence import ApplicationRecorder
from eventsourcing.sqlite import SQLiteAggregateRecorder, SQLiteApplicationRecorder, SQLiteFactory
from eventsourcing.utils import Environment

from kit.log.connections import LogConnectionPool
from kit.log.errors import LogRefused
from kit.log.recorder import LogRecorder
from kit.log.snapshots import SnapshotRecorder


class LogFactory(SQLiteFactory):
    aggregate_recorder_class: type[SQLiteAggregateRecorder] = SnapshotRecorder
    application_recorder_class: type[SQLiteApplicationRecorder] = LogRecorder

    def __init__(self, env: Environment) -> None:
        super().__init__(env)
        library_pool = self.datastore.pool
        library_pool.close()  # It has no connection yet, and the library has no hook to give it another class.
        self.datastore.pool = LogConnectionPool(db_name=library_pool.db_name, lock_timeout=library_pool.lock_timeout)


def log_environment(log_file: Path, lock_timeout_s: int) -> Environment:
    """All that the library is told; ``lock_timeout_s`` is how long a statement waits for another program's lock."""
    settings = {
        "SQLITE_DBNAME": str(log_file),
        "SQLITE_LOCK_TIMEOUT": str(lock_timeout_s),
        "ORIGINATOR_ID_TYPE": "text",
    }
    return Environment("KIT", settings)


def log_recorder(factory: LogFactory) -> LogRecorder:
    """The recorder that writes to the configured file.

    Raises:
        LogRefused: the factory made another one.
    """
    recorder: ApplicationRecorder = factory.application_recorder()
    if type(recorder) is not LogRecorder:
        raise LogRefused(type(recorder).__qualname__, f"is not the log's recorder, {LogRecorder.__qualname__}")
    return recorder
