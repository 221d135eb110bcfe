"""Orders, fills and positions as clients see them. Amounts are in base, fees absolute sums in ``fee_currency``."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from domain.events.terms import OrderType, Side, Status, TimeInForce
from kit.wire.document import Document


class Order(Document, frozen=True, kw_only=True):
    """An order as it stands.

    ``price`` is the average fill price, or the limit price while nothing is filled; null for a market order that has
    no fill yet. ``trailing_stop`` is percent; ``trailing_level`` is the price at which it sells while it is armed, and
    may be up to a tenth of the distance higher by now. ``triggered`` says that the order's own stop was reached.
    ``linked_to`` is the order that cancels it, and that it cancels. ``seq`` is the log position of its newest event.
    ``duplicate`` says that the key was used before and nothing was done.
    """

    order_id: str
    client_order_id: str
    status: Status
    pair: str
    side: Side
    type: OrderType
    amount: Decimal
    filled_amount: Decimal
    price: Decimal | None
    fee: Decimal
    fee_currency: str
    exchange: str
    account: str
    timestamp: datetime
    time_in_force: TimeInForce
    seq: int
    avg_price: Decimal | None = None
    stop_price: Decimal | None = None
    stop_loss: Decimal | None = None
    take_profit: Decimal | None = None
    trailing_stop: Decimal | None = None
    trailing_level: Decimal | None = None
    expires_at: datetime | None = None
    post_only: bool = False
    triggered: bool = False
    exit_of: str | None = None
    linked_to: str | None = None
    reason: str | None = None
    duplicate: bool = False


class LinkedOrders(Document, frozen=True, kw_only=True):
    """Two orders of which one cancels the other: the limit order, then the stop order.

    ``duplicate`` says that the key was used before and nothing was done.
    """

    orders: list[Order]
    duplicate: bool = False


class OrderPage(Document, frozen=True, kw_only=True):
    """Orders, newest first; ``cursor`` asks for the next page."""

    orders: list[Order]
    cursor: str | None = None


class Cancelled(Document, frozen=True, kw_only=True):
    """The ids of the orders that were cancelled; ``failed`` are those whose exchange did not answer."""

    cancelled: list[str]
    failed: tuple[str, ...] = ()
    idempotency_key: str | None = None
    duplicate: bool = False


class Position(Document, frozen=True, kw_only=True):
    """A position at average cost; prices and profit in quote, null where the pair has no price now."""

    id: str
    pair: str
    side: Literal["long"]
    amount: Decimal
    entry_price: Decimal
    current_price: Decimal | None
    unrealized_pnl: float | None
    unrealized_pnl_percent: float | None
    exchange: str
    account: str
    opened_at: datetime
    realized_pnl: Decimal | None = None


class Fill(Document, frozen=True, kw_only=True):
    """One execution. ``executed_at`` is the exchange's time, ``timestamp`` ours."""

    trade_id: str
    pair: str
    side: Side
    amount: Decimal
    price: Decimal
    fee: Decimal
    fee_currency: str
    exchange: str
    account: str
    executed_at: datetime
    timestamp: datetime
    seq: int
    order_id: str | None = None


class FillPage(Document, frozen=True, kw_only=True):
    """Fills, newest first."""

    fills: list[Fill]
    cursor: str | None = None


class FillRecorded(Document, frozen=True, kw_only=True):
    """A fill made elsewhere as it was booked, and the position it left."""

    fill: Fill
    position: Position | None = None
    idempotency_key: str | None = None
    duplicate: bool = False


class TradeExecuted(Document, frozen=True, kw_only=True):
    """The event ``trade:executed``: one fill (``price``, ``fee``), and its order after it (all else).

    A fill made elsewhere has no order id or type.
    """

    trade_id: str
    pair: str
    side: Side
    amount: Decimal
    filled_amount: Decimal
    price: Decimal
    avg_price: Decimal
    fee: Decimal
    fee_currency: str
    status: Status
    exchange: str
    account: str
    timestamp: datetime
    order_id: str | None = None
    type: OrderType | None = None


class OrderTerms(Document, frozen=True, kw_only=True):
    """The event ``trade:amended``: what was asked of an order, as it stands from now on.

    ``amount`` is the whole amount in base, what is filled included; what the order has none of is left out.
    """

    order_id: str
    amount: Decimal
    exchange: str
    account: str
    timestamp: datetime
    price: Decimal | None = None
    stop_price: Decimal | None = None
    stop_loss: Decimal | None = None
    take_profit: Decimal | None = None
    trailing_stop: Decimal | None = None


class OrderReached(Document, frozen=True, kw_only=True):
    """The event ``trade:triggered``: ``market_price`` is the one that reached the order's stop."""

    order_id: str
    market_price: Decimal
    exchange: str
    account: str
    timestamp: datetime


class OrderEnded(Document, frozen=True, kw_only=True):
    """The events ``trade:cancelled`` and ``trade:rejected``."""

    order_id: str
    reason: str
