"""A log whose commits fail as told."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, cast

from domain.events import Entry
from kit.log.errors import LogError, LogUnavailable
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


@contextmanager
def full_disk(log: Log, commits: int | None = None) -> Iterator[None]:
    """Until it is left, ``log`` cannot be written; or until so many ``commits`` have failed."""
    commit, tries = log.commit, count(1)

    def full(entries: Sequence[Entry], keys: Sequence[KeyRow] = ()) -> Sequence[int]:
        if commits is not None and next(tries) > commits:
            return commit(entries, keys)
        raise LogUnavailable("the disk is full")

    log.commit = full  # type: ignore[method-assign]
    try:
        yield
    finally:
        log.commit = commit  # type: ignore[method-assign]
