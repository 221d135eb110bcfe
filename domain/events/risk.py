"""Limits on risk, halts, and what an account was worth when its losses were measured."""

from decimal import Decimal

from domain.events.base import Event
from domain.events.terms import NamedValue


class TradingHalted(Event, frozen=True, kw_only=True):
    """No new entries; ``reduce_only`` still lets positions be closed, ``cancel_orders`` cancels what rests.

    ``check`` is the limit on losses that was reached; None where a person halted.
    """

    reason: str
    reduce_only: bool
    cancel_orders: bool
    check: str | None


class TradingResumed(Event, frozen=True, kw_only=True):
    """The halt is over."""

    reason: str


class RiskLimitsSet(Event, frozen=True, kw_only=True):
    """All limits as they are from now on, by name; one that is absent is not set."""

    limits: tuple[NamedValue, ...]


class EquityMeasured(Event, frozen=True, kw_only=True):
    """What the account was worth in USD; ``inflow`` (signed) of it came from outside since it was last measured.

    Of the first measurement all of it came from outside. ``unpriced`` are assets that were left out, since the exchange
    has no price for them.
    """

    equity: Decimal
    inflow: Decimal
    unpriced: tuple[str, ...]
