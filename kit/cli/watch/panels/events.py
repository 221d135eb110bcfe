"""What the gateway told, newest first."""

from collections.abc import Mapping
from typing import Final

from rich.text import Text

from kit.cli.language import text as _
from kit.cli.watch.columns import Column
from kit.cli.watch.figures import when
from kit.cli.watch.model import Model, News
from kit.cli.watch.panels.room import Room
from kit.cli.watch.text import ALARM, BAD, GOOD, QUIET, WARNING, styled

COLUMNS: Final = (Column("Time", rank=1), Column("Event"), Column("What", enough=24))
STYLES: Final[Mapping[str, str]] = {
    "trade:executed": GOOD,
    "trade:rejected": BAD,
    "exchange:connected": GOOD,
    "exchange:disconnected": BAD,
    "risk:halted": ALARM,
    "risk:resumed": ALARM,
    "shutdown": WARNING,
}


def events(model: Model, room: Room) -> list[Text]:
    return room.table(COLUMNS, model.news[::-1], lambda news: row(news, room), _("none since this watch began"))


def row(news: News, room: Room) -> list[Text]:
    style = STYLES.get(news.name, "")
    quiet = style if style == ALARM else ""
    return [styled(when(news.at, room.now), QUIET), styled(news.name, style), styled(news.text, quiet)]
