"""A log whose commits fail as told."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, cast

from domain.events import Entry
from kit.log.errors import LogError
from kit.log.keys import KeyRow
from kit.log.log import Log


class UnreliableLog:
    """Everything is the real log's; the next commits raise ``failures``, the first ``written`` of them too late."""

    def __init__(self, log: Log, *failures: LogError, written: int = 0) -> None:
        self._log = log
        self._failures = deque(failures)
        self._written = written
        self.before_commit: Callable[[], None] = lambda: None

    def commit(self, entries: Sequence[Entry], keys: Sequence[KeyRow] = ()) -> Sequence[int]:
        self.before_commit()
        if not self._failures:
            return self._log.commit(entries, keys)
        if self._written > 0:
            self._written -= 1
            self._log.commit(entries, keys)
        raise self._failures.popleft()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    @property
    def as_log(self) -> Log:
        return cast(Log, self)
