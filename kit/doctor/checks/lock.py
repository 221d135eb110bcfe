"""Who has the ledger, and whether the gateway that answers is the one that has it."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec import Struct

from kit.doctor.examining import Beat
from kit.doctor.finding import Finding, ok, warning
from kit.doctor.ledger import read_ledger
from kit.doctor.locks import holder_of, is_alive
from kit.doctor.scene import Scene
from kit.doctor.visit import Visit
from kit.log.lock import Holder, introduced
from kit.settings.addresses import is_loopback


class Lock(Struct, frozen=True, kw_only=True):
    """``writer`` wrote itself into the file last; ``pid`` holds the lock, as far as the system tells (``told``)."""

    writer: Holder | None
    pid: int | None
    told: bool
    here: str

    @property
    def elsewhere(self) -> bool:
        """Whether the last writer is on another machine, or in a container."""
        return self.writer is not None and self.writer.host != self.here


def lock(scene: Scene, beat: Beat) -> Iterator[Finding]:
    if not scene.lock_file.exists():
        found = Lock(writer=None, pid=None, told=True, here=socket.gethostname())
    else:
        pid, told = holder_of(scene.lock_file)
        found = Lock(writer=introduced(scene.lock_file), pid=pid, told=told, here=socket.gethostname())
    yield holding(found)
    if isinstance(scene.visit, Visit) and scene.visit.health.log is not None:
        yield from another_ledger(scene, found, scene.visit.health.log.position)


def holding(lock: Lock) -> Finding:
    writer = lock.writer
    by = "" if writer is None else f"pid {writer.pid} on {writer.host} since {writer.started_at}"
    if lock.pid is not None:
        if writer is not None and not lock.elsewhere and lock.pid != writer.pid:
            advice = f"look what pid {lock.pid} is: no gateway can start while it holds the lock"
            return warning(f"held by pid {lock.pid}, which did not sign; the last to do so was {by}", advice)
        return ok(f"the ledger is in use by {by or f'pid {lock.pid}'}")
    if writer is None:
        return ok("nobody has the ledger")
    if lock.elsewhere:
        advice = f"look on {writer.host}; one that is gone does no harm"
        return warning(
            f"the ledger was last opened by {by}; whether it still is cannot be seen from {lock.here}", advice
        )
    if not lock.told and is_alive(writer.pid):
        return ok(f"the ledger is in use by {by}, as far as this system tells")
    return ok(f"nobody has the ledger; {by} had it last")


def another_ledger(scene: Scene, lock: Lock, position: int) -> Iterator[Finding]:
    """The gateway that answers on this machine may be another one than ours, with a ledger of its own."""
    if not is_loopback(urlsplit(scene.url).hostname or ""):
        return
    now = read_ledger(scene.log_file, rows=1)
    advice = "name the gateway with --url, or its ledger with --data-dir"
    nobody = lock.pid is None and lock.told and not lock.elsewhere
    if nobody or now is None or (now.damage is None and now.unreadable is None and now.head < position):
        head = 0 if now is None else now.head
        detail = (
            f"the gateway at {scene.url} has another ledger: it is at {position}, the one in {scene.data_dir} at {head}"
        )
        yield warning(detail, advice)
