"""What is held of a pair through its fills, at average cost."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from domain.events.fills import PositionAfter
from domain.executions import Execution
from domain.money import ZERO, divided, rounded


class Position(Struct, frozen=True, kw_only=True):
    """An open position: ``amount`` in base (above zero), ``cost`` and ``realized_pnl`` in quote, without fees."""

    position_id: str
    pair: str
    amount: Decimal
    cost: Decimal
    realized_pnl: Decimal
    opened_at: datetime


def position_after(held: Position | None, new_id: str, fill: Execution) -> PositionAfter | None:
    """The position after ``fill``; None where it touches none.

    A fee taken in base makes the position smaller at no profit or loss, so that selling all that is left closes it.
    """
    if fill.side == "sell":
        return None if held is None else _reduced(held, min(held.amount, fill.amount + fill.base_fee), fill.price)
    net = fill.amount - fill.base_fee
    if net <= 0:
        return None
    return PositionAfter(
        position_id=held.position_id if held else new_id,
        position_amount=(held.amount if held else ZERO) + net,
        position_cost=(held.cost if held else ZERO) + rounded(net * fill.price),
        realized_pnl=held.realized_pnl if held else ZERO,
        opened_at=held.opened_at if held else fill.occurred_at,
        opened=held is None,
        closed=False,
    )


def _reduced(held: Position, sold: Decimal, price: Decimal) -> PositionAfter:
    left = held.amount - sold
    cost_left = divided(held.cost * left, held.amount) if left else ZERO
    return PositionAfter(
        position_id=held.position_id,
        position_amount=left,
        position_cost=cost_left,
        realized_pnl=held.realized_pnl + rounded(sold * price) - (held.cost - cost_left),
        opened_at=held.opened_at,
        opened=False,
        closed=not left,
    )


def position_from(pair: str, after: PositionAfter) -> Position | None:
    """The position that ``after`` leaves open, if any."""
    if after.closed:
        return None
    return Position(
        position_id=after.position_id,
        pair=pair,
        amount=after.position_amount,
        cost=after.position_cost,
        realized_pnl=after.realized_pnl,
        opened_at=after.opened_at,
    )
