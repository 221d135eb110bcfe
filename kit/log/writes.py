"""The gate that every write to the log passes: done only while its files stand, and none after an unknown outcome."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from kit.log.connections import MIB
from kit.log.errors import LogLost, LogUnavailable, OutcomeUnknown
from kit.log.faults import writing
from kit.log.files import FileIdentity
from kit.log.recorder import LogRecorder

CHECKPOINT_BYTES: Final = 4 * MIB  # SQLite's own threshold of 1,000 pages.
COMMIT_BYTES: Final = 5 * 4096  # A small commit writes the last pages of both tables and their indexes anew.


class Writes:
    """Writes that are only reported as done while the log's files stand, and none after an unknown outcome."""

    def __init__(self, recorder: LogRecorder, files: tuple[FileIdentity, ...]) -> None:
        self._recorder = recorder
        self._files = files
        self._stopped_by: OutcomeUnknown | None = None
        self._bytes_since_checkpoint = 0

    @contextmanager
    def one(self, size: int) -> Iterator[None]:
        """Run one transaction of about ``size`` bytes.

        Raises:
            IntegrityError: the library's, as it came; the transaction was rolled back.
            LogUnavailable: nothing was written.
            OutcomeUnknown: it may have been written; every later write raises this too.
        """
        if self._stopped_by is not None:
            raise OutcomeUnknown(f"the log stopped: {self._stopped_by}") from self._stopped_by
        try:
            with writing():
                yield
            self._check_files()
            self._checkpoint_when_due(size)
        except OutcomeUnknown as error:
            self._stopped_by = error
            raise

    def _check_files(self) -> None:
        # SQLite goes on writing to a file that was unlinked, and says that all is well.
        for file in self._files:
            if not file.still_stands():
                raise LogLost(file.path)

    def _checkpoint_when_due(self, size: int) -> None:
        """Checkpoint here and not in SQLite, which would hide that the database file could not be synced.

        After such an fsync the pages may be lost although the next one succeeds, and then the -wal file, which has
        them still, would be overwritten. On a full disk the -wal file just keeps them until there is room.
        """
        self._bytes_since_checkpoint += size + COMMIT_BYTES
        if self._bytes_since_checkpoint < CHECKPOINT_BYTES:
            return
        self._bytes_since_checkpoint = 0
        try:
            with writing():
                self._recorder.checkpoint()
        except LogUnavailable:
            return
