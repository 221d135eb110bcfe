"""Scenes for checks to look at, and findings as a reader sees them."""

from collections.abc import Iterable
from pathlib import Path

from kit.doctor.examining import Check, examined
from kit.doctor.finding import Finding, Level
from kit.doctor.report import Line
from kit.doctor.scene import Scene
from kit.doctor.table import CHECKS

NOBODY = "ws://127.0.0.1:1"


def scene(data_dir: Path, *, url: str | None = None, full: bool = False, token: str | None = None) -> Scene:
    """A machine with nothing set but the data directory, and no gateway unless ``url`` leads to one."""
    return Scene({"KIT_DATA_DIR": str(data_dir), "KIT_GATEWAY_PORT": "1"}, url=url, token=lambda: token, full=full)


def examine(scene: Scene, name: str) -> list[Line]:
    """The lines of one check."""
    return lines([check for check in CHECKS if check.name == name], scene)


def lines(checks: Iterable[Check], scene: Scene, deadline_s: float = 10.0) -> list[Line]:
    return [Line.of(name, finding) for name, finding in examined(checks, scene, lambda _: None, deadline_s)]


def shown(findings: Iterable[Finding]) -> list[tuple[Level, str]]:
    return [(finding.level, finding.detail.shown()) for finding in findings]


def levels(lines: Iterable[Line]) -> list[Level]:
    return [line.level for line in lines]
