"""What the keys do and what the screen means."""

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from kit.cli.language import text as _
from kit.cli.watch.columns import Column
from kit.cli.watch.panels.room import Room
from kit.cli.watch.text import QUIET, styled

COLUMNS: Final = (Column("Key"), Column("What it does", enough=24))


def help_lines(room: Room) -> list[Text]:
    return [*room.table(COLUMNS, list(keys()), row, ""), styled(""), *(styled(note, QUIET) for note in notes())]


def keys() -> Iterator[tuple[str, str]]:
    yield "1 … 6", _("one panel on the whole screen; again: all of them")
    yield "Tab, Shift-Tab", _("the next panel, the one before")
    yield "↑ ↓ j k PgUp PgDn", _("scroll the panel that has the whole screen")
    yield "0, Esc", _("all panels")
    yield "p", _("stop drawing, and go on")
    yield "r, Ctrl-L", _("draw all of it anew")
    yield "?", _("this help")
    yield "q, Ctrl-C", _("quit")


def notes() -> Iterator[str]:
    yield _("Nothing here trades. Times are UTC. – stands for what is not known.")
    yield _("▲ ▼ is a price's last move. Away: how far it has to go to an order's price.")
    yield _("Dim panels are old: there is no connection, and they are as of its loss.")


def row(key: tuple[str, str]) -> list[Text]:
    return [styled(key[0], "bold"), styled(key[1])]
