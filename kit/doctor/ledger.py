"""The end of the log as it is on the disk, whoever writes to it."""

from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from kit.log.checking import checked
from kit.log.errors import LogDamaged, LogUnavailable
from kit.log.files import wal_of
from kit.log.log import CHECKED_ROWS
from kit.log.onlooker import Onlooker
from kit.log.schema import alterations

HOUR_S: Final = 3_600
DAY_S: Final = 86_400
GROWTH_EVENTS_MIN: Final = 100  # Fewer say nothing of how fast the log grows.


class Written(Struct, frozen=True):
    """When the event at ``seq`` was written."""

    seq: int
    at: datetime


class Ledger(Struct, frozen=True, kw_only=True):
    """What the log's file holds: ``tail`` are its last events as far as they are whole.

    ``damage`` says what is wrong with them, ``unreadable`` why they could not be looked at; sizes are in bytes.
    """

    head: int = 0
    file_bytes: int = 0
    wal_bytes: int = 0
    tail: tuple[Written, ...] = ()
    alterations: tuple[str, ...] = ()
    damage: str | None = None
    unreadable: str | None = None

    def bytes_a_day(self, now: datetime) -> float | None:
        """How fast the log grew since the first event of the tail; None where that is too short to tell."""
        if len(self.tail) < GROWTH_EVENTS_MIN:
            return None
        lasted_s = (now - self.tail[0].at).total_seconds()
        if lasted_s < HOUR_S:
            return None
        return len(self.tail) / lasted_s * DAY_S * max(self.file_bytes, self.wal_bytes) / self.head


def read_ledger(log_file: Path, rows: int = CHECKED_ROWS) -> Ledger | None:
    """Decode the last ``rows`` events; None where there is no log yet."""
    if not log_file.exists():
        return None
    wal = wal_of(log_file)
    seen = Ledger(file_bytes=log_file.stat().st_size, wal_bytes=wal.stat().st_size if wal.exists() else 0)
    if not seen.file_bytes and not seen.wal_bytes:
        return seen
    try:
        with Onlooker(log_file) as onlooker:
            return _read(onlooker, rows, seen)
    except LogDamaged as error:
        return replace(seen, damage=str(error))
    except LogUnavailable as error:
        return replace(seen, unreadable=str(error))


def _read(onlooker: Onlooker, rows: int, seen: Ledger) -> Ledger:
    altered = tuple(alterations(onlooker.definitions()))
    head = onlooker.last_position_given()
    first = max(1, head - rows + 1)
    tail: list[Written] = []
    damage = None
    try:
        for entry in checked(onlooker.rows(first, head), first, head, onlooker.entry):
            tail.append(Written(first + len(tail), entry.stamp.at))
    except LogDamaged as error:
        damage = str(error)
    return replace(seen, head=head, tail=tuple(tail), alterations=altered, damage=damage)
