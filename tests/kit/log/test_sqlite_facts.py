"""Which SQLite has the fix for the corruption that two checkpointing connections could cause."""

import pytest

from kit.log.sqlite_facts import Version, has_wal_reset_fix, sqlite_version


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 52, 0), (3, 50, 7), (3, 44, 6), (4, 0, 0)])
def test_these_have_it(version: Version) -> None:
    assert has_wal_reset_fix(version)


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 44, 5), (3, 45, 9), (3, 50, 6), (3, 51, 2)])
def test_these_do_not(version: Version) -> None:
    assert not has_wal_reset_fix(version)


def test_the_version_has_three_numbers() -> None:
    assert sqlite_version() >= (3, 35, 0)
