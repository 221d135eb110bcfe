"""The whole screen: so many lines of so many cells."""

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple

from rich.text import Text

from kit.cli.language import text as _
from kit.cli.watch.arrangement import Band, arranged, widths
from kit.cli.watch.model import Model
from kit.cli.watch.panels.all import PANELS
from kit.cli.watch.panels.header import header
from kit.cli.watch.panels.help import help_lines
from kit.cli.watch.panels.room import Room
from kit.cli.watch.panels.status import status
from kit.cli.watch.text import BAD, GAP, QUIET, WARNING, Part, filled, fitted, styled
from kit.cli.watch.view import View


class Size(NamedTuple):
    """Cells across and lines down."""

    width: int
    height: int


def frame(model: Model, view: View, size: Size, now: datetime, notice: str | None = None) -> list[Text]:
    """The screen as exactly ``size.height`` lines of exactly ``size.width`` cells."""
    room = Room(size.width, size.height, now, view.skipped)
    top = header(model, room)
    body = room.below(len(top) + 1)
    lines = [*cut(top, size.height - 1), *cut(middle(model, view, body), body.height)]
    lines += [styled("")] * (size.height - 1 - len(lines))
    return [filled(line, size.width) for line in [*lines, status(view, notice, room)][-size.height :]]


def middle(model: Model, view: View, room: Room) -> list[Text]:
    if room.height <= 0:
        return []
    if view.helping:
        return help_lines(room)
    if view.panel:
        return panel_lines(view.panel, model, room)
    return overview(model, room._replace(skipped=0))


def overview(model: Model, room: Room) -> list[Text]:
    wanted = {number: len(panel_lines(number, model, room)) for number in PANELS}
    bands = arranged(room.width, room.height, wanted)
    return [line for band in bands for line in band_lines(band, model, room)]


def band_lines(band: Band, model: Model, room: Room) -> list[Text]:
    """The panels of a band side by side, in exactly its rows."""
    shares = widths(room.width, len(band.panels), len(GAP))
    columns = [
        cut(panel_lines(number, model, room._replace(width=share, height=band.rows)), band.rows)
        for number, share in zip(band.panels, shares, strict=True)
    ]
    lines = [joined(row, shares) for row in zip_longest(*columns, fillvalue=styled(""))]
    return lines + [styled("")] * (band.rows - len(lines))


def joined(cells: Sequence[Text], shares: Sequence[int]) -> Text:
    return styled(GAP).join(filled(cell, share) for cell, share in zip(cells, shares, strict=True))


def panel_lines(number: int, model: Model, room: Room) -> list[Text]:
    """The panel with its title above it; dim where it may be old."""
    below = PANELS[number].lines(model, room.below(1))
    if not model.connection.up:
        for line in below:
            line.stylize(QUIET)
    return [title(number, model, room.width), *below]


def title(number: int, model: Model, width: int) -> Text:
    """``1 Prices ────────``, with what is wrong with it."""
    panel = PANELS[number]
    parts = [Part(styled(f"{number} {_(panel.title)}", "bold"))]
    if not model.connection.up:
        parts.append(Part(styled(_("as of {time}", time=f"{model.connection.since:%H:%M:%S}"), WARNING)))
    elif trouble := model.troubles.get(panel.question):
        parts.append(Part(styled(trouble, BAD)))
    words = fitted(parts, width)
    return styled(" ").join([words, styled("─" * (width - words.cell_len - 1), QUIET)])


def cut(lines: list[Text], height: int) -> list[Text]:
    return lines[: max(0, height)]
