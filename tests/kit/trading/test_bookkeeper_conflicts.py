"""Several gateways on one log: who comes second takes the first one's word and decides again."""

from decimal import Decimal

import pytest

from kit.log.errors import LogUnavailable
from kit.log.log import Log
from kit.trading.bookkeeper import CONFLICT_ATTEMPTS_MAX, Bookkeeper
from tests.domain.books import deposit, withdraw
from tests.kit.trading.asked import MAIN, bookkeeper, done, events_of, opening, seqs_of, task, ticking
from tests.kit.trading.unreliable import UnreliableLog


def test_what_another_gateway_wrote_is_seen_before_the_decision_counts(log: Log) -> None:
    ours = bookkeeper(log)
    theirs = Bookkeeper(log, ticking())
    theirs.process([task(withdraw("USDT", "9000"))])
    results, committed = ours.process([task(withdraw("USDT", "9000")), task(deposit("BTC", "1"))])
    assert [events_of(result) for result in results] == [["OrderRefused"], ["FundsDeposited"]]
    assert committed.accounts[MAIN].balance("USDT").free == Decimal(1_000)
    assert [entry.version for entry in log.read_stream(MAIN)] == [1, 2, 3, 4, 5]


def test_a_conflict_on_one_account_fails_no_command_of_another(log: Log) -> None:
    ours = bookkeeper(log)
    ours.process([opening("other")])
    Bookkeeper(log, ticking()).process([task(deposit("BTC", "1"))])
    results, _ = ours.process([task(deposit("BTC", "2")), task(deposit("BTC", "3"), stream="account:other:paper")])
    assert [events_of(result) for result in results] == [["FundsDeposited"], ["FundsDeposited"]]
    assert ours.states.get(MAIN).balance("BTC").free == Decimal(3)


def test_a_key_that_another_gateway_used_meanwhile_is_a_copy(log: Log) -> None:
    command = task(deposit("BTC", "1"), "k-1")
    racing = UnreliableLog(log)
    ours = bookkeeper(racing.as_log)
    theirs = Bookkeeper(log, ticking())

    def be_first() -> None:
        racing.before_commit = lambda: None
        theirs.process([command])

    racing.before_commit = be_first
    (result,), committed = ours.process([command])
    assert done(result).duplicate
    assert seqs_of(result) == [3]
    assert committed.recorded == ()
    assert ours.states.get(MAIN).balance("BTC").free == Decimal(1)


def test_after_too_many_conflicts_in_a_row_nothing_is_written_and_it_can_be_tried_again(log: Log) -> None:
    racing = UnreliableLog(log)
    ours = bookkeeper(racing.as_log)
    theirs = Bookkeeper(log, ticking())

    def be_first() -> None:
        theirs.process([task(deposit("ETH", "1"))])

    racing.before_commit = be_first
    with pytest.raises(LogUnavailable, match=f"{CONFLICT_ATTEMPTS_MAX} commits in a row"):
        ours.process([task(deposit("BTC", "1"))])
    racing.before_commit = lambda: None
    (result,), _ = ours.process([task(deposit("BTC", "1"))])
    assert events_of(result) == ["FundsDeposited"]
    assert ours.states.get(MAIN).balance("ETH").free == Decimal(CONFLICT_ATTEMPTS_MAX)
