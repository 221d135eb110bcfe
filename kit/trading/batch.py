"""A batch while it is decided: entries and keys that will be committed together, and the accounts after them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from domain.account import Account
from domain.decide import Decision, decide
from domain.events import Entry, Event, Stamp
from domain.orders import Order
from kit.log.keys import KeyName, KeyRow, keys_of
from kit.trading.states import States
from kit.trading.tasks import OrderKey, Part, Task


class Done(NamedTuple):
    """What a task wrote: where its entries stand in the batch, and the account right after them."""

    entries: slice
    account: Account | None


class Batch:
    """Decisions on top of the committed states; nothing outside changes until the batch is committed."""

    def __init__(self, states: States) -> None:
        self.entries: list[Entry] = []
        self.keys: dict[KeyName, KeyRow] = {}
        self.accounts: dict[str, Account] = {}
        self.orders: dict[OrderKey, Order] = {}
        self._states = states
        self._versions: dict[str, int] = {}

    def account(self, stream: str) -> Account:
        return self.accounts.get(stream) or self._states.get(stream)

    def decide(self, task: Task, now: datetime) -> Done:
        """Decide the task's commands and add their events.

        Raises:
            LedgerError: one of them is refused; the batch is as it was.
        """
        assert not isinstance(task.work, Event)
        parts = (Part(task.stream, task.work), *task.also)
        decisions = [decide(self.account(part.stream), part.command, now) for part in parts]
        first = len(self.entries)
        for part, decision in zip(parts, decisions, strict=True):
            self._add(task, part.stream, now, decision.account.version - len(decision.events), decision.events)
            self.accounts[part.stream] = decision.account
            self._note_orders(part.stream, decision)
        return Done(slice(first, len(self.entries)), decisions[0].account)

    def append(self, task: Task, now: datetime) -> Done:
        """Add a fact to a stream that has no state of its own."""
        assert isinstance(task.work, Event)
        version = self._versions.get(task.stream)
        if version is None:
            version = self._states.last_version(task.stream)
        self._versions[task.stream] = version + 1
        return Done(self._add(task, task.stream, now, version, (task.work,)), None)

    def _note_orders(self, stream: str, decision: Decision) -> None:
        for event in decision.events:
            order_id = getattr(event, "order_id", None)
            order = decision.account.find(order_id) if order_id else None
            if order is not None:
                self.orders[stream, order.order_id] = order

    def use_key(self, task: Task, version: int) -> None:
        """Remember the task's key, if it has one, as used for the entry ``version``, unless an entry brought it."""
        if task.key is not None and task.digest is not None:
            row = KeyRow(task.stream, "command", task.key, task.digest, version)
            self.keys.setdefault(row.name, row)

    def _add(self, task: Task, stream: str, now: datetime, version: int, events: Sequence[Event]) -> slice:
        caller = task.caller
        stamp = Stamp(at=now, by=caller.by, role=caller.role, request=caller.request, key=task.key, digest=task.digest)
        entries = [Entry(stream, version + n, stamp, event) for n, event in enumerate(events, start=1)]
        for row in keys_of(entries):
            self.keys.setdefault(row.name, row)
        # A command that changes nothing uses its key up too; the index alone remembers that.
        if stream == task.stream:
            self.use_key(task, version + 1)
        first = len(self.entries)
        self.entries += entries
        return slice(first, len(self.entries))
