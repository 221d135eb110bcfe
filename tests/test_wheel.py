"""What ``pip install`` brings is what the repository holds."""

from pathlib import Path
from typing import Final

from hatchling.builders.wheel import WheelBuilder

ROOT: Final = Path(__file__).resolve().parents[1]


def test_every_source_file_of_the_three_packages_is_in_the_wheel() -> None:
    wheel = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    sources = {
        source.relative_to(ROOT).as_posix()
        for package in ("domain", "projections", "kit")
        for source in (ROOT / package).rglob("*.py")
    }
    assert sources
    assert sources - wheel == set()
