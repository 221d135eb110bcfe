"""Every event of the log, from the first to the last that there was when the reading began."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Final

from domain.events import Entry
from kit.log.checking import checked
from kit.log.errors import LogDamaged, LogUnavailable
from kit.log.onlooker import Onlooker

PAGE_ROWS: Final = 5_000


def read_whole(log_file: Path, beat: Callable[[str], None]) -> list[str]:
    """What is wrong: the first event that cannot be right, or what SQLite's own check of its file finds."""
    try:
        with Onlooker(log_file) as onlooker:
            _read_events(onlooker, beat)
            beat("the file's pages and indexes")
            return onlooker.faults_of_the_file(lambda: beat("the file's pages and indexes"))
    except (LogDamaged, LogUnavailable) as error:
        return [str(error)]


def _read_events(onlooker: Onlooker, beat: Callable[[str], None]) -> None:
    versions: dict[str, int] = {}
    head = onlooker.last_position_given()
    for first in range(1, head + 1, PAGE_ROWS):
        # A transaction for each page: one for all of them would hold the gateway's checkpoints back.
        last = min(head, first + PAGE_ROWS - 1)
        entries = checked(onlooker.rows(first, last), first, last, onlooker.entry)
        for seq, entry in zip(count(first), entries, strict=False):
            _check_version(seq, entry, versions)
        beat(f"{last:,} of {head:,} events")


def _check_version(seq: int, entry: Entry, versions: dict[str, int]) -> None:
    expected = versions.get(entry.stream, 0) + 1
    if entry.version != expected:
        raise LogDamaged(seq, f"{entry.stream} goes on with version {entry.version}, not {expected}")
    versions[entry.stream] = entry.version
