"""A batch while it is decided: entries and keys that will be committed together, and the accounts after them."""

from collections.abc import Sequence
from datetime import datetime

from domain.account import Account
from domain.decide import decide
from domain.events import Entry, Event, Stamp
from kit.log.keys import KeyName, KeyRow, keys_of
from kit.trading.states import States
from kit.trading.tasks import Task


class Batch:
    """Decisions on top of the committed states; nothing outside changes until the batch is committed."""

    def __init__(self, states: States) -> None:
        self.entries: list[Entry] = []
        self.keys: dict[KeyName, KeyRow] = {}
        self.accounts: dict[str, Account] = {}
        self._states = states
        self._versions: dict[str, int] = {}

    def account(self, stream: str) -> Account:
        return self.accounts.get(stream) or self._states.get(stream)

    def decide(self, task: Task, now: datetime) -> slice:
        """Decide the task's command and add its events; return where they stand in ``entries``.

        Raises:
            LedgerError: the command is refused; the batch is as it was.
        """
        assert not isinstance(task.work, Event)
        decision = decide(self.account(task.stream), task.work, now)
        added = self._add(task, now, decision.account.version - len(decision.events), decision.events)
        self.accounts[task.stream] = decision.account
        return added

    def append(self, task: Task, now: datetime) -> slice:
        """Add a fact to a stream that has no state of its own."""
        assert isinstance(task.work, Event)
        version = self._versions.get(task.stream)
        if version is None:
            version = self._states.last_version(task.stream)
        self._versions[task.stream] = version + 1
        return self._add(task, now, version, (task.work,))

    def _add(self, task: Task, now: datetime, version: int, events: Sequence[Event]) -> slice:
        caller = task.caller
        stamp = Stamp(at=now, by=caller.by, role=caller.role, request=caller.request, key=task.key, digest=task.digest)
        entries = [Entry(task.stream, version + n, stamp, event) for n, event in enumerate(events, start=1)]
        for row in keys_of(entries):
            self.keys.setdefault(row.name, row)
        if task.key is not None and task.digest is not None:
            # A command that changes nothing uses its key up too; the index alone remembers that.
            row = KeyRow(task.stream, "command", task.key, task.digest, version + 1)
            self.keys.setdefault(row.name, row)
        first = len(self.entries)
        self.entries += entries
        return slice(first, len(self.entries))
