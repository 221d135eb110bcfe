"""What the program logs while the screen is drawn: on the status line, since the screen is no place for it."""

import logging
from types import TracebackType
from typing import Self

from kit.cli.watch.board import Board


class Notices(logging.Handler):
    """Keeps the newest warning or error of everything that logs, while used with ``with``."""

    def __init__(self, board: Board) -> None:
        super().__init__(logging.WARNING)
        self.newest: str | None = None
        self._board = board

    def emit(self, record: logging.LogRecord) -> None:
        self.newest = record.getMessage()
        self._board.changed.set()

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger().removeHandler(self)
