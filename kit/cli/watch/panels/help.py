"""What the keys do and what the screen means."""

from typing import Final

from rich.text import Text

from kit.cli.language import text as _
from kit.cli.watch.columns import Column
from kit.cli.watch.panels.room import Room
from kit.cli.watch.text import QUIET, styled

KEYS: Final = (
    ("1 … 6", "one panel on the whole screen; again: all of them"),
    ("tab, shift-tab", "the next panel, the one before"),
    ("↑ ↓, j k, page up, page down", "scroll the panel that has the whole screen"),
    ("0, esc", "all panels"),
    ("p", "stop drawing, and go on"),
    ("r", "draw all of it anew"),
    ("?", "this help"),
    ("q, Ctrl-C", "quit"),
)
NOTES: Final = (
    "Nothing here trades. Times are UTC. – stands for what is not known.",
    "▲ ▼ is a price's last move. Away: how far it has to go to an order's price.",
    "Dim panels are old: there is no connection, and they are as of its loss.",
)
COLUMNS: Final = (Column("Key"), Column("What it does", enough=24))


def help_lines(room: Room) -> list[Text]:
    return [*room.table(COLUMNS, KEYS, row, ""), styled(""), *(styled(_(note), QUIET) for note in NOTES)]


def row(key: tuple[str, str]) -> list[Text]:
    return [styled(_(key[0]), "bold"), styled(_(key[1]))]
