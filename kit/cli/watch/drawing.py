"""Draws the board on a terminal until the person at it quits."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from kit.cli.watch.board import Board, clock, waited
from kit.cli.watch.frame import frame
from kit.cli.watch.keys import keys_in
from kit.cli.watch.model import Model
from kit.cli.watch.notices import Notices
from kit.cli.watch.painter import Painter, painting_console
from kit.cli.watch.terminal import Terminal
from kit.cli.watch.view import View, pressed

ENDING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
REDRAW_KEY: Final = "r"


class Drawing:
    """The screen: at most one frame in ``refresh_s``, but at once after a key; one a second for its clock."""

    def __init__(self, terminal: Terminal, board: Board, notices: Notices, refresh_s: float) -> None:
        self._terminal = terminal
        self._board = board
        self._notices = notices
        self._refresh_s = refresh_s
        self._painter = Painter(painting_console())
        self._view = View()
        self._paused: Model | None = None
        self._hurry = asyncio.Event()
        self._ended = False

    async def run(self) -> None:
        """Draw until a key or a signal ends it."""
        with self._attended():
            while not self._ended:
                await self._draw()
                await waited(self._hurry, self._refresh_s)
                await waited(self._board.changed, 1 - clock().microsecond / 1_000_000)

    async def _draw(self) -> None:
        self._board.changed.clear()
        self._hurry.clear()
        model = self._paused or self._board.model
        now = self._view.paused_at or clock()
        lines = frame(model, self._view, self._terminal.size, now, self._notices.newest)
        if painted := self._painter.painted(lines):
            # In a thread, since a terminal that was stopped with Ctrl-S takes nothing until it goes on.
            await asyncio.to_thread(self._terminal.write, painted)

    @contextmanager
    def _attended(self) -> Iterator[None]:
        """Heed signals and keys."""
        loop = asyncio.get_running_loop()
        handlers = {signal.SIGWINCH: self._repaint, signal.SIGTSTP: self._suspend} | dict.fromkeys(ENDING, self._end)
        for number, handler in handlers.items():
            loop.add_signal_handler(number, handler)
        if self._terminal.keyboard is not None:
            loop.add_reader(self._terminal.keyboard, self._typed)
        try:
            yield
        finally:
            for number in handlers:
                loop.remove_signal_handler(number)
            if self._terminal.keyboard is not None:
                loop.remove_reader(self._terminal.keyboard)

    def _typed(self) -> None:
        typed = self._terminal.typed()
        if not typed:  # The keyboard is gone.
            self._end()
        for key in keys_in(typed):
            self._press(key)

    def _press(self, key: str) -> None:
        view = pressed(self._view, key, clock())
        if view is None:
            self._end()
            return
        self._notices.newest = None  # It was there to be read.
        if key == REDRAW_KEY:
            self._painter.forget()
        if view.paused_at != self._view.paused_at:
            self._paused = None if view.paused_at is None else self._board.model
        self._view = view
        self._draw_at_once()

    def _repaint(self) -> None:
        self._painter.forget()
        self._draw_at_once()

    def _suspend(self) -> None:
        """Ctrl-Z: leave the terminal to the shell until it brings this back to the foreground."""
        loop = asyncio.get_running_loop()
        self._terminal.leave()
        loop.remove_signal_handler(signal.SIGTSTP)
        os.kill(os.getpid(), signal.SIGTSTP)
        loop.add_signal_handler(signal.SIGTSTP, self._suspend)
        self._terminal.enter()
        self._repaint()

    def _end(self) -> None:
        self._ended = True
        self._draw_at_once()

    def _draw_at_once(self) -> None:
        self._hurry.set()
        self._board.changed.set()
