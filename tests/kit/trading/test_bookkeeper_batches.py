"""A batch of commands is decided in order and committed at once, and one that fails takes no other down."""

from decimal import Decimal

import pytest

from domain.commands import Command
from domain.events.exchange import ExchangeConnected
from domain.refusals import AccountNotFound, InvalidAmount
from kit.log.errors import LogUnavailable, OutcomeUnknown
from kit.log.log import Log
from kit.trading.bookkeeper import Bookkeeper
from kit.trading.errors import DecisionFailed
from tests.domain.books import deposit, limit, market, withdraw
from tests.kit.trading.asked import MAIN, bookkeeper, done, events_of, opening, seqs_of, task, ticking
from tests.kit.trading.unreliable import UnreliableLog


class Unheard(Command, frozen=True, kw_only=True):
    """A command that nobody knows how to decide."""


def test_a_batch_is_one_commit_and_every_command_has_its_own_entries(log: Log) -> None:
    books = Bookkeeper(log, ticking())
    results, committed = books.process([opening(), task(deposit("BTC", "1")), task(withdraw("USDT", "100"))])
    assert [seqs_of(result) for result in results] == [[1, 2], [3], [4]]
    assert [recorded.seq for recorded in committed.recorded] == [1, 2, 3, 4]
    assert [entry.version for entry in log.read_stream(MAIN)] == [1, 2, 3, 4]
    assert committed.accounts[MAIN].balance("USDT").free == Decimal(9_900)


def test_a_command_sees_what_the_one_before_it_in_the_batch_did(log: Log) -> None:
    books = bookkeeper(log)
    results, _ = books.process([task(withdraw("USDT", "10000")), task(withdraw("USDT", "1"))])
    assert [events_of(result) for result in results] == [["FundsWithdrawn"], ["OrderRefused"]]


def test_a_refused_command_leaves_nothing_and_the_others_are_committed(log: Log) -> None:
    books = bookkeeper(log)
    good, bad, nobody = (
        task(deposit("BTC", "1")),
        task(deposit("BTC", "-1")),
        task(deposit("BTC", "1"), stream="account:x:paper"),
    )
    results, committed = books.process([good, bad, nobody, good])
    assert isinstance(results[1], InvalidAmount)
    assert isinstance(results[2], AccountNotFound)
    assert [events_of(results[0]), events_of(results[3])] == [["FundsDeposited"], ["FundsDeposited"]]
    assert len(committed.recorded) == 2
    assert log.head() == 4


def test_a_command_that_cannot_be_decided_by_our_mistake_does_not_take_the_others_down(log: Log) -> None:
    books = bookkeeper(log)
    results, _ = books.process([task(Unheard()), task(deposit("BTC", "1"))])
    assert isinstance(results[0], DecisionFailed)
    assert events_of(results[1]) == ["FundsDeposited"]


def test_a_batch_of_nothing_but_refusals_commits_nothing(log: Log) -> None:
    books = bookkeeper(log)
    results, committed = books.process([task(deposit("BTC", "0"))])
    assert isinstance(results[0], InvalidAmount)
    assert committed.recorded == ()
    assert log.head() == 2


def test_facts_of_other_streams_go_into_the_same_commit_with_versions_of_their_own(log: Log) -> None:
    books = bookkeeper(log)
    connected = task(ExchangeConnected(exchange="paper", latency_ms=1.5), stream="exchange:paper")
    results, _ = books.process([connected, task(deposit("BTC", "1")), connected])
    assert [seqs_of(result) for result in results] == [[3], [4], [5]]
    assert done(results[0]).account is None
    assert [entry.version for entry in log.read_stream("exchange:paper")] == [1, 2]


def test_accounts_do_not_see_each_other(log: Log) -> None:
    books = bookkeeper(log)
    books.process([opening("other", USDT="5")])
    results, _ = books.process([task(withdraw("USDT", "6"), stream="account:other:paper"), task(withdraw("USDT", "6"))])
    assert [events_of(result) for result in results] == [["OrderRefused"], ["FundsWithdrawn"]]


def test_where_nothing_was_written_the_states_are_as_they_were(log: Log) -> None:
    failing = UnreliableLog(log)
    books = bookkeeper(failing.as_log)
    before = books.states.get(MAIN)
    failing = UnreliableLog(log, LogUnavailable("the disk is full"))
    books = Bookkeeper(failing.as_log, ticking())
    with pytest.raises(LogUnavailable, match="the disk is full"):
        books.process([task(limit("buy", "0.1", "67250")), task(deposit("BTC", "1"), "k-1")])
    assert books.states.get(MAIN) == before
    results, _ = books.process([task(market("buy", "100", unit="quote")), task(deposit("BTC", "1"), "k-1")])
    assert [events_of(result) for result in results] == [["OrderPlaced"], ["FundsDeposited"]]
    assert not done(results[1]).duplicate


def test_an_unknown_outcome_is_raised_as_such(log: Log) -> None:
    failing = UnreliableLog(log, OutcomeUnknown("the fsync failed"), written=1)
    with pytest.raises(OutcomeUnknown):
        Bookkeeper(failing.as_log, ticking()).process([opening()])
    assert log.head() == 2


def test_a_log_that_cannot_be_read_fails_the_whole_batch_as_retryable(log: Log) -> None:
    bookkeeper(log)

    class Unreadable(UnreliableLog):
        def read_stream(self, stream: str, after_version: int = 0) -> None:
            raise LogUnavailable("the log is out of reach")

    books = Bookkeeper(Unreadable(log).as_log, ticking())
    with pytest.raises(LogUnavailable, match="out of reach"):
        books.process([task(deposit("BTC", "1"))])
    assert log.head() == 2
