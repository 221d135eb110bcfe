"""Sizes and times in sentences."""

from typing import Final

STEPS: Final = (("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10))
SPANS: Final = (("days", 86_400), ("h", 3_600), ("min", 60))


def size(number: float) -> str:
    """``1.5 GiB``, ``300 bytes``."""
    for name, step in STEPS:
        if number >= step:
            return f"{number / step:.1f} {name}"
    return f"{number:.0f} bytes"


def span(seconds: float) -> str:
    """``3 days``, ``2 h``, ``42 s``: whole, of the largest unit of which there are two."""
    for name, step in SPANS:
        if abs(seconds) >= 2 * step:
            return f"{seconds / step:,.0f} {name}"
    return f"{seconds:.3g} s"
