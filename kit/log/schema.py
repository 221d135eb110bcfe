"""The log's tables, and the triggers that make history unchangeable for every program that opens the file.

The positions are an explicit key that is never given twice, so that VACUUM, dump and restore keep them.
"""

from collections.abc import Mapping
from typing import Final

EVENTS: Final = """
CREATE TABLE IF NOT EXISTS stored_events (
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    UNIQUE (originator_id, originator_version)
)"""

KEYS: Final = """
CREATE TABLE IF NOT EXISTS idempotency (
    space TEXT NOT NULL,
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    stream TEXT NOT NULL,
    digest TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (space, scope, key)
) WITHOUT ROWID"""

NO_UPDATE: Final = """
CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON stored_events
BEGIN SELECT RAISE(ABORT, 'the log is append-only: no UPDATE'); END"""

NO_DELETE: Final = """
CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON stored_events
BEGIN SELECT RAISE(ABORT, 'the log is append-only: no DELETE'); END"""

# INSERT OR REPLACE deletes without asking the trigger above, so a row may only be the next one: of its stream, and
# with a position of its own.
NO_REPLACE: Final = """
CREATE TRIGGER IF NOT EXISTS no_replace BEFORE INSERT ON stored_events
WHEN NEW.originator_version IS NOT 1 + (
    SELECT coalesce(max(originator_version), 0) FROM stored_events WHERE originator_id = NEW.originator_id
) OR EXISTS (SELECT 1 FROM stored_events WHERE rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'the log is append-only: not the next version of its stream'); END"""

STATEMENTS: Final = (EVENTS, KEYS, NO_UPDATE, NO_DELETE, NO_REPLACE)
DEFINED: Final = ("stored_events", "idempotency", "no_update", "no_delete", "no_replace")  # In the same order.

INSERT_EVENT: Final = "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?,?,?,?)"
SELECT_EVENT: Final = "SELECT * FROM stored_events WHERE originator_id=? AND originator_version=?"
SELECT_STRETCH: Final = """
SELECT rowid, originator_id, originator_version, topic, state FROM stored_events WHERE rowid BETWEEN ? AND ?
ORDER BY rowid"""
SELECT_DEFINITIONS: Final = "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'trigger')"
SELECT_LAST_GIVEN: Final = "SELECT seq FROM sqlite_sequence WHERE name='stored_events'"

INSERT_KEY: Final = "INSERT INTO idempotency VALUES (?,?,?,?,?,?)"
INSERT_FIRST_KEY: Final = "INSERT OR IGNORE INTO idempotency VALUES (?,?,?,?,?,?)"
SELECT_KEY: Final = "SELECT stream, scope, key, digest, version FROM idempotency WHERE space=? AND scope=? AND key=?"
SELECT_ANY_KEY: Final = "SELECT EXISTS (SELECT 1 FROM idempotency)"
DELETE_KEYS: Final = "DELETE FROM idempotency"
# A loose index scan: one probe for each stream, however long the streams are.
SELECT_STREAMS: Final = """
WITH RECURSIVE streams(id) AS (
    SELECT min(originator_id) FROM stored_events
    UNION ALL
    SELECT (SELECT min(originator_id) FROM stored_events WHERE originator_id > streams.id) FROM streams
    WHERE streams.id IS NOT NULL
)
SELECT id FROM streams WHERE id IS NOT NULL"""


def alterations(definitions: Mapping[str, str]) -> list[str]:
    """Which tables and triggers are missing, or are not as they are made here, a sentence each."""
    found = []
    for name, statement in zip(DEFINED, STATEMENTS, strict=True):
        if name not in definitions:
            found.append(f"{name} is missing")
        elif definitions[name] != statement.strip().replace("IF NOT EXISTS ", "", 1):
            found.append(f"{name} was made by another program")
    return found
