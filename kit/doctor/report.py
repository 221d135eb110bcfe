"""All findings together, as texts that hold no secret and nothing that a terminal would take for a command."""

from collections.abc import Iterable
from typing import Self

from msgspec import Struct

from kit.doctor.finding import Finding, Level, LookUp, Said, as_written
from kit.logs.entries import escaped
from kit.logs.redaction import masked


class Line(Struct, frozen=True, omit_defaults=True):
    """A finding under the name of its check."""

    check: str
    level: Level
    detail: str
    advice: str | None = None

    @classmethod
    def of(cls, check: str, finding: Finding, look_up: LookUp = as_written) -> Self:
        advice = None if finding.advice is None else safe(finding.advice, look_up)
        return cls(check, finding.level, safe(finding.detail, look_up), advice)


class Report(Struct, frozen=True):
    """``ok`` is false where there is a problem; warnings leave it true."""

    ok: bool
    problems: int
    warnings: int
    findings: tuple[Line, ...]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Self:
        findings = tuple(lines)
        problems = sum(line.level == "problem" for line in findings)
        return cls(problems == 0, problems, sum(line.level == "warning" for line in findings), findings)


def safe(said: Said, look_up: LookUp) -> str:
    return escaped(masked(said.shown(look_up)))
