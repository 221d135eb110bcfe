"""The one place where the ledger changes: keys looked up, commands decided in order, all of it in one commit.

Everything here runs on the journal's thread and is plain synchronous code: for the same log, tasks and clock it does
the same, so that a test can play any history through it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import count, takewhile
from typing import Final

import structlog
from msgspec.structs import replace

from domain.commands import RecordFill, ReportOrder, ReportOrders
from domain.events import Event, Recorded
from domain.executions import Execution
from domain.refusals import LedgerError
from kit.log.errors import CommitConflict, EntryMissing, LogError, LogUnavailable
from kit.log.keys import KeyName, KeyRow, space_of, trade_digest
from kit.log.log import Log
from kit.trading.batch import Batch, Done
from kit.trading.errors import DecisionFailed, KeyReused, LedgerUnavailable, TradingError
from kit.trading.states import States
from kit.trading.tasks import Committed, Outcome, Task

log = structlog.get_logger(__name__)

CONFLICT_ATTEMPTS_MAX: Final = 5

# What a task came to before the commit: what it wrote, the earlier use of its key, or why it failed.
Refusal = LedgerError | TradingError | DecisionFailed
Decided = Done | KeyRow | Refusal
Result = Outcome | Refusal


class Bookkeeper:
    """Decides and commits batches of tasks against one log."""

    def __init__(self, ledger: Log, clock: Callable[[], datetime]) -> None:
        self.states = States(ledger)
        self._log = ledger
        self._clock = clock

    def process(self, tasks: Sequence[Task]) -> tuple[list[Result], Committed]:
        """Decide ``tasks`` one after another and commit them together; one result for each, in order.

        Raises:
            LogUnavailable: nothing was written, for any of them.
            OutcomeUnknown: the process must stop.
        """
        for _ in range(CONFLICT_ATTEMPTS_MAX):
            batch = Batch(self.states)
            decided = self._decide_all(batch, tasks)
            try:
                seqs = self._log.commit(batch.entries, list(batch.keys.values()))
            except CommitConflict as conflict:
                # Another gateway was first on these streams: take its word, and decide everything again.
                self.states.forget(conflict.streams)
                continue
            self.states.adopt(batch.accounts)
            recorded = tuple(map(Recorded, seqs, batch.entries))
            results = [self._result(batch, task, what, recorded) for task, what in zip(tasks, decided, strict=True)]
            return results, Committed(recorded=recorded, accounts=batch.accounts, orders=batch.orders)
        raise LogUnavailable(f"{CONFLICT_ATTEMPTS_MAX} commits in a row met a conflict")

    def _decide_all(self, batch: Batch, tasks: Sequence[Task]) -> list[Decided]:
        used = self._used_keys(tasks)
        return [self._decide(batch, used, task) for task in tasks]

    def _decide(self, batch: Batch, used: dict[KeyName, KeyRow], task: Task) -> Decided:
        try:
            earlier = earlier_use(batch, used, task)
            if earlier is not None:
                return earlier
            if isinstance(task.work, Event):
                return batch.append(task, self._clock())
            return batch.decide(without_known_fills(batch, used, task), self._clock())
        except (LedgerError, TradingError) as refusal:
            return refusal
        except LogError:  # Not this command's fault: the log cannot be read, and the whole batch has to know.
            raise
        except Exception as error:  # One command that we fail to decide must not take the others down with it.
            log.exception("deciding a command failed", command=type(task.work).__name__, stream=task.stream)
            failed = DecisionFailed(type(task.work).__name__)
            failed.__cause__ = error
            return failed

    def _used_keys(self, tasks: Sequence[Task]) -> dict[KeyName, KeyRow]:
        """The rows of all the tasks' keys that the log has, in one look-up."""
        wanted = [name for task in tasks for name in names_of(task)]
        found = self._log.find_keys(wanted) if wanted else []
        return {row.name: row for row in found}

    def _result(self, batch: Batch, task: Task, decided: Decided, recorded: tuple[Recorded, ...]) -> Result:
        if isinstance(decided, Refusal):
            return decided
        if isinstance(decided, Done):
            return Outcome(recorded=recorded[decided.entries], account=decided.account)
        account = None if isinstance(task.work, Event) else batch.account(task.stream)
        try:
            return Outcome(recorded=self._first_entries(decided), account=account, duplicate=True)
        except LogUnavailable as error:
            return LedgerUnavailable(str(error))

    def _first_entries(self, used: KeyRow) -> tuple[Recorded, ...]:
        """What the first command with this key wrote, or the one entry that booked this trade."""
        if used.scope == "trade":
            return (self._log.read_entry(used.stream, used.version),)
        return tuple(takewhile(lambda recorded: recorded.entry.stamp.key == used.key, self._entries_from(used)))

    def _entries_from(self, used: KeyRow) -> Iterator[Recorded]:
        """One by one: most commands write a few, and the stream after them can be long."""
        for version in count(used.version):
            try:
                yield self._log.read_entry(used.stream, version)
            except EntryMissing:
                return


