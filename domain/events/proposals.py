"""Orders that wait for a person's word."""

from datetime import datetime
from decimal import Decimal

from domain.events.base import Event
from domain.events.terms import OrderType, Side


class OrderProposed(Event, frozen=True, kw_only=True):
    """An order that waits for a person's word until ``expires_at``."""

    proposal_id: str
    pair: str
    side: Side
    type: OrderType
    amount: Decimal
    price: Decimal | None
    stop_loss: Decimal | None
    take_profit: Decimal | None
    reason: str
    expires_at: datetime | None


class OrderApproved(Event, frozen=True, kw_only=True):
    """A proposal was approved and became ``order_id``."""

    proposal_id: str
    order_id: str


class ProposalExpired(Event, frozen=True, kw_only=True):
    """A proposal was declined, or nobody answered in time."""

    proposal_id: str
    reason: str
