"""A program on a real pseudo-terminal, and its screen as a terminal emulator shows it."""

import asyncio
import fcntl
import os
import pty
import signal
import struct
import sys
import termios
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Final, Self

import pyte

WAIT_S: Final = 20.0  # For what will surely be shown; a test that waits so long has failed.
KIT: Final = (sys.executable, "-c", "from kit.cli.main import main; main()")


def has_a_terminal_of_its_own() -> None:
    """Make standard input the terminal that this new session's Ctrl-C and hang-up come from."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """Runs ``kit`` with these words in a terminal of this size; used with ``async with``, which ends it."""

    def __init__(
        self, *words: str, width: int = 80, height: int = 24, variables: Mapping[str, str] | None = None
    ) -> None:
        self._words = words
        self._variables = dict(variables or {})
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self._screen)
        self._keyboard, self._terminal = pty.openpty()
        self._changed = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self.written = bytearray()
        self.settings = termios.tcgetattr(self._terminal)
        self._resize(width, height)

    @property
    def lines(self) -> list[str]:
        """The screen as it is, without the spaces that align columns."""
        return [" ".join(line.split()) for line in self._screen.display]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def is_as_it_was(self) -> bool:
        """Whether the settings are those before the program, the cursor is there, and the first screen is back."""
        entered, left = self.written.rfind(b"\x1b[?1049h"), self.written.rfind(b"\x1b[?1049l")
        return termios.tcgetattr(self._terminal) == self.settings and not self._screen.cursor.hidden and left > entered

    async def __aenter__(self) -> Self:
        os.set_blocking(self._keyboard, False)
        asyncio.get_running_loop().add_reader(self._keyboard, self._read)
        self._process = await asyncio.create_subprocess_exec(
            *(*KIT, *self._words),
            stdin=self._terminal,
            stdout=self._terminal,
            stderr=self._terminal,
            env={"PATH": os.environ["PATH"], "TERM": "xterm-256color", **self._variables},
            start_new_session=True,
            preexec_fn=has_a_terminal_of_its_own,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        asyncio.get_running_loop().remove_reader(self._keyboard)
        os.close(self._keyboard)
        os.close(self._terminal)

    def press(self, keys: str) -> None:
        os.write(self._keyboard, keys.encode())

    def send(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def resize(self, width: int, height: int) -> None:
        """Make the window another size, which the program is told of."""
        self._screen.resize(height, width)
        self._resize(width, height)

    async def until(self, true: Callable[[str], bool]) -> str:
        """The screen as soon as it is so."""
        try:
            async with asyncio.timeout(WAIT_S):
                while not true(self.text):
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"it never came; the screen is\n{self.text}") from None
        return self.text

    async def shows(self, *words: str) -> str:
        return await self.until(lambda text: all(word in text for word in words))

    async def ended(self) -> int:
        assert self._process is not None
        async with asyncio.timeout(WAIT_S):
            code = await self._process.wait()
        self._read()
        return code

    def _resize(self, width: int, height: int) -> None:
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def _read(self) -> None:
        try:
            while read := os.read(self._keyboard, 65_536):
                self.written += read
                self._stream.feed(read)
        except BlockingIOError:
            pass
        self._changed.set()
