"""All findings together."""

from collections.abc import Iterable
from typing import Self

from msgspec import Struct

from kit.doctor.finding import Finding, Level


class Line(Struct, frozen=True, omit_defaults=True):
    """A finding under the name of its check."""

    check: str
    level: Level
    detail: str
    advice: str | None = None


class Report(Struct, frozen=True):
    """``ok`` is false where there is a problem; warnings leave it true."""

    ok: bool
    problems: int
    warnings: int
    findings: tuple[Line, ...]

    @classmethod
    def of(cls, found: Iterable[tuple[str, Finding]]) -> Self:
        lines = tuple(Line(name, one.level, one.detail, one.advice) for name, one in found)
        problems = sum(line.level == "problem" for line in lines)
        return cls(problems == 0, problems, sum(line.level == "warning" for line in lines), lines)
