"""Random histories with copies, reordered fills and crashes, on a real log: money and keys are right at every step."""

import shutil
import tempfile
from collections import Counter
from decimal import Decimal
from itertools import count
from pathlib import Path

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from domain.account import Account, highest
from domain.events.fills import OrderFilled
from domain.events.orders import OrderPlaced
from domain.events.reconciliation import DiscrepancyFound
from domain.evolve import evolve_entry
from domain.money import ZERO
from kit.log.errors import OutcomeUnknown
from kit.log.log import Log
from kit.log.opening import open_log
from kit.trading.bookkeeper import Bookkeeper, Result
from kit.trading.errors import KeyReused
from kit.trading.states import States
from kit.trading.tasks import Outcome, Task
from projections import orders
from tests.crash import log_checks
from tests.crash.evidence import Evidence
from tests.kit.trading.asked import MAIN, opening, task, ticking
from tests.kit.trading.histories import batches, exit_of, reports, rise_of
from tests.kit.trading.unreliable import UnreliableLog

CHECKS = (
    log_checks.gaps,
    log_checks.keys_used_twice,
    log_checks.trades_booked_twice,
    log_checks.index_mistakes,
    log_checks.imbalances,
    log_checks.wrong_locks,
    log_checks.odd_views,
)


class Ledger(RuleBasedStateMachine):
    """One account and all that can happen to it."""

    def __init__(self) -> None:
        super().__init__()
        self._directory = Path(tempfile.mkdtemp())
        self._places = count(1)
        self._exits = count(1)
        self._clock = ticking()
        # What each key stands for: its task, and the positions it was answered with first.
        self._used: dict[str, tuple[Task, list[int]]] = {}
        self._seen: dict[int, Account] = {}
        self._log: Log = open_log(self._place())
        self._books = Bookkeeper(self._log, self._clock)

    @initialize()
    def open(self) -> None:
        self._process([opening(USDT="10000", BTC="0.1")])

    @rule(batch=batches)
    def ask(self, batch: list[Task]) -> None:
        self._process(batch)

    @precondition(lambda self: self._account.orders)
    @rule(data=st.data())
    def hear_of_open_orders(self, data: st.DataObject) -> None:
        sent = [order.order_id for order in self._account.orders.values() if not order.held]
        told = st.builds(task, reports(sorted(sent)))
        self._process(data.draw(st.lists(told, min_size=1, max_size=3)))

    @precondition(lambda self: self._account.brackets)
    @rule(data=st.data())
    def reach_an_exit(self, data: st.DataObject) -> None:
        entry = data.draw(st.sampled_from(sorted(self._account.brackets)))
        self._process([exit_of(entry, next(self._exits))])

    @precondition(lambda self: self._account.brackets)
    @rule(data=st.data(), high=st.sampled_from(["66000", "67000.01", "68000"]))
    def see_a_price(self, data: st.DataObject, high: str) -> None:
        """A trailing stop follows it up, also where it is told so twice; any other exit does not."""
        entry = data.draw(st.sampled_from(sorted(self._account.brackets)))
        before = self._account.brackets[entry]
        self._process([rise_of(entry, high), rise_of(entry, high)])
        follows = before.trailing_stop is not None
        assert self._account.brackets[entry].high == (highest(before.high, Decimal(high)) if follows else None)

    @precondition(lambda self: self._used)
    @rule(data=st.data())
    def repeat_a_key(self, data: st.DataObject) -> None:
        """I14: a copy is answered as the first time, other content is refused, and neither changes anything."""
        first, seqs = self._used[data.draw(st.sampled_from(sorted(self._used)))]
        head, before = self._log.head(), self._account
        (copy, other), committed = self._books.process([first, replace(first, digest="another")])
        assert isinstance(copy, Outcome)
        assert (copy.duplicate, [recorded.seq for recorded in copy.recorded]) == (True, seqs)
        assert isinstance(other, KeyReused)
        assert committed.recorded == ()
        assert (self._log.head(), self._account) == (head, before)

    @rule()
    def crash(self) -> None:
        """Go on from a copy of the files as a killed process would have left them."""
        place = self._place()
        place.mkdir(mode=0o700)
        for file in self._log.file.parent.glob("ledger.sqlite*"):
            shutil.copy(file, place)
        self._log.close()
        self._log = open_log(place)
        self._books = Bookkeeper(self._log, self._clock)

    @rule(batch=batches, written=st.booleans())
    def crash_in_a_commit(self, batch: list[Task], written: bool) -> None:
        """Nobody was answered; after the start those with a key ask again, and the batch counts once or not at all."""
        head = self._log.head()
        failing = UnreliableLog(self._log, OutcomeUnknown("the power went"), written=int(written))
        try:
            Bookkeeper(failing.as_log, self._clock).process(batch)
        except OutcomeUnknown:
            self.crash()
        assert written or self._log.head() == head
        self._process([asked for asked in batch if asked.key is not None], asked_before=True)

    @rule()
    def snapshot(self) -> None:
        account = self._account
        self._log.snapshots.save(MAIN, account.version, msgspec.json.encode(account))

    @rule()
    def rebuild_the_key_index(self) -> None:
        """What the log says of keys is enough, but for those of commands that wrote nothing."""
        self._log.rebuild_keys()
        self._used = {key: use for key, use in self._used.items() if use[1]}

    @invariant()
    def the_live_state_is_the_replayed_one(self) -> None:
        """I10 and I11: from the first event, and from the last snapshot on."""
        replayed = Account(id=MAIN)
        for entry in self._log.read_stream(MAIN):
            replayed = evolve_entry(replayed, entry)
            if replayed.version in self._seen:
                assert replayed == self._seen[replayed.version]
        assert replayed == self._account == States(self._log).get(MAIN)

    def teardown(self) -> None:
        log = Evidence.of(self._log.file.parent)
        self._log.close()
        shutil.rmtree(self._directory)
        assert [problem for check in CHECKS for problem in check(log)] == []
        assert orders_are_wrong(log) == []
        assert balances_are_wrong(log) == []

    def _process(self, batch: list[Task], *, asked_before: bool = False) -> None:
        head, before = self._log.head(), self._account
        results, committed = self._books.process(batch)
        assert [recorded.seq for recorded in committed.recorded] == list(range(head + 1, self._log.head() + 1))
        if not committed.recorded:
            assert self._account == before
        for asked, result in zip(batch, results, strict=True):
            self._check(asked, result, asked_before=asked_before)
        self._seen[self._account.version] = self._account

    def _check(self, asked: Task, result: Result, *, asked_before: bool) -> None:
        """A key that was used answers as the first time, or is refused; a new one is used from now on."""
        if asked.key is None:
            return
        if asked.key in self._used:
            first, seqs = self._used[asked.key]
            if first.digest != asked.digest:
                assert isinstance(result, KeyReused)
            else:
                assert isinstance(result, Outcome)
                assert (result.duplicate, [recorded.seq for recorded in result.recorded]) == (True, seqs)
        elif isinstance(result, Outcome) and own(asked, result):
            assert asked_before or not result.duplicate
            self._used[asked.key] = asked, [recorded.seq for recorded in result.recorded]

    @property
    def _account(self) -> Account:
        return self._books.states.get(MAIN)

    def _place(self) -> Path:
        return self._directory / str(next(self._places))


