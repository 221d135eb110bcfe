"""A key stands for one command for ever, and a trade id for one execution."""

import pytest

from domain.commands import RecordFill, ReportOrders
from domain.refusals import InvalidAmount
from kit.log.log import Log
from kit.trading.bookkeeper import Bookkeeper
from kit.trading.errors import KeyReused
from tests.domain.books import deposit, fill, limit, report, withdraw
from tests.kit.trading.asked import MAIN, bookkeeper, bought_elsewhere, done, events_of, opening, seqs_of, task, ticking


@pytest.fixture
def books(log: Log) -> Bookkeeper:
    return bookkeeper(log)


def versions(log: Log) -> list[str]:
    return [type(entry.event).__name__ for entry in log.read_stream(MAIN)][2:]


def test_the_same_key_with_the_same_content_answers_with_the_first_entries(books: Bookkeeper, log: Log) -> None:
    command = task(deposit("BTC", "1"), "k-1")
    (first,), _ = books.process([command])
    (again,), committed = books.process([command])
    assert done(again).duplicate
    assert done(again).recorded == done(first).recorded
    assert committed.recorded == ()
    assert versions(log) == ["FundsDeposited"]


def test_two_copies_in_one_batch_are_one_command(books: Bookkeeper, log: Log) -> None:
    command = task(deposit("BTC", "1"), "k-1")
    (first, again), _ = books.process([command, command])
    assert (done(first).duplicate, done(again).duplicate) == (False, True)
    assert seqs_of(again) == seqs_of(first) == [3]
    assert versions(log) == ["FundsDeposited"]


def test_the_same_key_with_other_content_is_refused_within_a_batch_and_across(books: Bookkeeper, log: Log) -> None:
    (_, within), _ = books.process([task(deposit("BTC", "1"), "k-1"), task(deposit("BTC", "2"), "k-1", "d-2")])
    (across,), _ = books.process([task(deposit("BTC", "2"), "k-1", "d-2")])
    for error in (within, across):
        assert isinstance(error, KeyReused)
        assert error.used.key == "k-1"
        assert error.details == {"existing": {"key": "k-1", "stream": MAIN, "version": 3}}
    assert versions(log) == ["FundsDeposited"]


def test_a_refusal_for_funds_is_remembered_and_never_becomes_a_late_yes(books: Bookkeeper, log: Log) -> None:
    too_much = task(withdraw("USDT", "10001"), "k-1")
    (first,), _ = books.process([too_much])
    books.process([task(deposit("USDT", "5000"))])
    (again,), _ = books.process([too_much])
    assert events_of(first) == events_of(again) == ["OrderRefused"]
    assert seqs_of(again) == seqs_of(first)
    assert done(again).duplicate
    assert versions(log) == ["OrderRefused", "FundsDeposited"]


def test_a_refused_fill_stays_refused_under_its_key_when_another_key_has_booked_the_trade(
    books: Bookkeeper, log: Log
) -> None:
    sale = RecordFill(execution=fill("sell", "1", "67000", trade_id="t-1"))
    (first,), _ = books.process([task(sale, "k-1")])
    books.process([task(deposit("BTC", "1"))])
    (booked,), _ = books.process([task(sale, "k-2")])
    (again, other), _ = books.process([task(sale, "k-1"), task(sale, "k-2")])
    assert events_of(first) == events_of(again) == ["OrderRefused"]
    assert events_of(booked) == events_of(other) == ["FillRecorded"]
    assert versions(log) == ["OrderRefused", "FundsDeposited", "FillRecorded"]


def test_what_broke_a_rule_used_no_key_up(books: Bookkeeper) -> None:
    (refused,), _ = books.process([task(deposit("BTC", "-1"), "k-1")])
    (taken,), _ = books.process([task(deposit("BTC", "1"), "k-1", "d-2")])
    assert isinstance(refused, InvalidAmount)
    assert events_of(taken) == ["FundsDeposited"]


def test_a_key_whose_command_wrote_nothing_is_used_up_too(books: Bookkeeper, log: Log) -> None:
    nothing = task(ReportOrders(reports=()), "k-1")
    (first,), committed = books.process([nothing])
    assert committed.recorded == ()
    books.process([task(deposit("BTC", "1"), "k-2")])
    (again, other), _ = books.process([nothing, task(deposit("BTC", "1"), "k-1", "d-2")])
    assert (events_of(first), events_of(again), done(again).duplicate) == ([], [], True)
    assert isinstance(other, KeyReused)
    assert versions(log) == ["FundsDeposited"]


