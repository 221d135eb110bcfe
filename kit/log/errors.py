"""What can go wrong with the log, by what it means for a command: nothing written, unknown, or stop."""

from collections.abc import Iterable
from pathlib import Path

from kit.log.keys import KeyRow


class LogError(Exception):
    """The log could not do what was asked."""


class LogRefused(LogError):
    """The log cannot be opened safely; ``subject`` names the file or setting, ``why`` ends the sentence."""

    def __init__(self, subject: object, why: str) -> None:
        self.subject = str(subject)
        self.why = why
        super().__init__(f"{subject} {why}")


class LogInUse(LogError):
    """Another process writes this log; ``pid`` is None in the instant before that one has said who it is."""

    def __init__(self, path: Path, pid: int | None, host: str | None, started_at: str | None) -> None:
        self.path = path
        self.pid = pid
        self.host = host
        self.started_at = started_at
        holder = "another process" if pid is None else f"pid {pid} on {host} since {started_at}"
        super().__init__(f"log is in use by {holder} ({path})")


class LogDamaged(LogError):
    """What is stored cannot be right; ``seq`` is the first position that is wrong, None where no row is to blame."""

    def __init__(self, seq: int | None, why: str) -> None:
        self.seq = seq
        self.why = why
        super().__init__(f"log is damaged: {why}" if seq is None else f"log is damaged at position {seq}: {why}")


class EntryMissing(LogError, LookupError):
    """The stream has no entry with this version."""

    def __init__(self, stream: str, version: int) -> None:
        self.stream = stream
        self.version = version
        super().__init__(f"{stream} has no version {version}")


class CommitConflict(LogError):
    """Nothing was written: others wrote to ``streams`` first, or used ``keys`` (their rows as the log has them)."""

    def __init__(self, streams: Iterable[str], keys: Iterable[KeyRow]) -> None:
        self.streams = frozenset(streams)
        self.keys = tuple(keys)
        super().__init__(f"another commit came first in {', '.join(sorted(self.streams))}")


class LogUnavailable(LogError):
    """Nothing was written or read: the disk is full, or the database locked. The same may work later."""


class OutcomeUnknown(LogError):
    """The commit may or may not be in the log. Only a new start, which reads the log, can tell."""


class LogLost(OutcomeUnknown):
    """The log's files are no longer those that were opened: what was committed may be out of everyone's reach."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"the log's file is gone or was replaced: {path}")
