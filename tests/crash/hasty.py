"""A gateway that answers before it writes, so that the crash test can show that it notices.

``python -m tests.crash.hasty`` takes the settings of ``kit gateway``. What happens on accounts is written a moment
later.
"""

import os
import sys
from collections.abc import Sequence
from threading import Lock, Timer
from typing import Any, Final

from domain.events import Entry, Recorded
from kit.gateway.main import run
from kit.log import opening
from kit.log.keys import KeyRow
from kit.log.log import Log

PROGRAM: Final = (sys.executable, "-m", "tests.crash.hasty")
LATE_S: Final = 0.3


class HastyLog(Log):
    """Says that a batch is written when it has only been told of it."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._lock = Lock()
        self._late: dict[tuple[str, int], Recorded] = {}
        self._batches: list[tuple[Sequence[Entry], Sequence[KeyRow]]] = []

    def commit(self, entries: Sequence[Entry], keys: Sequence[KeyRow] = ()) -> Sequence[int]:
        with self._lock:
            if not all(entry.stream.startswith("account:") for entry in entries):
                self._write_all()
                return super().commit(entries, keys)
            first = self.head() + len(self._late) + 1
            self._batches.append((entries, keys))
            for seq, entry in enumerate(entries, start=first):
                self._late[entry.stream, entry.version] = Recorded(seq, entry)
        Timer(LATE_S, self.write_all).start()
        return range(first, first + len(entries))

    def read_entry(self, stream: str, version: int) -> Recorded:
        return self._late.get((stream, version)) or super().read_entry(stream, version)

    def write_all(self) -> None:
        with self._lock:
            self._write_all()

    def _write_all(self) -> None:
        for entries, keys in self._batches:
            super().commit(entries, keys)
        self._batches.clear()
        self._late.clear()


if __name__ == "__main__":
    opening.Log = HastyLog  # type: ignore[assignment, attr-defined]
    sys.exit(run(os.environ))
