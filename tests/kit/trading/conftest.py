"""A log in a directory of its own, closed after the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.log.log import Log
from kit.log.opening import open_log


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    opened = open_log(tmp_path / "data", lock_timeout_s=1)
    yield opened
    opened.close()
