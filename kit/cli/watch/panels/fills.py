"""The latest executions, newest first."""

from typing import Final

from rich.text import Text

from kit.cli.figures import price
from kit.cli.language import text as _
from kit.cli.watch.columns import Column
from kit.cli.watch.figures import amount, when
from kit.cli.watch.model import Model
from kit.cli.watch.panels.room import Room
from kit.cli.watch.text import BAD, GOOD, QUIET, styled
from kit.wire.orders import Fill

COLUMNS: Final = (
    Column("Time"),
    Column("Pair"),
    Column("Side"),
    Column("Amount", rank=1, right=True),
    Column("Price", right=True),
    Column("Fee", rank=2, right=True),
    Column("Trade", rank=3),
)


def fills(model: Model, room: Room) -> list[Text]:
    return room.table(COLUMNS, model.fills, lambda fill: row(fill, room), _("none"))


def row(fill: Fill, room: Room) -> list[Text]:
    return [
        styled(when(fill.timestamp, room.now), QUIET),
        styled(fill.pair, "bold"),
        styled(_(fill.side), GOOD if fill.side == "buy" else BAD),
        styled(amount(fill.amount)),
        styled(price(fill.price)),
        styled(f"{amount(fill.fee)} {fill.fee_currency}"),
        styled(fill.trade_id, QUIET),
    ]
