"""Which file system a directory is on, as the kernel lists them; only Linux tells."""

import re
from pathlib import Path
from typing import Final

from msgspec import Struct

MOUNTS: Final = Path("/proc/self/mountinfo")
SHARED: Final = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|9p|afs|ceph|glusterfs|lustre|gpfs|beegfs|ocfs2|gfs2|fuse\.(?!.*blk).+"
)
MEMORY: Final = frozenset({"tmpfs", "ramfs", "devtmpfs"})
LAYERS: Final = frozenset({"overlay", "aufs"})
ESCAPED: Final = re.compile(r"\\([0-7]{3})")


class Mount(Struct, frozen=True):
    """A mounted file system: where, and of what kind."""

    point: Path
    kind: str

    @property
    def over_network(self) -> bool:
        return SHARED.fullmatch(self.kind) is not None

    @property
    def in_memory(self) -> bool:
        return self.kind in MEMORY

    @property
    def of_container(self) -> bool:
        return self.kind in LAYERS


def mount_of(directory: Path) -> Mount | None:
    """The mount that ``directory`` is on; None where the kernel does not tell."""
    try:
        text = MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return None
    return innermost(directory.resolve(), text)


def innermost(directory: Path, mountinfo: str) -> Mount | None:
    """Of the mounts that hold ``directory`` the deepest; of several at one point the last, which hides the others."""
    holding = [mount for line in mountinfo.splitlines() if directory.is_relative_to((mount := _mount(line)).point)]
    return max(reversed(holding), key=lambda mount: len(mount.point.parts), default=None)


def _mount(line: str) -> Mount:
    """``36 35 98:0 /root /point rw master:1 - ext4 /dev/sda1 rw``: the kind stands behind the dash."""
    place, _, rest = line.partition(" - ")
    point = ESCAPED.sub(lambda found: chr(int(found[1], 8)), place.split()[4])
    return Mount(Path(point), rest.split()[0])
