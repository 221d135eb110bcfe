"""Whether the ledger's directory and files are where, and whose, they must be."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from kit.doctor.examining import Beat
from kit.doctor.finding import Finding, ok, problem, warning
from kit.doctor.mounts import Mount, mount_of
from kit.doctor.scene import Scene
from kit.log.files import LOG_FILE, index_of, wal_of


def directory(scene: Scene, beat: Beat) -> Iterator[Finding]:
    where = scene.data_dir.absolute()
    if where.is_symlink():
        advice = f"name the directory itself: KIT_DATA_DIR={where.resolve()}"
        yield problem(f"{where} is a symlink, which the gateway refuses", advice)
    elif not where.exists():
        yield from not_yet_there(where)
    elif not where.is_dir():
        yield problem(f"{where} is no directory", "name another one with KIT_DATA_DIR")
    else:
        wrong = [*rights(where, os.geteuid()), *files(where), *file_system(where, mount_of(where))]
        yield from wrong or [ok(f"{where}, {'with' if (where / LOG_FILE).exists() else 'without'} a ledger")]


def not_yet_there(where: Path) -> Iterator[Finding]:
    parent = next(one for one in where.parents if one.exists())
    if os.access(parent, os.W_OK | os.X_OK):
        yield ok(f"nothing here yet: the gateway makes {where}")
    else:
        yield problem(f"{where} is not there and cannot be made", f"make it, or let this user write to {parent}")


def rights(where: Path, user: int) -> Iterator[Finding]:
    """Whether the directory belongs to who asks, and others cannot put other files into it."""
    status = where.stat()
    if not os.access(where, os.R_OK | os.W_OK | os.X_OK):
        yield problem(
            f"{where} cannot be written to", "give it to the user that runs the gateway, or mount it writable"
        )
    if status.st_uid != user:
        advice = "run the gateway and kit doctor as the same user"
        yield warning(f"{where} belongs to user {status.st_uid}, and you are {user}", advice)
    sticky = status.st_mode & stat.S_ISVTX
    if status.st_mode & stat.S_IWOTH and not sticky:
        yield problem(f"{where} can be written to by everyone, which the gateway refuses", f"chmod o-w {where}")
    elif status.st_mode & stat.S_IWGRP and not sticky:
        yield warning(f"{where} can be written to by its group, who could replace the ledger", f"chmod g-w {where}")


def files(where: Path) -> Iterator[Finding]:
    log_file = where / LOG_FILE
    wal = wal_of(log_file)
    if wal.exists() and not log_file.exists():
        advice = f"put {LOG_FILE} back beside it; never delete it: what was committed may be in it alone"
        yield problem(f"{wal.name} is there without {LOG_FILE}", advice)
    if log_file.is_symlink():
        yield problem(f"{log_file} is a symlink, which the gateway refuses", "move the file itself here")
    elif log_file.exists() and not log_file.is_file():
        yield problem(f"{log_file} is not a file", "restore the ledger from its backup")
    for file in (log_file, wal, index_of(log_file)):
        if file.is_file() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield warning(f"{file} is not for its owner alone", f"chmod 600 {file}; a start of the gateway does so")


def file_system(where: Path, mount: Mount | None) -> Iterator[Finding]:
    """Whether locks and fsync can be relied on there, and whether it outlives the machine's next start."""
    if mount is None:
        return
    if mount.over_network:
        advice = "keep it on a local disk: neither the lock nor SQLite's WAL works over a network"
        yield problem(f"{where} is on {mount.kind}, a file system that other machines share", advice)
    elif mount.in_memory:
        yield warning(f"{where} is in memory ({mount.kind}): it ends with the machine", "keep it on a disk")
    elif mount.of_container:
        yield warning(f"{where} is in the container itself: it ends with the container", "keep it on a volume")
