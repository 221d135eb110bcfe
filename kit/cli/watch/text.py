"""Pieces of a line: what may be printed of a text, how it is coloured, and what fits."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from rich.text import Text

GAP: Final = "  "
GOOD: Final = "green"
BAD: Final = "red"
WARNING: Final = "yellow"
QUIET: Final = "dim"
ALARM: Final = "bold red"


class Part(NamedTuple):
    """A piece that may be left out; where there is no room, the highest ``rank`` goes first, and 0 never."""

    text: Text
    rank: int = 0


def printable(text: str) -> str:
    """The text on one line and without control characters, with which it could write anywhere on the screen."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def styled(text: str, style: str = "") -> Text:
    """The style is a span, and not the base of the text, so that texts that look different are not equal."""
    made = Text(printable(text), end="", no_wrap=True)
    if style:
        made.stylize(style)
    return made


def trend(number: Decimal | float | None) -> str:
    """The colour of a gain or a loss."""
    if not number:
        return ""
    return GOOD if number > 0 else BAD


def fitted(parts: Iterable[Part], width: int) -> Text:
    """The parts that fit side by side."""
    kept = [part for part in parts if part.text]
    while sum(part.text.cell_len + len(GAP) for part in kept) - len(GAP) > width and max(kept, key=rank).rank > 0:
        kept.remove(max(reversed(kept), key=rank))
    return beside([part.text for part in kept])


def rank(part: Part) -> int:
    return part.rank


def beside(texts: Sequence[Text]) -> Text:
    return Text(GAP, end="", no_wrap=True).join(texts)


def filled(line: Text, width: int) -> Text:
    """The line in exactly so many cells; what was cut shows an ellipsis."""
    made = line.copy()
    made.truncate(width, overflow="ellipsis", pad=True)
    return made
