"""An order's life, as one table from (state, what happened) to the next state."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from domain.events.amendments import AmendmentRequested, OrderAmended
from domain.events.fills import OrderAfter, OrderFilled
from domain.events.orders import OrderPlaced
from domain.events.terms import ExitKind, OrderType, Side, Status, TimeInForce
from domain.money import EXACT, ZERO, divided

Happening = Literal["accepted", "filled in part", "filled", "cancelled", "rejected"]

OPEN: Final[frozenset[Status]] = frozenset({"unknown", "pending", "partial"})

# Late rows stand too: an exchange may report a fill after it reported the cancellation, or answer after both.
NEXT: Final[Mapping[tuple[Status, Happening], Status]] = {
    ("unknown", "accepted"): "pending",
    ("unknown", "filled in part"): "partial",
    ("unknown", "filled"): "filled",
    ("unknown", "cancelled"): "cancelled",
    ("unknown", "rejected"): "rejected",
    ("pending", "accepted"): "pending",
    ("pending", "filled in part"): "partial",
    ("pending", "filled"): "filled",
    ("pending", "cancelled"): "cancelled",
    ("pending", "rejected"): "rejected",
    ("partial", "accepted"): "partial",
    ("partial", "filled in part"): "partial",
    ("partial", "filled"): "filled",
    ("partial", "cancelled"): "cancelled",
    ("filled", "filled in part"): "filled",
    ("filled", "filled"): "filled",
    ("cancelled", "filled in part"): "cancelled",
    ("cancelled", "filled"): "filled",
    ("rejected", "filled in part"): "partial",
    ("rejected", "filled"): "filled",
}


class Asked(Struct, frozen=True, kw_only=True):
    """What an order is to be, once its exchange has agreed; None where it will have none."""

    amount: Decimal
    price: Decimal | None
    price_bound: Decimal | None
    stop_price: Decimal | None
    stop_loss: Decimal | None
    take_profit: Decimal | None
    trailing_stop: Decimal | None


class Order(Struct, frozen=True, kw_only=True):
    """An order as it stands.

    ``amount`` and ``filled_amount`` are in base, ``filled_notional`` and ``spend`` in quote; ``reserved`` is what it
    still locks (quote for a buy, base for a sell); ``fees`` are sums by asset. ``unknown`` means placed, and not yet
    confirmed by the exchange; ``asked`` is the amendment that it has not answered yet. ``linked_to`` is the order that
    ends with this one; one that is ``held`` is not on the exchange, and is sent once its stop was reached.
    """

    order_id: str
    client_order_id: str
    exchange_client_id: str
    exchange_order_id: str | None = None
    placed_version: int
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
    exit_of: str | None
    exit_kind: ExitKind | None
    fee_rate_max: Decimal
    reserved: Decimal
    placed_at: datetime
    triggered: bool = False
    status: Status = "unknown"
    filled_amount: Decimal = ZERO
    filled_notional: Decimal = ZERO
    fill_count: int = 0
    fees: dict[str, Decimal] = {}
    reason: str | None = None
    asked: Asked | None = None
    linked_to: str | None = None
    held: bool = False

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def remaining(self) -> Decimal:
        """What may still be filled, in base; never negative."""
        return max(EXACT.subtract(self.amount, self.filled_amount), ZERO)

    @property
    def price_expected(self) -> Decimal:
        """Where a fill of it is expected, in quote: at its limit, at its stop, or at the price it was decided at."""
        return self.price or self.stop_price or self.price_seen

    @property
    def budget_left(self) -> Decimal | None:
        """What a budget order may still spend, in quote without fees, never negative; None where it has no budget."""
        return None if self.spend is None else max(EXACT.subtract(self.spend, self.filled_notional), ZERO)

    @property
    def average_price(self) -> Decimal | None:
        """Quote per base over all fills, at eighteen decimals; None without a fill."""
        return divided(self.filled_notional, self.filled_amount) if self.filled_amount else None

    @property
    def paid_asset(self) -> str:
        """The asset that the order gives, and therefore reserves."""
        return self.quote if self.side == "buy" else self.base

    @property
    def terms(self) -> tuple[Decimal | None, ...]:
        """What an exchange knows of what can be amended."""
        return self.amount, self.price, self.price_bound, self.stop_price

    @property
    def as_asked(self) -> "Order":
        """The order as it will be where the exchange agrees to the amendment under way, if there is one."""
        return self if self.asked is None else replace(self, **msgspec.structs.asdict(self.asked))

    @property
    def has_exits(self) -> bool:
        return (self.stop_loss or self.take_profit or self.trailing_stop) is not None

    def after(self, happening: Happening, **changes: object) -> "Order":
        """The order one step on.

        Raises:
            KeyError: the table has no such step: only a damaged log or our own mistake gets there.
        """
        return replace(self, status=NEXT[self.status, happening], **changes)


def placed(event: OrderPlaced, version: int, reserved: Decimal, at: datetime) -> Order:
    """The order that ``event``, the stream's ``version``-th, begins at ``at``."""
    return Order(
        placed_version=version,
        order_id=event.order_id,
        client_order_id=event.client_order_id,
        exchange_client_id=event.exchange_client_id,
        pair=event.pair,
        base=event.base,
        quote=event.quote,
        side=event.side,
        type=event.type,
        amount=event.amount,
        spend=event.spend,
        price=event.price,
        price_seen=event.price_seen,
        price_bound=event.price_bound,
        stop_price=event.stop_price,
        stop_loss=event.stop_loss,
        take_profit=event.take_profit,
        trailing_stop=event.trailing_stop,
        time_in_force=event.time_in_force,
        expires_at=event.expires_at,
        post_only=event.post_only,
        exit_of=event.exit_of,
        exit_kind=event.exit_kind,
        fee_rate_max=event.fee_rate_max,
        reserved=reserved,
        placed_at=at,
    )


def after_fill(order: Order, amount: Decimal, notional: Decimal, *, final: bool) -> OrderAfter:
    """How a fill of ``amount`` base for ``notional`` quote leaves ``order``; ``final`` where nothing more can come."""
    filled = EXACT.add(order.filled_amount, amount)
    # A budget order knows its amount in base only once it is done; a fill can also go beyond the estimate.
    grown = order.spend is not None and (final or filled > order.amount)
    return OrderAfter(
        type=order.type,
        amount=filled if grown else order.amount,
        filled_amount=filled,
        filled_notional=EXACT.add(order.filled_notional, notional),
        status=NEXT[order.status, "filled" if final else "filled in part"],
    )


def with_fill(order: Order, event: OrderFilled, reserved: Decimal) -> Order:
    """The order after one execution, with ``reserved`` still locked."""
    fees = order.fees
    if event.fee:
        fees = fees | {event.fee_asset: fees.get(event.fee_asset, ZERO) + event.fee}
    return replace(
        order,
        status=event.order.status,
        amount=event.order.amount,
        filled_amount=event.order.filled_amount,
        filled_notional=event.order.filled_notional,
        fill_count=order.fill_count + 1,
        fees=fees,
        reserved=reserved,
    )


def asked_to_be(event: AmendmentRequested) -> Asked:
    return Asked(**{name: getattr(event, name) for name in Asked.__struct_fields__})


def amended(order: Order, event: OrderAmended, reserved: Decimal) -> Order:
    return replace(
        order,
        asked=None,
        amount=event.amount,
        price=event.price,
        price_bound=event.price_bound,
        stop_price=event.stop_price,
        stop_loss=event.stop_loss,
        take_profit=event.take_profit,
        trailing_stop=event.trailing_stop,
        reserved=reserved,
    )
