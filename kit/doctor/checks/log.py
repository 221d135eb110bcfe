"""Whether the log can be read, is whole, and is as this version makes it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from kit.doctor.examining import Beat
from kit.doctor.figures import size, span
from kit.doctor.finding import Finding, ok, problem, said, warning
from kit.doctor.ledger import Ledger
from kit.doctor.scene import Scene
from kit.doctor.whole_log import read_whole
from kit.log.connections import MIB

WAL_BYTES_MAX: Final = 64 * MIB  # What is beyond this is given back as soon as no reader holds it.
RESTORE: Final = "stop the gateway, keep the files, and restore the backup (docs/operations.md)"
LOOK_LATER: Final = "start the gateway, or look again in a moment"
ALTERED: Final = "somebody could have changed history: compare with the backup; a start puts back only what is missing"


def log(scene: Scene, beat: Beat) -> Iterator[Finding]:
    ledger = scene.ledger
    if ledger is None:
        yield ok("nothing here yet: the first start of the gateway begins the ledger")
        return
    faults = list(faults_of(ledger))
    if scene.full and not faults and ledger.head:
        faults = [problem("{fault}", RESTORE, fault=fault) for fault in read_whole(scene.log_file, beat)]
    yield from faults
    if ledger.wal_bytes > WAL_BYTES_MAX:
        advice = "end the program that keeps a read transaction open on it"
        yield warning("the -wal file has grown to {size}", advice, size=size(ledger.wal_bytes))
    if not faults:
        yield whole(ledger, scene.now(), full=scene.full)


def faults_of(ledger: Ledger) -> Iterator[Finding]:
    if ledger.damage is not None:
        yield problem("{fault}", RESTORE, fault=ledger.damage)
    if ledger.unreadable is not None:
        yield warning("{fault}", LOOK_LATER, fault=ledger.unreadable)
    yield from (problem("{altered}", ALTERED, altered=altered) for altered in ledger.alterations)


def whole(ledger: Ledger, now: datetime, *, full: bool) -> Finding:
    sizes = {"size": size(ledger.file_bytes), "wal": size(ledger.wal_bytes)}
    if not ledger.tail:
        return ok("an empty ledger ({size}, {wal} in the -wal file)", **sizes)
    read = said("the last {number} read and whole", number=f"{len(ledger.tail):,}")
    if full or len(ledger.tail) == ledger.head:
        read = said("all read and whole")
    return ok(
        "{head} events ({size}, {wal} in the -wal file), {read}; the last one {ago} ago",
        head=f"{ledger.head:,}",
        read=read,
        ago=span(max(0.0, (now - ledger.tail[-1].at).total_seconds())),
        **sizes,
    )
