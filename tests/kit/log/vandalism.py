"""What another program could do to a closed log."""

import sqlite3
from contextlib import closing
from pathlib import Path

from kit.log.files import LOG_FILE


def vandalise(data_dir: Path, *statements: str) -> None:
    """Run the statements on the log's file with its triggers gone."""
    with closing(sqlite3.connect(data_dir / LOG_FILE, isolation_level=None)) as connection:
        for trigger in ("no_update", "no_delete", "no_replace"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
