"""The room that a panel has, and how it looks around its lines."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from rich.text import Text

from kit.cli.language import text as _
from kit.cli.watch.columns import Column, table_lines, window
from kit.cli.watch.text import QUIET, styled

T = TypeVar("T")


class Room(NamedTuple):
    """Cells across, lines down, how many rows are scrolled past, and the time that ages are counted to."""

    width: int
    height: int
    now: datetime
    skipped: int = 0

    def below(self, lines: int) -> "Room":
        return self._replace(height=self.height - lines)

    def table(
        self, columns: Sequence[Column], items: Sequence[T] | None, row: Callable[[T], Sequence[Text]], none: str
    ) -> list[Text]:
        """A row for each item that fits, and how many others there are.

        Where items are None, they are on their way; where there are none, it says ``none``.
        """
        if not items:
            return [styled("…" if items is None else none, QUIET)]
        headed, shown = window(items, self.height, self.skipped)
        lines = table_lines(columns, [row(item) for item in shown], self.width, headed=headed)
        left_out = len(items) - len(shown)
        return [*lines, *([styled(_("… {count} more", count=left_out), QUIET)] if left_out else [])]
