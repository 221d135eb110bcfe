"""Moments as they stand in sentences: RFC 3339 in UTC with a Z, as everywhere on the wire."""

from datetime import UTC, datetime


def rfc3339(moment: datetime) -> str:
    """``2026-02-09T12:00:00Z``; ``moment`` says its zone."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
