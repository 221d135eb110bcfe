"""A state from a snapshot and the tail is the state from the whole log."""

import msgspec
import pytest

from kit.log.log import Log
from kit.trading import states
from kit.trading.bookkeeper import Bookkeeper
from kit.trading.states import States
from tests.domain.books import deposit, fill, limit, market, report
from tests.kit.trading.asked import MAIN, bookkeeper, task


def traded(log: Log) -> Bookkeeper:
    books = bookkeeper(log)
    entry = limit("buy", "0.1", "67000", "o-1", stop_loss="60000", take_profit="70000")
    books.process([task(entry), task(report("filled", fill("buy", "0.1", "67000", "6.7")))])
    books.process(
        [task(market("buy", "250", order_id="o-2", unit="quote"), "k-1"), task(limit("sell", "0.05", "68000", "o-3"))]
    )
    books.process([task(report("open", order_id="o-3")), task(report("rejected", order_id="o-2", reason="no"))])
    return books


def test_a_snapshot_and_the_tail_are_the_whole_log(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "SNAPSHOT_EVERY", 4)
    books = traded(log)
    whole = States(log).get(MAIN)
    books.states.save_snapshots({MAIN: whole})
    books.process([task(deposit("BTC", "1")), task(report("open", fill("sell", "0.01", "68000"), order_id="o-3"))])
    kept = log.snapshots.latest(MAIN)
    assert kept is not None
    assert kept[0] == whole.version
    assert States(log).get(MAIN) == books.states.get(MAIN)
    assert msgspec.json.decode(kept[1], type=type(whole)) == whole


@pytest.mark.parametrize("broken", [b"", b"{", b'{"id": 3}', b"\xff\xfe"])
def test_a_broken_snapshot_is_passed_over(log: Log, broken: bytes) -> None:
    books = traded(log)
    log.snapshots.save(MAIN, 5, broken)
    assert States(log).get(MAIN) == books.states.get(MAIN)


def test_snapshots_are_only_kept_as_accounts_move_on(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "SNAPSHOT_EVERY", 3)
    books = bookkeeper(log)
    kept = []
    for _ in range(7):
        _, committed = books.process([task(deposit("BTC", "1"))])
        books.states.save_snapshots(committed.accounts)
        latest = log.snapshots.latest(MAIN)
        kept.append(latest[0] if latest else None)
    assert kept == [3, 3, 3, 6, 6, 6, 9]


def test_an_account_that_was_never_opened_is_at_version_zero(log: Log) -> None:
    account = States(log).get(MAIN)
    assert (account.version, account.is_open) == (0, False)
