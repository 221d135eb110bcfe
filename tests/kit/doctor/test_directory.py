"""The data directory: whose it is, what it is on, and how long there is room."""

import os
from pathlib import Path

import pytest

from kit.doctor.checks.directory import file_system, files, rights
from kit.doctor.checks.space import finding
from kit.doctor.finding import Level
from kit.doctor.mounts import Mount, innermost, mount_of
from kit.log.opening import open_log
from tests.kit.doctor.scenes import examine, scene, shown

GIB = 1 << 30
MOUNTINFO = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:25 / /mnt/nas rw - nfs4 nas:/export rw
31 22 0:26 / /mnt/my\\040disk rw - ext4 /dev/vdb rw
32 22 0:27 / /mnt/nas rw - tmpfs none rw
"""


def test_a_directory_that_is_not_there_yet_is_well(tmp_path: Path) -> None:
    (line,) = examine(scene(tmp_path / "not" / "yet"), "directory")
    assert (line.level, line.detail) == ("ok", f"nothing here yet: the gateway makes {tmp_path}/not/yet")
    assert list(tmp_path.iterdir()) == []


def test_what_the_gateway_would_refuse_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        (line,) = examine(scene(tmp_path / name), "directory")
        assert line.level == "problem", name


@pytest.mark.parametrize(
    ("mode", "expected"), [(0o700, []), (0o755, []), (0o1777, []), (0o770, ["warning"]), (0o777, ["problem"])]
)
def test_who_may_write_there_decides(tmp_path: Path, mode: int, expected: list[Level]) -> None:
    tmp_path.chmod(mode)
    assert [found.level for found in rights(tmp_path, os.geteuid())] == expected


def test_a_directory_of_another_user_is_warned_about(tmp_path: Path) -> None:
    ((level, detail),) = shown(rights(tmp_path, os.geteuid() + 1))
    assert level == "warning"
    assert f"belongs to user {os.geteuid()}, and you are {os.geteuid() + 1}" in detail


def test_a_ledger_that_others_can_read_is_warned_about(tmp_path: Path) -> None:
    open_log(tmp_path).close()
    assert list(files(tmp_path)) == []
    (tmp_path / "ledger.sqlite").chmod(0o644)
    assert shown(files(tmp_path)) == [("warning", f"{tmp_path}/ledger.sqlite is not for its owner alone")]


def test_a_wal_without_its_ledger_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite-wal").touch(0o600)
    assert shown(files(tmp_path)) == [("problem", "ledger.sqlite-wal is there without ledger.sqlite")]


def test_the_deepest_mount_counts_and_the_last_at_one_point() -> None:
    assert innermost(Path("/var/lib/kit"), MOUNTINFO) == Mount(Path("/"), "ext4")
    assert innermost(Path("/mnt/my disk/kit"), MOUNTINFO) == Mount(Path("/mnt/my disk"), "ext4")
    assert innermost(Path("/mnt/nas/kit"), MOUNTINFO) == Mount(Path("/mnt/nas"), "tmpfs")


@pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="only Linux lists its mounts")
def test_the_kernel_s_own_list_can_be_read() -> None:
    assert mount_of(Path("/proc/self")) == Mount(Path("/proc"), "proc")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        *((kind, ["problem"]) for kind in ("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "ceph")),
        *((kind, ["warning"]) for kind in ("tmpfs", "overlay")),
        *((kind, []) for kind in ("ext4", "xfs", "btrfs", "zfs", "apfs", "fuseblk")),
    ],
)
def test_what_kind_of_file_system_it_is_decides(kind: str, expected: list[Level]) -> None:
    assert [found.level for found in file_system(Path("/x"), Mount(Path("/"), kind))] == expected


@pytest.mark.parametrize(
    ("free", "a_day", "level", "detail"),
    [
        (50 * GIB, None, "ok", "50.0 GiB free"),
        (50 * GIB, 1e6, "ok", "50.0 GiB free, enough for more than ten years at the present growth"),
        (50 * GIB, 5e9, "warning", "50.0 GiB free, enough for 11 days at the present growth"),
        (50 * GIB, 1e11, "problem", "50.0 GiB free, enough for 13 hours at the present growth"),
        (GIB // 2, None, "warning", "512.0 MiB free"),
        (0, None, "problem", "0 B free"),
    ],
)
def test_free_space_is_told_with_how_long_it_lasts(free: int, a_day: float | None, level: Level, detail: str) -> None:
    assert shown([finding(free, a_day)]) == [(level, detail)]


def test_the_space_is_that_of_where_the_directory_will_be(tmp_path: Path) -> None:
    (line,) = examine(scene(tmp_path / "not" / "yet"), "space")
    assert " free" in line.detail
