"""Where answers are shown."""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

import click
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.table import Table

from kit.cli.asking import Answer
from kit.cli.language import text as _

T = TypeVar("T")

GAP: Final = 2  # Spaces between two columns.
CONTINUED: Final = "    "  # Before the rest of a row.
WIDTH_OF_A_PIPE: Final = 200  # Nothing that is read by a program is cut to the width of a screen that is not there.


def show(
    answer: Answer[T], render: Callable[[T], Iterable[RenderableType]], *, as_json: bool, prices: bool = True
) -> None:
    """Print the payload exactly as it came, or rendered; ``prices`` says that there are prices in it."""
    if as_json:
        click.echo(answer.text)
        return
    console = screen()
    for renderable in render(answer.document):
        console.print(renderable, crop=False)
    if prices and answer.simulated:
        console.print(_("Simulated market: these prices are invented."), style="yellow")


def screen() -> Console:
    width = None if sys.stdout.isatty() else WIDTH_OF_A_PIPE
    return Console(markup=False, highlight=False, width=width)


class Rows(Table):
    """A table that breaks no number: where the screen is too narrow, a row goes on below, from the next column on."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.update(width=max(options.max_width, WIDTH_OF_A_PIPE))
        made = (part for part in super().__rich_console__(console, wide) if isinstance(part, Segment))
        lines = list(Segment.split_lines(made))
        cuts = gaps(["".join(segment.text for segment in line) for line in lines], options.max_width)
        for line in lines:
            for number, part in enumerate(Segment.divide(line, cuts)):
                yield from [Segment(CONTINUED)] * bool(number) + part + [Segment.line()]


def gaps(lines: Sequence[str], width: int) -> list[int]:
    """Where to cut all of the lines, so that each part fits: after a gap between columns, and at the end."""
    longest = max(map(len, lines))
    between = [place for place in range(GAP, longest) if not any(line[place - GAP : place].strip() for line in lines)]
    cuts, start, room = [], 0, width
    while longest - start > room:
        fitting = [place for place in between if start < place <= start + room]
        if not fitting:
            break
        start, room = fitting[-1], width - len(CONTINUED)
        cuts.append(start)
    return [*cuts, longest]


def table(*columns: str, right: Iterable[str] = ()) -> Table:
    """An empty table; the columns named in ``right`` hold numbers."""
    made = Rows(box=None, pad_edge=False, header_style="bold")
    numbers = frozenset(right)
    for column in columns:
        made.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    return made


def facts(pairs: Iterable[tuple[str, str | None]]) -> Table:
    """Names and values below each other; a fact that is None is left out."""
    made = Table(box=None, pad_edge=False, show_header=False)
    for name, value in pairs:
        if value is not None:
            made.add_row(name, value)
    return made