def names_of(task: Task) -> Iterator[KeyName]:
    """The keys that a task may have in common with an earlier one."""
    if task.key is not None:
        yield space_of(task.stream, "command"), "command", task.key
    for fill in executions_of(task):
        yield task.stream, "trade", fill.trade_id


def executions_of(task: Task) -> tuple[Execution, ...]:
    match task.work:
        case ReportOrder(fills=fills):
            return fills
        case ReportOrders(reports=reports):
            return tuple(fill for report in reports for fill in report.fills)
        case RecordFill(execution=execution):
            return (execution,)
        case _:
            return ()


def earlier_use(batch: Batch, used: dict[KeyName, KeyRow], task: Task) -> KeyRow | None:
    """The earlier use of the command's key, or of the trade it wants to book.

    Raises:
        KeyReused: it was used for something else.
    """
    same = None
    if task.key is not None:
        name: KeyName = (space_of(task.stream, "command"), "command", task.key)
        row = batch.keys.get(name) or used.get(name)
        same = None if row is None else same_content(row, task.digest)
    if isinstance(task.work, RecordFill):
        # The trade may have been booked under another key: then that entry is the answer, and this key is used up too.
        # A key that was refused before keeps its own answer.
        trade = known_trade(batch, used, task.stream, task.work.execution)
        if trade is not None and same is None:
            batch.use_key(task, trade.version)
        if trade is not None and (same is None or same.version == trade.version):
            return trade
    return same


def known_trade(batch: Batch, used: dict[KeyName, KeyRow], stream: str, fill: Execution) -> KeyRow | None:
    """Where ``fill`` was booked before.

    Raises:
        KeyReused: its trade id was, as another trade.
    """
    name: KeyName = (stream, "trade", fill.trade_id)
    row = batch.keys.get(name) or used.get(name)
    if row is None:
        return None
    return same_content(row, trade_digest(fill.pair, fill.side, fill.amount, fill.price))


def same_content(row: KeyRow, digest: str | None) -> KeyRow:
    if row.digest != digest:
        raise KeyReused(row)
    return row


def without_known_fills(batch: Batch, used: dict[KeyName, KeyRow], task: Task) -> Task:
    """The task without fills that are booked already or said twice: exchanges repeat them after every reconnect."""

    seen: set[str] = set()

    def is_news(fill: Execution) -> bool:
        repeated = fill.trade_id in seen
        seen.add(fill.trade_id)
        return not repeated and is_new(batch, used, task.stream, fill)

    def new_in(report: ReportOrder) -> ReportOrder:
        return replace(report, fills=tuple(filter(is_news, report.fills)))

    match task.work:
        case ReportOrder() as report if report.fills:
            return replace(task, work=new_in(report))
        case ReportOrders(reports=reports):
            return replace(task, work=ReportOrders(reports=tuple(map(new_in, reports))))
        case _:
            return task


def is_new(batch: Batch, used: dict[KeyName, KeyRow], stream: str, fill: Execution) -> bool:
    """Whether the trade was not booked yet; one that comes again with other content is not, and our log says so."""
    try:
        return known_trade(batch, used, stream, fill) is None
    except KeyReused:
        log.exception("a trade is reported again, changed", stream=stream, trade=fill.trade_id, fill=fill)
        return False
