"""Where nothing was written the journal says so and goes on; where nobody can know it says so and stops."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from kit.log.errors import LogUnavailable, OutcomeUnknown
from kit.log.log import Log
from kit.trading import states
from kit.trading.errors import LedgerOutcomeUnknown, LedgerUnavailable
from kit.trading.tasks import Committed
from tests.domain.books import deposit
from tests.kit.trading.asked import events_of, opening, task
from tests.kit.trading.journals import journalling
from tests.kit.trading.unreliable import UnreliableLog

ROOT = Path(__file__).parents[3]


async def test_where_nothing_was_written_the_command_can_be_sent_again_and_the_journal_heals(log: Log) -> None:
    books = task(deposit("BTC", "1"), "k-1")
    failing = UnreliableLog(log, LogUnavailable("the disk is full"))
    async with journalling(failing.as_log) as (journal, told):
        with pytest.raises(LedgerUnavailable, match="nothing has changed: the disk is full") as error:
            await journal.submit(opening())
        assert (error.value.retryable, error.value.details) == (True, {"outcome": "none"})
        problems = [journal.problem]
        await journal.submit(opening())
        problems.append(journal.problem)
        outcome = await journal.submit(books)
    assert problems == ["the disk is full", None]
    assert not outcome.duplicate
    assert told.seqs == [1, 2, 3]
    assert told.fatal == []


async def test_a_ledger_that_cannot_be_written_is_logged_once_and_so_is_its_recovery(log: Log) -> None:
    failing = UnreliableLog(log, LogUnavailable("the disk is full"), LogUnavailable("the disk is full"))
    with capture_logs() as logged:
        async with journalling(failing.as_log) as (journal, _):
            for _ in range(2):
                with pytest.raises(LedgerUnavailable):
                    await journal.submit(opening())
            await journal.submit(opening())
            await journal.submit(task(deposit("BTC", "1")))
    assert [(entry["log_level"], entry["event"]) for entry in logged] == [
        ("warning", "the ledger cannot be written"),
        ("info", "the ledger can be written again"),
    ]
    assert logged[0]["error"] == "the disk is full"


async def test_where_the_outcome_is_unknown_everyone_hears_it_and_the_process_is_stopped_once(log: Log) -> None:
    failing = UnreliableLog(log, OutcomeUnknown("the fsync failed"), written=1)
    async with journalling(failing.as_log) as (journal, told):
        answers = await asyncio.gather(
            *(journal.submit(opening(f"account{number}")) for number in range(3)), return_exceptions=True
        )
        assert [type(answer) for answer in answers] == [LedgerOutcomeUnknown] * 3
        with pytest.raises(LedgerOutcomeUnknown, match="retry with the same key") as error:
            await journal.submit(task(deposit("BTC", "1")))
    assert (error.value.retryable, error.value.details) == (True, {"outcome": "unknown"})
    assert [str(fatal) for fatal in told.fatal] == ["the fsync failed"]
    assert told.commits == []


async def test_after_an_unknown_outcome_a_new_start_and_the_key_tell(log: Log) -> None:
    failing = UnreliableLog(log, OutcomeUnknown("the fsync failed"), written=1)
    async with journalling(log, opening()):
        pass
    async with journalling(failing.as_log) as (journal, _):
        with pytest.raises(LedgerOutcomeUnknown):
            await journal.submit(task(deposit("BTC", "1"), "k-1"))
    async with journalling(log) as (journal, _):
        outcome = await journal.submit(task(deposit("BTC", "1"), "k-1"))
    assert (outcome.duplicate, events_of(outcome)) == (True, ["FundsDeposited"])
    assert log.head() == 3


async def test_a_follower_that_fails_stops_the_gateway_rather_than_leave_callers_waiting(log: Log) -> None:
    def fail(committed: Committed) -> None:
        raise RuntimeError("a follower is broken")

    async with journalling(log) as (journal, told):
        journal.followers.append(fail)
        with pytest.raises(LedgerOutcomeUnknown):
            await journal.submit(opening())
        with pytest.raises(LedgerOutcomeUnknown):
            await journal.submit(opening())
    assert [str(fatal) for fatal in told.fatal] == ["a follower is broken"]
    assert log.head() == 2


async def test_a_snapshot_that_cannot_be_saved_costs_no_answer(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "SNAPSHOT_EVERY", 1)
    tried = []

    class NoSnapshots(UnreliableLog):
        @property
        def snapshots(self) -> "NoSnapshots":
            return self

        def latest(self, stream: str) -> None:
            return None

        def save(self, stream: str, version: int, state: bytes) -> None:
            tried.append(version)
            raise LogUnavailable("the disk is full")

    async with journalling(NoSnapshots(log).as_log, opening()) as (journal, _):
        outcomes = [await journal.submit(task(deposit("BTC", "1"))) for _ in range(3)]
    assert [outcome.recorded[0].seq for outcome in outcomes] == [3, 4, 5]
    assert tried == [2, 3, 4, 5]


def test_on_a_full_disk_commands_fail_as_retryable_and_succeed_once_there_is_room(tmp_path: Path) -> None:
    """In a process of its own, whose files can grow no further until one commit has failed."""
    done = subprocess.run(
        (sys.executable, "-m", "tests.kit.trading.full_disk", str(tmp_path / "data"), "300000"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    said = done.stdout.split()
    failed = said.index("LedgerUnavailable")
    assert failed > 2
    assert said == [*map(str, range(failed)), "LedgerUnavailable", f"{failed}", "healed"]
