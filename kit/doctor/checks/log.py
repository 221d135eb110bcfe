"""Whether the log can be read, is whole, and is as this version makes it."""

from collections.abc import Iterator
from typing import Final

from kit.doctor.examining import Beat
from kit.doctor.figures import size, span
from kit.doctor.finding import Finding, ok, problem, warning
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
        faults = [problem(fault, RESTORE) for fault in read_whole(scene.log_file, beat)]
    yield from faults
    if ledger.wal_bytes > WAL_BYTES_MAX:
        advice = "end the program that keeps a read transaction open on it"
        yield warning(f"the -wal file has grown to {size(ledger.wal_bytes)}", advice)
    if not faults:
        yield ok(f"{looked_at(ledger, full=scene.full)}{last_event(scene, ledger)}")


def faults_of(ledger: Ledger) -> Iterator[Finding]:
    if ledger.damage is not None:
        yield problem(ledger.damage, RESTORE)
    if ledger.unreadable is not None:
        yield warning(ledger.unreadable, LOOK_LATER)
    yield from (problem(altered, ALTERED) for altered in ledger.alterations)


def looked_at(ledger: Ledger, *, full: bool) -> str:
    sizes = f"{size(ledger.file_bytes)}, {size(ledger.wal_bytes)} in the -wal file"
    if not ledger.head:
        return f"an empty ledger ({sizes})"
    read = "all" if full or len(ledger.tail) == ledger.head else f"the last {len(ledger.tail):,}"
    return f"{ledger.head:,} events ({sizes}); {read} read and whole"


def last_event(scene: Scene, ledger: Ledger) -> str:
    if not ledger.tail:
        return ""
    return f"; the last one {span(max(0.0, (scene.now() - ledger.tail[-1].at).total_seconds()))} ago"
