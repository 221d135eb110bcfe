"""What the person at the keys wants to see."""

from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

ALL_PANELS: Final = 0
PANELS_MAX: Final = 6
PAGE_ROWS: Final = 10
SCROLLED: Final = {
    "up": -1,
    "k": -1,
    "down": 1,
    "j": 1,
    "page up": -PAGE_ROWS,
    "page down": PAGE_ROWS,
    " ": PAGE_ROWS,
}


class View(Struct, frozen=True, kw_only=True):
    """``panel`` has the whole screen, or 0: all share it. ``skipped`` are the rows scrolled past."""

    panel: int = ALL_PANELS
    skipped: int = 0
    helping: bool = False
    paused_at: datetime | None = None


def pressed(view: View, key: str, now: datetime) -> View | None:
    """The view after a key; None once it is to end. A key that means nothing changes nothing."""
    if key == "q":
        return None
    if view.helping or key == "?":
        return replace(view, helping=not view.helping)
    if key == "p":
        return replace(view, paused_at=now if view.paused_at is None else None)
    if key in SCROLLED:
        return replace(view, skipped=max(0, view.skipped + SCROLLED[key]))
    panel = panel_after(view.panel, key)
    return view if panel is None else replace(view, panel=panel, skipped=0)


def panel_after(panel: int, key: str) -> int | None:
    """The panel that the key leads to; None where it leads nowhere."""
    if key in {"0", "escape"}:
        return ALL_PANELS
    if key == "tab":
        return (panel + 1) % (PANELS_MAX + 1)
    if key == "shift tab":
        return (panel - 1) % (PANELS_MAX + 1)
    chosen = int(key) if key.isdecimal() and key.isascii() else ALL_PANELS
    if not 1 <= chosen <= PANELS_MAX:
        return None
    return ALL_PANELS if chosen == panel else chosen
