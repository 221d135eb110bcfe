"""Open positions, and what they would bring."""

from typing import Final

from rich.text import Text

from kit.cli.figures import percent
from kit.cli.language import text as _
from kit.cli.watch.columns import Column
from kit.cli.watch.figures import age, amount, gain, level
from kit.cli.watch.model import Model
from kit.cli.watch.panels.room import Room
from kit.cli.watch.text import QUIET, styled, trend
from kit.wire.orders import Position

COLUMNS: Final = (
    Column("Pair"),
    Column("Amount", rank=2, right=True),
    Column("Entry", rank=3, right=True),
    Column("Now", rank=4, right=True),
    Column("Profit", right=True),
    Column("%", rank=1, right=True),
    Column("Open for", rank=5, right=True),
    Column("Exchange", rank=6),
)


def positions(model: Model, room: Room) -> list[Text]:
    known = model.portfolio.positions if model.portfolio is not None else None
    return room.table(COLUMNS, known, lambda position: row(position, room), _("none open"))


def row(position: Position, room: Room) -> list[Text]:
    profit = position.unrealized_pnl
    return [
        styled(position.pair, "bold"),
        styled(amount(position.amount)),
        styled(level(position.entry_price)),
        styled(level(position.current_price)),
        styled(f"{gain(profit)} {position.pair.partition('/')[2]}", trend(profit)),
        styled(percent(position.unrealized_pnl_percent), trend(profit)),
        styled(age(position.opened_at, room.now)),
        styled(position.exchange, QUIET),
    ]
