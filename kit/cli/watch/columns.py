"""Tables that drop columns where the screen is narrow, and say how many rows they leave out where it is low."""

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeVar

from rich.text import Text

from kit.cli.language import text as _
from kit.cli.watch.text import GAP, QUIET, beside, filled, styled

T = TypeVar("T")

MORE_ROWS: Final = 1


class Column(NamedTuple):
    """``rank`` says when it is dropped: the highest first, and 0 never; ``right`` that it holds numbers.

    ``enough`` are the cells that the last one makes do with: it is cut where the line ends, and displaces no other.
    """

    title: str
    rank: int = 0
    right: bool = False
    enough: int | None = None


def window(items: Sequence[T], height: int, skipped: int) -> tuple[bool, Sequence[T]]:
    """Whether there is room for a heading, and the items that are shown below it, from number ``skipped`` on.

    Where not all are shown, a line is left for how many others there are; of two lines, that one goes before a heading.
    """
    headed = height > MORE_ROWS + 1 or len(items) < height
    room = height - headed
    if len(items) <= room:
        return headed, items
    room = max(0, room - MORE_ROWS)
    first = max(0, min(skipped, len(items) - room))
    return headed, items[first : first + room]


def table_lines(columns: Sequence[Column], shown: Sequence[Sequence[Text]], width: int, *, headed: bool) -> list[Text]:
    """The rows below their heading, each line at most ``width`` cells."""
    titles = [_(column.title) for column in columns]
    widths = [
        max([len(titles[place]) if headed else 0, *(row[place].cell_len for row in shown)])
        for place in range(len(columns))
    ]
    kept = fitting(columns, widths, width)
    heading = beside([aligned(styled(titles[place], QUIET), columns[place], widths[place]) for place in kept])
    lines = [beside([aligned(row[place], columns[place], widths[place]) for place in kept]) for row in shown]
    return [heading, *lines] if headed else lines


def fitting(columns: Sequence[Column], widths: Sequence[int], width: int) -> list[int]:
    """The places of the columns that fit side by side; of equal rank the last is dropped first."""
    kept = list(range(len(columns)))
    needed = [least(column, cells) for column, cells in zip(columns, widths, strict=True)]
    while sum(needed[place] + len(GAP) for place in kept) - len(GAP) > width:
        worst = max(kept, key=lambda place: (columns[place].rank, place))
        if columns[worst].rank == 0:
            break
        kept.remove(worst)
    return kept


def least(column: Column, cells: int) -> int:
    return cells if column.enough is None else min(cells, column.enough)


def aligned(cell: Text, column: Column, width: int) -> Text:
    if column.enough is not None:
        return cell
    if not column.right:
        return filled(cell, width)
    made = cell.copy()
    made.pad_left(max(0, width - made.cell_len))
    return made
