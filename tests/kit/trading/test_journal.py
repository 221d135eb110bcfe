"""The journal takes commands from many, commits them together, and answers each after its commit."""

import asyncio
from threading import Event

import pytest

from domain.refusals import InvalidAmount
from kit.log.log import Log
from kit.trading import journal as journals_module
from kit.trading.errors import LedgerStopping
from kit.trading.journal import Journal
from kit.trading.tasks import Committed
from tests.domain.books import deposit, withdraw
from tests.kit.trading.asked import MAIN, events_of, opening, task
from tests.kit.trading.journals import journalling
from tests.kit.trading.unreliable import UnreliableLog
from tests.waiting import PATIENCE_S, eventually


class Gate:
    """Holds back commits until it is opened."""

    def __init__(self, log: Log) -> None:
        self._held = UnreliableLog(log)
        self._held.before_commit = self._wait
        self._open = Event()
        self._open.set()
        self.reached = Event()

    @property
    def log(self) -> Log:
        return self._held.as_log

    def shut(self) -> None:
        self._open.clear()
        self.reached.clear()

    def open(self) -> None:
        self._open.set()

    def _wait(self) -> None:
        self.reached.set()
        assert self._open.wait(timeout=10)


async def test_what_comes_during_a_commit_shares_the_next_one(log: Log) -> None:
    gate = Gate(log)
    async with journalling(gate.log, opening()) as (journal, told):
        gate.shut()
        asking = [asyncio.create_task(journal.submit(task(deposit("BTC", "1"))))]
        await asyncio.to_thread(gate.reached.wait)
        asking += [asyncio.create_task(journal.submit(task(deposit("BTC", "1")))) for _ in range(5)]
        await eventually(lambda: journal.depth == 5)
        gate.open()
        outcomes = await asyncio.gather(*asking)
    assert told.batches == [1, 5]
    assert [outcome.recorded[0].seq for outcome in outcomes] == [3, 4, 5, 6, 7, 8]
    assert told.seqs == [3, 4, 5, 6, 7, 8]


async def test_followers_hear_of_a_commit_before_its_commands_are_answered(log: Log) -> None:
    heard: list[str] = []

    def follow(committed: Committed) -> None:
        heard.append(f"commit of {[recorded.seq for recorded in committed.recorded]}")

    async def asked(journal: Journal, name: str) -> None:
        outcome = await journal.submit(task(deposit("BTC", "1")))
        heard.append(f"{name} is answered with {outcome.recorded[0].seq}")

    async with journalling(log, opening()) as (journal, _):
        journal.followers.append(follow)
        await asked(journal, "one")
        await asked(journal, "two")
    assert heard == ["commit of [3]", "one is answered with 3", "commit of [4]", "two is answered with 4"]
    assert journal.committed_seq == 4


async def test_a_batch_that_writes_nothing_tells_nobody(log: Log) -> None:
    async with journalling(log, opening(), task(deposit("BTC", "1"), "k-1")) as (journal, told):
        with pytest.raises(InvalidAmount):
            await journal.submit(task(deposit("BTC", "-1")))
        copy = await journal.submit(task(deposit("BTC", "1"), "k-1"))
    assert copy.duplicate
    assert (told.commits, told.batches) == ([], [])


async def test_whoever_finds_the_queue_full_waits_and_is_served_in_turn(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journals_module, "QUEUE_MAX", 2)
    gate = Gate(log)
    async with journalling(gate.log, opening(BTC="1")) as (journal, _):
        gate.shut()
        asking = [asyncio.create_task(journal.submit(task(withdraw("BTC", "0.4")))) for _ in range(6)]
        await asyncio.to_thread(gate.reached.wait)
        for _ in range(10):
            await asyncio.sleep(0)
        assert journal.depth <= 2
        gate.open()
        outcomes = await asyncio.gather(*asking)
    assert [events_of(outcome)[0] for outcome in outcomes] == ["FundsWithdrawn"] * 2 + ["OrderRefused"] * 4
    assert [outcome.recorded[0].seq for outcome in outcomes] == [3, 4, 5, 6, 7, 8]


async def test_a_command_is_committed_although_its_caller_has_gone(log: Log) -> None:
    gate = Gate(log)
    async with journalling(gate.log, opening()) as (journal, _):
        gate.shut()
        asking = asyncio.create_task(journal.submit(task(deposit("BTC", "1"), "k-1")))
        await asyncio.to_thread(gate.reached.wait)
        asking.cancel()
        await asyncio.wait([asking])
        gate.open()
        again = await journal.submit(task(deposit("BTC", "1"), "k-1"))
    assert again.duplicate
    assert log.head() == 3


async def test_close_finishes_what_was_taken_and_takes_nothing_new(log: Log) -> None:
    gate = Gate(log)
    async with journalling(gate.log, opening()) as (journal, _):
        gate.shut()
        asking = [asyncio.create_task(journal.submit(task(deposit("BTC", "1")))) for _ in range(3)]
        await asyncio.to_thread(gate.reached.wait)
        closing = asyncio.create_task(journal.close())
        await asyncio.sleep(0)
        with pytest.raises(LedgerStopping, match="the gateway is stopping"):
            await journal.submit(task(deposit("BTC", "1")))
        gate.open()
        outcomes = await asyncio.gather(*asking)
        await closing
    assert [outcome.recorded[0].seq for outcome in outcomes] == [3, 4, 5]
    assert log.last_version(MAIN) == 5


async def test_a_full_queue_is_answered_and_written_although_the_journal_is_closed_at_once(log: Log) -> None:
    gate = Gate(log)
    async with journalling(gate.log, opening()) as (journal, told):
        gate.shut()
        asking = [asyncio.create_task(journal.submit(task(deposit("BTC", "1"))))]
        await asyncio.to_thread(gate.reached.wait)
        asking += [asyncio.create_task(journal.submit(task(deposit("BTC", "1")))) for _ in range(1_200)]
        await eventually(lambda: journal.depth == 1_200)
        closing = asyncio.create_task(journal.close())
        await asyncio.sleep(0)
        gate.open()
        async with asyncio.timeout(PATIENCE_S):
            outcomes = await asyncio.gather(*asking)
        await closing
    assert told.batches == [1, 500, 500, 200]
    assert [outcome.recorded[0].seq for outcome in outcomes] == list(range(3, 1_204))
    assert log.last_version(MAIN) == log.head() == 1_203
