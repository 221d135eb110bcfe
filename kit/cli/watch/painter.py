"""Lines become what a terminal is to be sent: of a new frame only the lines that are other than before."""

from collections.abc import Sequence
from io import StringIO
from typing import Final

from rich.console import Console
from rich.text import Text

CLEAR: Final = "\x1b[2J"


class Painter:
    """Knows what stands on the screen; ``console`` says which colours the terminal has."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown: list[Text] = []

    def forget(self) -> None:
        """The screen is not what it was: the next frame is painted whole."""
        self._shown = []

    def painted(self, frame: Sequence[Text]) -> str:
        """What makes the screen show ``frame``; empty where it does already."""
        before, self._shown = self._shown, list(frame)
        if len(before) != len(frame):
            return CLEAR + "".join(self._at(row, line) for row, line in enumerate(frame, 1))
        changed = (row for row, line in enumerate(frame) if line != before[row])
        return "".join(self._at(row + 1, frame[row]) for row in changed)

    def _at(self, row: int, line: Text) -> str:
        with self._console.capture() as captured:
            self._console.print(line, end="", no_wrap=True, crop=False, overflow="ignore")
        return f"\x1b[{row};1H{captured.get()}"


def painting_console() -> Console:
    """A console that writes nowhere, with the colours of the terminal."""
    return Console(file=StringIO(), force_terminal=True, markup=False, highlight=False, width=1_000)
