"""An order, from the intent to its end."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from domain.events.base import Event, ValueEvent
from domain.events.terms import ExitKind, NamedValue, OrderType, Side, TimeInForce


class OrderPlaced(ValueEvent, frozen=True, kw_only=True):
    """The intent to trade, durable before any exchange hears of it; its postings reserve what it can cost.

    ``amount`` is in base. A market buy by quote has its budget in ``spend`` (fee on top), and ``amount`` is then what
    that buys at ``price_seen``, the price the order was decided at. ``price_bound`` is the worst price a market
    order may fill at. ``client_order_id`` is the client's key, ``exchange_client_id`` what the exchange stores.
    ``exit_of`` names the entry order that this order closes, as its ``exit_kind``.
    """

    order_id: str
    client_order_id: str
    exchange_client_id: str
    pair: str
    base: str
    quote: str
    side: Side
    type: OrderType
    amount: Decimal
    spend: Decimal | None
    price: Decimal | None
    price_seen: Decimal
    price_bound: Decimal | None
    stop_price: Decimal | None
    stop_loss: Decimal | None
    take_profit: Decimal | None
    trailing_stop: Decimal | None
    time_in_force: TimeInForce
    expires_at: datetime | None
    post_only: bool
    reduce_only: bool
    exit_of: str | None
    exit_kind: ExitKind | None
    fee_rate_max: Decimal


class OrderAccepted(Event, frozen=True, kw_only=True):
    """The exchange has taken the order, whose ``OrderPlaced`` is the stream's ``placed_version``-th event."""

    order_id: str
    exchange_order_id: str
    placed_version: int


class OrderTriggered(Event, frozen=True, kw_only=True):
    """The market reached the order's stop price: it is live now."""

    order_id: str
    market_price: Decimal


class OrderCancelled(ValueEvent, frozen=True, kw_only=True):
    """Nothing more will be filled; postings release what was still reserved."""

    order_id: str
    reason: str


class OrderRejected(ValueEvent, frozen=True, kw_only=True):
    """The exchange did not take the order; postings release all of the reservation."""

    order_id: str
    reason: str


class OrderRefused(Event, frozen=True, kw_only=True):
    """Funds or risk said no, for ever under this key: which ``check``, its ``limit`` and what it saw.

    ``method`` is the command refused (``trade.execute``, ``account.withdraw``), ``code`` and ``message`` its answer.
    """

    method: str
    code: Literal["INSUFFICIENT_FUNDS", "RISK_LIMIT_EXCEEDED"]
    message: str
    check: str
    limit: str
    inputs: tuple[NamedValue, ...]
    client_order_id: str | None
    pair: str | None
    asset: str | None
