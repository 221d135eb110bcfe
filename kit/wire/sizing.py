"""The size that an order should have."""

from datetime import datetime
from decimal import Decimal

from domain.events.terms import Side
from kit.wire.document import Document


class OrderSize(Document, frozen=True, kw_only=True):
    """An order's size: ``amount`` in base; ``price``, ``notional``, ``fee``, ``risk`` and ``equity`` in ``currency``.

    ``fee`` is the most that the entry costs, ``risk`` what is lost at ``stop_loss`` with both fees. ``percent`` and
    ``risk_percent`` are notional and risk as shares of the equity. ``limited`` says that what is free does not allow
    what was asked for, and ``unpriced`` names what the equity leaves out.
    """

    pair: str
    action: Side
    amount: Decimal
    price: Decimal
    notional: Decimal
    fee: Decimal
    currency: str
    equity: Decimal
    percent: float
    exchange: str
    account: str
    timestamp: datetime
    stop_loss: Decimal | None = None
    risk: Decimal | None = None
    risk_percent: float | None = None
    limited: bool = False
    unpriced: tuple[str, ...] = ()
    simulated: bool = False