def test_all_accounts_of_one_name_share_their_keys_and_others_do_not(books: Bookkeeper) -> None:
    books.process([opening("main", "kraken", BTC="1"), opening("other", BTC="1"), task(deposit("BTC", "1"), "k-1")])
    elsewhere = task(deposit("BTC", "1"), "k-1", "d-2", stream="account:main:kraken")
    another = task(deposit("BTC", "1"), "k-1", stream="account:other:paper")
    (same_name, other_name), _ = books.process([elsewhere, another])
    assert isinstance(same_name, KeyReused)
    assert events_of(other_name) == ["FundsDeposited"]
    assert not done(other_name).duplicate


def test_keys_are_known_after_a_restart(books: Bookkeeper, log: Log) -> None:
    books.process([task(limit("buy", "0.01", "67000"), "k-1")])
    (again,), _ = Bookkeeper(log, ticking()).process([task(limit("buy", "0.01", "67000"), "k-1")])
    assert (events_of(again), done(again).duplicate) == (["OrderPlaced"], True)
    assert versions(log) == ["OrderPlaced"]


def test_a_trade_id_is_booked_once_whatever_the_key(books: Bookkeeper, log: Log) -> None:
    (first,), _ = books.process([task(bought_elsewhere("t-1"), "k-1")])
    (other_key, no_key, other_price), _ = books.process(
        [
            task(bought_elsewhere("t-1"), "k-2"),
            task(bought_elsewhere("t-1", "0.010", "67250.0")),
            task(bought_elsewhere("t-1", price="67251"), "k-3", "d-3"),
        ]
    )
    assert done(other_key).duplicate
    assert done(no_key).duplicate
    assert seqs_of(other_key) == seqs_of(no_key) == seqs_of(first)
    assert isinstance(other_price, KeyReused)
    assert versions(log) == ["FillRecorded"]


def test_the_second_key_of_a_trade_is_used_up_with_it(books: Bookkeeper, log: Log) -> None:
    books.process([task(bought_elsewhere("t-1"), "k-1")])
    (copy,), _ = books.process([task(bought_elsewhere("t-1"), "k-2")])
    (again,), _ = books.process([task(bought_elsewhere("t-1"), "k-2")])
    (other,), _ = books.process([task(bought_elsewhere("t-9"), "k-2", "d-9")])
    assert (done(copy).duplicate, seqs_of(copy)) == (True, [3])
    assert (done(again).duplicate, seqs_of(again)) == (True, [3])
    assert isinstance(other, KeyReused)
    assert versions(log) == ["FillRecorded"]


def test_a_trade_id_belongs_to_one_exchange(books: Bookkeeper) -> None:
    books.process([opening("main", "kraken", USDT="10000")])
    elsewhere = task(bought_elsewhere("t-1"), stream="account:main:kraken")
    results, _ = books.process([task(bought_elsewhere("t-1")), elsewhere])
    assert [events_of(result) for result in results] == [["FillRecorded"], ["FillRecorded"]]


def test_what_an_exchange_reports_again_is_booked_once(books: Bookkeeper, log: Log) -> None:
    books.process([task(limit("buy", "0.1", "67000"))])
    first, second = (fill("buy", "0.04", "67000", trade_id=name) for name in ("t-1", "t-2"))
    told = [
        task(report("open", first, first)),
        task(report("open", first)),
        task(ReportOrders(reports=(report("open", first, second), report("open", second)))),
    ]
    for one in told:
        books.process([one])
    books.process(told)
    assert versions(log) == ["OrderPlaced", "OrderAccepted", "OrderFilled", "OrderFilled"]
    assert str(books.states.get(MAIN).order("o-1").filled_amount) == "0.08"


def test_a_fill_that_comes_again_with_another_price_changes_nothing(books: Bookkeeper, log: Log) -> None:
    books.process([task(limit("buy", "0.1", "67000"))])
    books.process([task(report("open", fill("buy", "0.04", "67000", trade_id="t-1")))])
    (result,), _ = books.process([task(report("open", fill("buy", "0.04", "66999", trade_id="t-1")))])
    assert events_of(result) == []
    assert versions(log) == ["OrderPlaced", "OrderAccepted", "OrderFilled"]
