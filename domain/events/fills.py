"""Executions, and what an order and a position are right after one."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from domain.events.base import ValueEvent
from domain.events.terms import Liquidity, OrderType, Side, Status


class PositionAfter(Struct, frozen=True, kw_only=True):
    """The position of a pair right after a fill, at average cost.

    ``position_amount`` is in base (zero once closed), ``position_cost`` what it cost in quote without fees,
    ``realized_pnl`` the profit in quote, before fees, of all that was sold of it; ``opened_at`` is the exchange's time
    of its first fill. A sale of holdings that no position covers changes no position.
    """

    position_id: str
    position_amount: Decimal
    position_cost: Decimal
    realized_pnl: Decimal
    opened_at: datetime
    opened: bool
    closed: bool


class OrderAfter(Struct, frozen=True, kw_only=True):
    """An order right after a fill, as execution reports carry it: its type, whole amount, what is done and status.

    ``filled_amount`` is in base, ``filled_notional`` in quote, both over all its fills.
    """

    type: OrderType
    amount: Decimal
    filled_amount: Decimal
    filled_notional: Decimal
    status: Status


class OrderFilled(ValueEvent, frozen=True, kw_only=True):
    """One execution of an order. ``fee`` is in ``fee_asset``, negative for a rebate.

    ``final`` says that nothing more can be filled. ``order`` is the order after it, ``position`` the pair's position,
    None where the fill touched none.
    """

    order_id: str
    trade_id: str
    pair: str
    base: str
    quote: str
    side: Side
    amount: Decimal
    price: Decimal
    fee: Decimal
    fee_asset: str
    liquidity: Liquidity
    final: bool
    occurred_at: datetime
    order: OrderAfter
    position: PositionAfter | None


class FillRecorded(ValueEvent, frozen=True, kw_only=True):
    """An execution made elsewhere, or one that came too late for its order (``order_id``) to be still in reach."""

    trade_id: str
    order_id: str | None
    pair: str
    base: str
    quote: str
    side: Side
    amount: Decimal
    price: Decimal
    fee: Decimal
    fee_asset: str
    occurred_at: datetime
    position: PositionAfter | None
