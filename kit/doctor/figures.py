"""Sizes and times in sentences."""

from typing import Final

from kit.doctor.finding import Said, said

STEPS: Final = (("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10))
SPANS: Final = (("{number} days", 86_400), ("{number} hours", 3_600), ("{number} minutes", 60))


def size(number: float) -> str:
    """``1.5 GiB``, ``300 B``."""
    for name, step in STEPS:
        if number >= step:
            return f"{number / step:.1f} {name}"
    return f"{number:.0f} B"


def span(seconds: float) -> Said:
    """``3 days``, ``2 hours``, ``42 s``: whole, of the largest unit of which there are two."""
    for words, step in SPANS:
        if abs(seconds) >= 2 * step:
            return said(words, number=f"{seconds / step:,.0f}")
    return said("{number} s", number=f"{seconds:.3g}")
