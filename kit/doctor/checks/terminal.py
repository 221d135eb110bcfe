"""Whether the terminal can show what kit prints."""

import os
import sys
from collections.abc import Iterator
from shutil import get_terminal_size
from typing import Final

from kit.doctor.examining import Beat
from kit.doctor.finding import Finding, ok, said, warning
from kit.doctor.scene import Scene

SYMBOLS: Final = "–×−…’"
COLUMNS_MIN: Final = 80


def terminal(scene: Scene, beat: Beat) -> Iterator[Finding]:
    columns = get_terminal_size().columns if sys.stdout.isatty() else None
    yield from findings(sys.stdout.encoding or "ascii", columns, os.environ.get("LANG", ""))


def findings(encoding: str, columns: int | None, language: str) -> Iterator[Finding]:
    """``columns`` is None where the output is no terminal."""
    if not can_show(SYMBOLS, encoding):
        yield warning("{encoding} cannot show all signs that kit prints", "set LANG=C.UTF-8", encoding=encoding)
    elif columns is not None and columns < COLUMNS_MIN:
        advice = "make the window {least} columns wide"
        yield warning("{columns} columns: tables will be folded", advice, columns=columns, least=COLUMNS_MIN)
    else:
        width = said("no terminal") if columns is None else said("{columns} columns", columns=columns)
        yield ok("{encoding}, {width}, LANG={language}", encoding=encoding, width=width, language=language or "C")


def can_show(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
