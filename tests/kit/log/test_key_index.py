"""The key index says what the log says, and can be made from it."""

from decimal import Decimal
from pathlib import Path

from kit.log.keys import KeyRow, Scope, keys_of, trade_digest
from kit.log.log import Log
from kit.log.opening import open_log
from tests.kit.log.entries import MAIN, deposit, fill
from tests.kit.log.vandalism import vandalise


def keys_found(log: Log) -> list[KeyRow]:
    wanted: list[tuple[Scope, str]] = [("command", "k-1"), ("command", "k-2"), ("trade", "t-1")]
    return [row for scope, key in wanted if (row := log.find_key(MAIN, scope, key)) is not None]


def test_the_same_trade_has_the_same_digest_however_its_numbers_are_written() -> None:
    digest = trade_digest("BTC/USDT", "buy", Decimal("1.00"), Decimal("6.725E+4"))
    assert digest == trade_digest("BTC/USDT", "buy", Decimal(1), Decimal("67250.000"))


def test_every_part_of_a_trade_is_in_its_digest() -> None:
    digests = {
        trade_digest("BTC/USDT", "buy", Decimal(1), Decimal(67250)),
        trade_digest("ETH/USDT", "buy", Decimal(1), Decimal(67250)),
        trade_digest("BTC/USDT", "sell", Decimal(1), Decimal(67250)),
        trade_digest("BTC/USDT", "buy", Decimal("1.000000000000000001"), Decimal(67250)),
        trade_digest("BTC/USDT", "buy", Decimal(1), Decimal("67250.01")),
    }
    assert len(digests) == 5


def test_entries_without_a_command_or_a_trade_stand_for_no_key() -> None:
    assert list(keys_of([deposit(1)])) == []


def test_a_lost_index_is_rebuilt_at_the_next_start_and_is_the_same(tmp_path: Path) -> None:
    entries = [deposit(1, key="k-1"), fill(2, "t-1"), deposit(3, key="k-2", digest="d-2")]
    log = open_log(tmp_path)
    log.commit(entries, list(keys_of(entries)))
    written = keys_found(log)
    log.close()
    vandalise(tmp_path, "DROP TABLE idempotency")
    log = open_log(tmp_path)
    assert keys_found(log) == written
    assert [row.version for row in written] == [1, 3, 2]
    log.close()


def test_a_key_that_several_entries_carry_stands_for_the_first(log: Log) -> None:
    entries = [deposit(1, key="k-1"), deposit(2, key="k-1"), deposit(3, key="k-1")]
    log.commit(entries, [KeyRow(MAIN, "command", "k-1", "d-1", 1)])
    log.rebuild_keys()
    assert keys_found(log) == [KeyRow(MAIN, "command", "k-1", "d-1", 1)]


def test_rebuilding_drops_rows_that_the_log_does_not_bear_out(log: Log) -> None:
    log.commit([deposit(1, key="k-1")], [KeyRow(MAIN, "command", "k-2", "d-1", 1)])
    log.rebuild_keys()
    assert keys_found(log) == [KeyRow(MAIN, "command", "k-1", "d-1", 1)]
