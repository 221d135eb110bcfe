"""Python and SQLite, and what of them the ledger relies on."""

import platform
import sqlite3
import sys
from collections.abc import Iterator
from typing import Final

from kit.doctor.examining import Beat
from kit.doctor.finding import Finding, ok, problem, warning
from kit.doctor.scene import Scene
from kit.version import NOT_INSTALLED, kit_version

PYTHON_MIN: Final = (3, 11)
SQLITE_MIN: Final = (3, 35, 0)  # The first that reads and writes RETURNING.
SERIALIZED: Final = 3  # Connections are handed from thread to thread.
OMITTED: Final = frozenset({"OMIT_WAL", "OMIT_TRIGGER", "OMIT_AUTOINCREMENT", "OMIT_CTE"})
INSTALL: Final = "pip install -c constraints.txt ."

Version = tuple[int, ...]


def versions(scene: Scene, beat: Beat) -> Iterator[Finding]:
    version = kit_version()
    if version == NOT_INSTALLED:
        yield warning("kit runs from its source and is not installed", INSTALL)
    found = [
        *of_python(sys.version_info[:3], sys.flags.optimize),
        *of_sqlite(sqlite3.sqlite_version_info, sqlite3.threadsafety, compile_options()),
    ]
    yield from found
    if not found:
        yield ok(
            "kit {kit}, Python {python}, SQLite {sqlite}",
            kit=version,
            python=platform.python_version(),
            sqlite=sqlite3.sqlite_version,
        )


def of_python(version: Version, optimize: int) -> Iterator[Finding]:
    if version < PYTHON_MIN:
        yield problem(
            "Python {found} is too old", "use {least} or newer", found=dotted(version), least=dotted(PYTHON_MIN)
        )
    if optimize:
        yield problem("Python runs with -O, which leaves the ledger's own checks out", "unset PYTHONOPTIMIZE")


def of_sqlite(version: Version, threadsafety: int, options: frozenset[str]) -> Iterator[Finding]:
    found = dotted(version)
    if version < SQLITE_MIN:
        advice = "use a Python that has {least} or newer"
        yield problem("SQLite {found} is too old", advice, found=found, least=dotted(SQLITE_MIN))
    elif not resets_the_wal_safely(version):
        advice = "let no other program write to the ledger while the gateway runs, or use a Python with 3.51.3 or newer"
        yield warning("SQLite {found} can damage a log that two programs write to at once", advice, found=found)
    if threadsafety != SERIALIZED:
        advice = "use a Python whose SQLite has THREADSAFE=1"
        yield problem("SQLite {found} was compiled for one thread at a time", advice, found=found)
    for option in sorted(options & OMITTED):
        advice = "use a Python whose SQLite has it all"
        yield problem("SQLite {found} was compiled with {option}", advice, found=found, option=option)


def resets_the_wal_safely(version: Version) -> bool:
    """Whether the race in which a reset of the -wal file damages the database is mended in this version."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def compile_options() -> frozenset[str]:
    connection = sqlite3.connect(":memory:")
    try:
        return frozenset(row[0] for row in connection.execute("PRAGMA compile_options"))
    finally:
        connection.close()


def dotted(version: Version) -> str:
    return ".".join(map(str, version))
