"""The last line: what the keys do, or that nothing moves because somebody paused it."""

from typing import Final

from rich.text import Text

from kit.cli.language import text as _
from kit.cli.watch.panels.room import Room
from kit.cli.watch.text import BAD, QUIET, WARNING, Part, fitted, styled
from kit.cli.watch.view import View

KEYS: Final = (("q", "quit", 0), ("?", "help", 1), ("p", "pause", 2), ("1–6, tab", "panel", 3), ("↑ ↓", "scroll", 4))


def status(view: View, notice: str | None, room: Room) -> Text:
    """``notice`` is what the program itself has to say."""
    if view.paused_at is not None:
        at = _("paused at {time} UTC", time=f"{view.paused_at:%H:%M:%S}")
        return fitted([Part(styled(at, f"bold {WARNING}")), Part(styled(_("p goes on")), rank=1)], room.width)
    keys = [
        Part(styled(f"{_(key)} {_(action)}", QUIET), rank)
        for key, action, rank in KEYS
        if view.panel or action != "scroll"
    ]
    said = [Part(styled(notice, BAD))] if notice else []
    return fitted([*keys, *said], room.width)
