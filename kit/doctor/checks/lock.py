"""Who has the ledger, and whether the gateway that answers is the one that has it."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec import Struct

from kit.doctor.examining import Beat
from kit.doctor.finding import Finding, ok, said, warning
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
    if writer is None:
        return ok("nobody has the ledger") if lock.pid is None else ok("pid {pid} has the ledger", pid=lock.pid)
    by = said("pid {pid} on {host} since {since}", pid=writer.pid, host=writer.host, since=writer.started_at)
    if lock.pid is not None:
        if lock.elsewhere or lock.pid == writer.pid:
            return ok("the ledger is in use by {holder}", holder=by)
        advice = "look what pid {pid} is: no gateway can start while it holds the lock"
        return warning("pid {pid} holds the lock and did not sign; {last} did last", advice, pid=lock.pid, last=by)
    if lock.elsewhere:
        advice = "look on {host} whether it runs; one that is gone does no harm"
        detail = "the ledger was opened last by {last}, which cannot be seen from here"
        return warning(detail, advice, last=by, host=writer.host)
    if not lock.told and is_alive(writer.pid):
        return ok("the ledger is in use by {holder}", holder=by)
    return ok("nobody has the ledger; {last} had it last", last=by)


def another_ledger(scene: Scene, lock: Lock, position: int) -> Iterator[Finding]:
    """The gateway that answers on this machine may be another one than ours, with a ledger of its own."""
    if not is_loopback(urlsplit(scene.url).hostname or ""):
        return
    now = read_ledger(scene.log_file, rows=1)
    nobody = lock.pid is None and lock.told and not lock.elsewhere
    if nobody or now is None or (now.damage is None and now.unreadable is None and now.head < position):
        yield warning(
            "the gateway at {url} has another ledger: it is at position {theirs}, the one in {where} at {ours}",
            "name the gateway with --url, or its ledger with --data-dir",
            url=scene.url,
            theirs=position,
            where=scene.data_dir,
            ours=0 if now is None else now.head,
        )
