"""Reading by stream, by position and in pages, also while another thread writes."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kit.log import log as log_module
from kit.log.errors import EntryMissing, LogUnavailable
from kit.log.keys import KeyRow
from kit.log.log import Log, StoredRow
from tests.kit.log.entries import MAIN, deposit, deposits, fill

GATEWAY = "gateway"


def test_an_entry_is_found_by_stream_and_version_with_its_position(log: Log) -> None:
    log.commit([deposit(1, GATEWAY), deposit(1), deposit(2)])
    recorded = log.read_entry(MAIN, 2)
    assert recorded.seq == 3
    assert recorded.entry == deposit(2)


def test_a_version_that_is_not_there_is_missing(log: Log) -> None:
    log.commit([deposit(1)])
    with pytest.raises(EntryMissing, match="account:main:paper has no version 2"):
        log.read_entry(MAIN, 2)


def test_a_stream_is_read_from_after_a_version(log: Log) -> None:
    log.commit([*deposits(1, 5), deposit(1, GATEWAY)])
    assert [entry.version for entry in log.read_stream(MAIN, 3)] == [4, 5]
    assert list(log.read_stream(MAIN, 5)) == []


def test_pages_do_not_show_in_what_is_read(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "PAGE_ROWS", 2)
    log.commit(deposits(1, 4))
    assert [entry.version for entry in log.read_stream(MAIN)] == [1, 2, 3, 4]


def test_rows_come_in_log_order_after_a_position_up_to_another(log: Log) -> None:
    log.commit([deposit(1), deposit(1, GATEWAY), deposit(2), deposit(3)])
    assert [row.seq for row in log.rows(1, 10)] == [2, 3, 4]
    assert [row.seq for row in log.rows(0, 2)] == [1, 2]
    assert [(row.seq, row.stream, row.version) for row in log.rows(0, 10, until=2)] == [(1, MAIN, 1), (2, GATEWAY, 1)]
    assert log.rows(4, 10) == []


def test_a_row_holds_the_stored_bytes(log: Log) -> None:
    log.commit([fill(1, "t-1")])
    (row,) = log.rows(0, 1)
    assert isinstance(row, StoredRow)
    assert row.topic == "FillRecorded"
    assert row.state.startswith(b'{"at":"2026-01-05T09:30:00.123456Z","by":"kit-')
    assert b'"price":"67250"' in row.state


def test_keys_are_looked_up_in_one_go_in_the_order_asked_for(log: Log) -> None:
    rows = [KeyRow(MAIN, "command", f"k-{number}", "abc", number) for number in (1, 2, 3)]
    log.commit([], rows)
    missing = KeyRow(MAIN, "command", "k-9", "abc", 9)
    assert log.find_keys([rows[2].name, missing.name, rows[0].name]) == [rows[2], rows[0]]


def test_a_command_key_is_used_for_all_exchanges_of_an_account_and_a_trade_id_for_one(log: Log) -> None:
    rows = [
        KeyRow("account:main:paper", "command", "k-1", "abc", 1),
        KeyRow("account:main:paper", "trade", "t-1", "d", 1),
    ]
    log.commit([], rows)
    assert log.find_key("account:main:binance", "command", "k-1") == rows[0]
    assert log.find_key("account:main:binance", "trade", "t-1") is None
    assert log.find_key("account:other:paper", "command", "k-1") is None


def test_all_streams_are_listed_once(log: Log) -> None:
    log.commit([deposit(1), deposit(1, GATEWAY), deposit(2)])
    assert log.streams() == [MAIN, GATEWAY]


def test_the_wal_file_has_a_size_while_the_log_is_open(log: Log) -> None:
    log.commit([deposit(1)])
    assert log.wal_bytes() > 0
    log.close()
    assert log.wal_bytes() == 0


def test_a_reading_thread_never_sees_half_a_commit(log: Log) -> None:
    def heads_until(last: int) -> set[int]:
        seen = {0}
        while max(seen) < last:
            seen.add(log.head())
        return seen

    with ThreadPoolExecutor(1) as reader:
        seen = reader.submit(heads_until, 200)
        for first in range(1, 201, 5):
            log.commit(deposits(first, first + 4))
        assert {head % 5 for head in seen.result()} == {0}


def test_a_closed_log_is_unavailable(log: Log) -> None:
    log.close()
    with pytest.raises(LogUnavailable, match="ConnectionPoolClosedError"):
        log.head()
