"""Whether there is room for the ledger to grow."""

import shutil
from collections.abc import Iterator
from typing import Final

from kit.doctor.examining import Beat
from kit.doctor.figures import size, span
from kit.doctor.finding import Finding, Level, Said, said
from kit.doctor.ledger import DAY_S
from kit.doctor.scene import Scene

MIB: Final = 1 << 20
FREE_BYTES_MIN: Final = 64 * MIB  # A -wal file that a reader holds back grows so far.
FREE_BYTES_GOOD: Final = 1024 * MIB
LASTS_DAYS_MIN: Final = 1
LASTS_DAYS_GOOD: Final = 30
LASTS_DAYS_TOLD: Final = 3_650
ADVICE: Final = "make room, or move the data directory to a larger disk: on a full one every command is refused"


def space(scene: Scene, beat: Beat) -> Iterator[Finding]:
    where = scene.data_dir.absolute()
    there = where if where.exists() else next(one for one in where.parents if one.exists())
    ledger = scene.ledger
    yield finding(shutil.disk_usage(there).free, ledger.bytes_a_day(scene.now()) if ledger is not None else None)


def finding(free_bytes: int, bytes_a_day: float | None) -> Finding:
    """``bytes_a_day`` is how fast the log grows, None where that is not known."""
    if bytes_a_day is None:
        return of_level(level(free_bytes, None), said("{free} free", free=size(free_bytes)))
    days = free_bytes / bytes_a_day
    lasts = span(days * DAY_S) if days < LASTS_DAYS_TOLD else said("more than ten years")
    detail = said("{free} free, enough for {lasts} at the present growth", free=size(free_bytes), lasts=lasts)
    return of_level(level(free_bytes, days), detail)


def level(free_bytes: int, days: float | None) -> Level:
    if free_bytes < FREE_BYTES_MIN or (days is not None and days < LASTS_DAYS_MIN):
        return "problem"
    if free_bytes < FREE_BYTES_GOOD or (days is not None and days < LASTS_DAYS_GOOD):
        return "warning"
    return "ok"


def of_level(level: Level, detail: Said) -> Finding:
    return Finding(level, detail, None if level == "ok" else said(ADVICE))