def own(asked: Task, result: Outcome) -> bool:
    """Whether the entries are the command's own: a fill that another key has booked uses no key up."""
    return all(recorded.entry.stamp.key == asked.key for recorded in result.recorded)


def orders_are_wrong(log: Evidence) -> list[str]:
    """I5 and I12: a client's id has one order; filled is the sum of its fills, and within its amount unless flagged."""
    problems = []
    filled: Counter[str] = Counter()
    flagged: set[str | None] = set()
    placed: Counter[str] = Counter()
    for entry in log.entries:
        match entry.event:
            case OrderPlaced(client_order_id=name):
                placed[name] += 1
            case OrderFilled(order_id=name, amount=amount):
                filled[name] += amount  # type: ignore[assignment]
            case DiscrepancyFound(order_id=name):
                flagged.add(name)
    problems += [f"{name} placed {times} orders" for name, times in placed.items() if times > 1]
    for row in orders.read(log.views.orders).iter_rows(named=True):
        name = row["order_id"]
        if row["filled_amount"] != (filled[name] or ZERO):
            problems.append(f"{name} has filled {row['filled_amount']}, its fills are {filled[name]}")
        if not 0 <= row["filled_amount"] <= row["amount"] and name not in flagged:
            problems.append(f"{name} has filled {row['filled_amount']} of {row['amount']} and nobody noticed")
    return problems


def balances_are_wrong(log: Evidence) -> list[str]:
    """I3: below zero only where an exchange reported what could not be, and the log says so."""
    flagged = {entry.event.expected for entry in log.entries if isinstance(entry.event, DiscrepancyFound)}
    return [
        f"{balance} {asset} and nobody noticed"
        for asset, balance in log.accounts[MAIN].balances.items()
        if balance.locked < 0 or (balance.free < 0 and f"{asset} at least 0" not in flagged)
    ]


TestLedger = pytest.mark.timeout(600)(Ledger.TestCase)
TestLedger.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
