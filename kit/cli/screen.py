"""Where answers are shown."""

import sys
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

import click
from rich.console import Console, RenderableType
from rich.table import Table

from kit.cli.asking import Answer
from kit.cli.language import text as _

T = TypeVar("T")

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
        console.print(renderable)
    if prices and answer.simulated:
        console.print(_("Simulated market: these prices are invented."), style="yellow")


def screen() -> Console:
    width = None if sys.stdout.isatty() else WIDTH_OF_A_PIPE
    return Console(markup=False, highlight=False, width=width)


def table(*columns: str, right: Iterable[str] = ()) -> Table:
    """An empty table; the columns named in ``right`` hold numbers."""
    made = Table(box=None, pad_edge=False, header_style="bold")
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
