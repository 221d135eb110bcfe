"""What a stopped gateway left on disk, read from a copy so that looking changes nothing."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from msgspec import convert

from domain import codec
from domain.account import Account
from domain.events import Entry, Recorded
from domain.evolve import evolve_entry
from kit.log.files import LOG_FILE
from kit.log.keys import KeyRow
from kit.log.log import StoredRow
from projections import orders, views
from projections.log_frame import log_frame, stored_frame
from projections.views import Views

EVENTS = (
    "SELECT rowid AS seq, originator_id AS stream, originator_version AS version, topic, state"
    " FROM stored_events ORDER BY rowid"
)
KEYS = "SELECT stream, scope, key, digest, version FROM idempotency"


class Step(NamedTuple):
    """One entry of an account, with the account before and after it."""

    before: Account
    entry: Entry
    after: Account


class Evidence:
    """The log's rows up to ``seq`` (all of them, where none is given), and the whole key index."""

    def __init__(self, rows: Sequence[StoredRow], keys: Sequence[KeyRow]) -> None:
        self.rows = rows
        self.keys = keys

    @classmethod
    def of(cls, data_dir: Path) -> "Evidence":
        """Read the log in ``data_dir``, which no process has open."""
        with TemporaryDirectory() as copy:
            for file in data_dir.glob(f"{LOG_FILE}*"):
                shutil.copy(file, copy)
            with closing(sqlite3.connect(Path(copy) / LOG_FILE)) as connection:
                connection.row_factory = sqlite3.Row
                rows = [convert(dict(row), StoredRow) for row in connection.execute(EVENTS)]
                keys = [convert(dict(row), KeyRow) for row in connection.execute(KEYS)]
        return cls(rows, keys)

    def until(self, seq: int) -> "Evidence":
        """The log as it was when it ended at ``seq``."""
        return Evidence([row for row in self.rows if row.seq <= seq], self.keys)

    @cached_property
    def recorded(self) -> list[Recorded]:
        return [
            Recorded(row.seq, Entry(row.stream, row.version, *codec.decode(row.topic, row.state))) for row in self.rows
        ]

    @property
    def entries(self) -> Iterator[Entry]:
        return (recorded.entry for recorded in self.recorded)

    @property
    def steps(self) -> Iterator[Step]:
        """Every account replayed from its first event, in the order of the log."""
        accounts: dict[str, Account] = {}
        for entry in self.entries:
            if entry.stream.startswith("account:"):
                before = accounts.get(entry.stream) or Account(id=entry.stream)
                accounts[entry.stream] = evolve_entry(before, entry)
                yield Step(before, entry, accounts[entry.stream])

    @cached_property
    def accounts(self) -> dict[str, Account]:
        """Every account by its stream, after its last event."""
        return {step.entry.stream: step.after for step in self.steps}

    @cached_property
    def statuses(self) -> dict[str, str]:
        """The status of every order there ever was, by its id."""
        return dict(orders.read(self.views.orders).select("order_id", "status").iter_rows())

    @cached_property
    def views(self) -> Views:
        """Every view, folded from nothing in one piece."""
        columns = zip(*((row.seq, row.stream, row.version, row.topic, row.state) for row in self.rows), strict=True)
        return views.fold(views.empty(), log_frame(stored_frame(*map(list, columns))))
