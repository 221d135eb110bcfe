"""The last line: what the keys do, or that nothing moves because somebody paused it."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from rich.text import Text

from kit.cli.language import text as _
from kit.cli.watch.panels.room import Room
from kit.cli.watch.text import BAD, QUIET, WARNING, Part, fitted, styled
from kit.cli.watch.view import View


class Hint(NamedTuple):
    """What a key does; ``rank`` as of a part, and ``alone`` for one that means something to a single panel only."""

    does: str
    key: str
    rank: int
    alone: bool = False


HINTS: Final = (
    Hint("quit", key="q", rank=0),
    Hint("help", key="?", rank=1),
    Hint("pause", key="p", rank=2),
    Hint("panel", key="1–6, Tab", rank=3),
    Hint("scroll", key="↑ ↓", rank=4, alone=True),
)


def status(view: View, notice: str | None, room: Room) -> Text:
    """``notice`` is what the program itself has to say."""
    return fitted(paused(view) if view.paused_at is not None else hints(view, notice), room.width)


def paused(view: View) -> Iterator[Part]:
    yield Part(styled(_("paused at {time} UTC", time=f"{view.paused_at:%H:%M:%S}"), f"bold {WARNING}"))
    yield Part(styled(_("p goes on")), rank=1)


def hints(view: View, notice: str | None) -> Iterator[Part]:
    for hint in HINTS:
        if view.panel or not hint.alone:
            yield Part(styled(f"{hint.key} {_(hint.does)}", QUIET), hint.rank)
    if notice:
        yield Part(styled(notice, BAD))
