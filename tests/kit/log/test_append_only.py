"""No connection, ours or another program's, can change what the log holds."""

import sqlite3
from contextlib import closing

import pytest

from kit.log.log import Log
from tests.kit.log.entries import deposits


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stored_events SET state = x'7b7d' WHERE rowid = 1",
        "UPDATE stored_events SET rowid = 9 WHERE rowid = 1",
        "DELETE FROM stored_events WHERE rowid = 2",
        "DELETE FROM stored_events",
        "INSERT OR REPLACE INTO stored_events VALUES (1, 'account:main:paper', 1, 'FundsDeposited', x'7b7d')",
        "INSERT OR REPLACE INTO stored_events VALUES (1, 'gateway', 1, 'GatewayStopped', x'7b7d')",
        "INSERT OR REPLACE INTO stored_events VALUES (NULL, 'account:main:paper', 1, 'FundsDeposited', x'7b7d')",
        "INSERT INTO stored_events VALUES (NULL, 'account:main:paper', 9, 'FundsDeposited', x'7b7d')",
    ],
)
def test_history_cannot_be_changed(log: Log, statement: str) -> None:
    log.commit(deposits(1, 2))
    before = log.rows(0, 10)
    with closing(sqlite3.connect(log.file, isolation_level=None)) as other, pytest.raises(sqlite3.IntegrityError):
        other.execute(statement)
    assert log.rows(0, 10) == before


def test_positions_survive_vacuum(log: Log) -> None:
    log.commit(deposits(1, 3))
    with closing(sqlite3.connect(log.file, isolation_level=None)) as other:
        other.execute("VACUUM")
    assert [row.seq for row in log.rows(0, 10)] == [1, 2, 3]
