"""What a check found."""

from typing import Literal

from msgspec import Struct

Level = Literal["ok", "warning", "problem"]


class Finding(Struct, frozen=True):
    """One thing that was looked at: how it is, and what to do where it is not well."""

    level: Level
    detail: str
    advice: str | None = None


def ok(detail: str) -> Finding:
    return Finding("ok", detail)


def warning(detail: str, advice: str) -> Finding:
    """Something that works and is unwise."""
    return Finding("warning", detail, advice)


def problem(detail: str, advice: str) -> Finding:
    """Something that keeps the gateway from being traded on."""
    return Finding("problem", detail, advice)
