"""Where the ledger is held against what others say, and set right."""

from decimal import Decimal

from domain.events.base import Event, ValueEvent


class BalanceAsserted(Event, frozen=True, kw_only=True):
    """What ``source`` says the account holds of ``asset``."""

    asset: str
    free: Decimal
    locked: Decimal
    source: str


class DiscrepancyFound(Event, frozen=True, kw_only=True):
    """Two sides disagree: what we ``expected`` and what was ``found``, about which ``subject``."""

    kind: str
    subject: str
    expected: str
    found: str
    order_id: str | None
    trade_id: str | None


class BalanceAdjusted(ValueEvent, frozen=True, kw_only=True):
    """A person set the ledger right, with a reason; ``amount`` is signed."""

    asset: str
    amount: Decimal
    reason: str
