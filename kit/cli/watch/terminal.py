"""The terminal while a watch has it, the other screen and keys as they are pressed, and as it was afterwards."""

import os
import sys
import termios
import tty
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self

from kit.cli.watch.frame import Size

# The other screen, without a cursor, and without breaking lines at its edge.
ENTER: Final = "\x1b[?1049h\x1b[?25l\x1b[?7l"
LEAVE: Final = "\x1b[?7h\x1b[?25h\x1b[?1049l"
KEY_BYTES_MAX: Final = 1024
DEFAULT_SIZE: Final = Size(80, 24)


class Terminal:
    """Standard output, and standard input where that is a terminal too; used with ``with``."""

    def __init__(self) -> None:
        self._output = sys.stdout.fileno()
        self._input = sys.stdin.fileno() if sys.stdin.isatty() else None
        self._before: list[Any] | None = None

    @property
    def keyboard(self) -> int | None:
        """What keys are read from; None where there is no keyboard."""
        return self._input

    @property
    def size(self) -> Size:
        """As the terminal says it is; one that does not know says 0."""
        width, height = os.get_terminal_size(self._output)
        return Size(width or DEFAULT_SIZE.width, height or DEFAULT_SIZE.height)

    def __enter__(self) -> Self:
        self.enter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def enter(self) -> None:
        if self._input is not None:
            self._before = termios.tcgetattr(self._input)
            tty.setcbreak(self._input)
        self.write(ENTER)

    def leave(self) -> None:
        """Make it what it was; a terminal that was closed meanwhile needs nothing."""
        with suppress(OSError, termios.error):
            self.write(LEAVE)
            if self._input is not None and self._before is not None:
                termios.tcsetattr(self._input, termios.TCSADRAIN, self._before)

    def write(self, text: str) -> None:
        """Write all of it; may wait for a terminal that is held up."""
        left = memoryview(text.encode())
        while left:
            left = left[os.write(self._output, left) :]

    def typed(self) -> bytes:
        """What was typed since the last look; empty at the end of the input."""
        assert self._input is not None
        return os.read(self._input, KEY_BYTES_MAX)
