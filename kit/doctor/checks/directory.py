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
        advice = "name the directory itself: KIT_DATA_DIR={target}"
        yield problem("{where} is a symlink, which the gateway refuses", advice, where=where, target=where.resolve())
    elif not where.exists():
        yield not_yet_there(where)
    elif not where.is_dir():
        yield problem("{where} is no directory", "name another one with KIT_DATA_DIR", where=where)
    else:
        wrong = [*rights(where, os.geteuid()), *files(where), *file_system(where, mount_of(where))]
        yield from wrong or [well(where)]


def well(where: Path) -> Finding:
    if (where / LOG_FILE).exists():
        return ok("{where} holds a ledger", where=where)
    return ok("{where} is there, and holds no ledger yet", where=where)


def not_yet_there(where: Path) -> Finding:
    parent = next(one for one in where.parents if one.exists())
    if os.access(parent, os.W_OK | os.X_OK):
        return ok("nothing here yet: the gateway makes {where}", where=where)
    advice = "make it, or let this user write to {parent}"
    return problem("{where} is not there and cannot be made", advice, where=where, parent=parent)


def rights(where: Path, user: int) -> Iterator[Finding]:
    """Whether the directory belongs to who asks, and others cannot put other files into it."""
    status = where.stat()
    if not os.access(where, os.R_OK | os.W_OK | os.X_OK):
        advice = "give it to the user that runs the gateway, or mount it writable"
        yield problem("{where} cannot be written to", advice, where=where)
    if status.st_uid != user:
        advice = "run the gateway and kit doctor as the same user"
        yield warning(
            "{where} belongs to user {owner}, and you are {user}", advice, where=where, owner=status.st_uid, user=user
        )
    sticky = status.st_mode & stat.S_ISVTX
    if status.st_mode & stat.S_IWOTH and not sticky:
        yield problem(
            "{where} can be written to by everyone, which the gateway refuses", "chmod o-w {where}", where=where
        )
    elif status.st_mode & stat.S_IWGRP and not sticky:
        yield warning(
            "{where} can be written to by its group, who could replace the ledger", "chmod g-w {where}", where=where
        )


def files(where: Path) -> Iterator[Finding]:
    log_file = where / LOG_FILE
    wal = wal_of(log_file)
    if wal.exists() and not log_file.exists():
        advice = "put {file} back beside it; never delete it: what was committed may be in it alone"
        yield problem("{wal} is there without {file}", advice, wal=wal.name, file=LOG_FILE)
    if log_file.is_symlink():
        yield problem("{file} is a symlink, which the gateway refuses", "move the file itself here", file=log_file)
    elif log_file.exists() and not log_file.is_file():
        yield problem("{file} is not a file", "restore the ledger from its backup", file=log_file)
    for file in (log_file, wal, index_of(log_file)):
        if file.is_file() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield warning("{file} is not for its owner alone", "chmod 600 {file}", file=file)


def file_system(where: Path, mount: Mount | None) -> Iterator[Finding]:
    """Whether locks and fsync can be relied on there, and whether it outlives the machine's next start."""
    if mount is None:
        return
    if mount.over_network:
        advice = "keep it on a local disk: neither the lock nor SQLite's WAL works over a network"
        yield problem("{where} is on {kind}, a file system that machines share", advice, where=where, kind=mount.kind)
    elif mount.in_memory:
        yield warning(
            "{where} is in memory ({kind})",
            "keep it on a disk: this ends with the machine",
            where=where,
            kind=mount.kind,
        )
    elif mount.of_container:
        advice = "keep it on a volume: this ends with the container"
        yield warning("{where} is on {kind}, a container's own layers", advice, where=where, kind=mount.kind)
