"""An account exists, and what came in from outside or left for it."""

from decimal import Decimal

from domain.events.base import Event, ValueEvent


class AccountOpened(Event, frozen=True, kw_only=True):
    """The account exists on ``exchange``; ``paper`` accounts hold invented money."""

    account: str
    exchange: str
    paper: bool


class FundsDeposited(ValueEvent, frozen=True, kw_only=True):
    """``amount`` of ``asset`` came in from outside; ``cost_usd`` is what it had cost in all, where known."""

    asset: str
    amount: Decimal
    cost_usd: Decimal | None
    note: str | None


class FundsWithdrawn(ValueEvent, frozen=True, kw_only=True):
    """``amount`` of ``asset`` left for outside."""

    asset: str
    amount: Decimal
    note: str | None
