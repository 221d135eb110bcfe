"""Versions of Python, SQLite and the packages, and the terminal."""

from pathlib import Path

import pytest

from kit.doctor.checks.dependencies import findings
from kit.doctor.checks.terminal import findings as terminal_findings
from kit.doctor.checks.versions import compile_options, of_python, of_sqlite
from kit.doctor.requirements import read_constraints, read_requirement, release
from tests.kit.doctor.scenes import examine, levels, scene, shown


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 34, 1), ["problem"]),
        ((3, 40, 1), ["warning"]),
        ((3, 51, 2), ["warning"]),
        ((3, 50, 7), []),
        ((3, 44, 6), []),
        ((3, 51, 3), []),
    ],
)
def test_an_sqlite_that_can_hurt_the_log_is_told(version: tuple[int, ...], expected: list[str]) -> None:
    assert [level for level, _ in shown(of_sqlite(version, 3, compile_options()))] == expected


def test_an_sqlite_without_what_the_ledger_needs_is_a_problem() -> None:
    assert shown(of_sqlite((3, 51, 3), 1, frozenset({"OMIT_TRIGGER"}))) == [
        ("problem", "SQLite 3.51.3 was compiled for one thread at a time"),
        ("problem", "SQLite 3.51.3 was compiled with OMIT_TRIGGER"),
    ]


def test_an_old_or_optimising_python_is_a_problem() -> None:
    assert shown(of_python((3, 10, 4), 1)) == [
        ("problem", "Python 3.10.4 is too old"),
        ("problem", "Python runs with -O, which leaves the ledger's own checks out"),
    ]
    assert list(of_python((3, 11, 0), 0)) == []


@pytest.mark.parametrize(
    ("found", "tested", "expected"),
    [
        ("3.14.5", "3.14.5", ("ok", "aiohttp 3.14.5 (>=3.14.5,<3.15)")),
        ("3.14.9", None, ("ok", "aiohttp 3.14.9 (>=3.14.5,<3.15)")),
        ("3.14.9", "3.14.5", ("warning", "aiohttp is 3.14.9; >=3.14.5,<3.15 will do, and 3.14.5 was tested")),
        ("3.13.0", "3.14.5", ("problem", "aiohttp is 3.13.0; kit needs >=3.14.5,<3.15")),
        ("3.15", None, ("problem", "aiohttp is 3.15; kit needs >=3.14.5,<3.15")),
        (None, None, ("problem", "aiohttp is missing; kit needs >=3.14.5,<3.15")),
    ],
)
def test_a_package_is_told_beside_its_bounds(found: str | None, tested: str | None, expected: tuple[str, str]) -> None:
    needed = read_requirement("aiohttp<3.15,>=3.14.5")
    assert shown(findings([(needed, found, tested)])) == [expected]


def test_a_package_that_not_every_platform_has_may_be_missing() -> None:
    needed = read_requirement("uvloop>=0.22.1; sys_platform != 'win32'")
    assert list(findings([(needed, None, None)])) == []
    assert read_requirement("ruff>=0.17.6; extra == 'dev'").extra


def test_versions_are_compared_by_number() -> None:
    assert release("3.10") > release("3.9.12")
    assert release("1.0") == release("1")
    assert release("2.1.0rc1") == (2, 1)


def test_constraints_are_read_without_their_conditions() -> None:
    assert read_constraints("# name==0\nuvloop==0.22.1 ; x == 'y'\nyarl==1.25.1\n") == {
        "uvloop": "0.22.1",
        "yarl": "1.25.1",
    }


def test_what_is_installed_here_fits(tmp_path: Path) -> None:
    assert "problem" not in levels(examine(scene(tmp_path), "dependencies"))
    assert "problem" not in levels(examine(scene(tmp_path), "versions"))


@pytest.mark.parametrize(
    ("encoding", "columns", "expected"),
    [
        ("utf-8", 120, ("ok", "utf-8, 120 columns, LANG=C.UTF-8")),
        ("utf-8", None, ("ok", "utf-8, no terminal, LANG=C.UTF-8")),
        ("ascii", 120, ("warning", "ascii cannot show all signs that kit prints")),
        ("utf-8", 40, ("warning", "40 columns: tables will be folded")),
    ],
)
def test_a_terminal_that_cannot_show_everything_is_warned_about(
    encoding: str, columns: int | None, expected: tuple[str, str]
) -> None:
    assert shown(terminal_findings(encoding, columns, "C.UTF-8")) == [expected]
