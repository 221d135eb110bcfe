"""Risk as clients see it: what is limited, how near it is, and whether trading is halted."""

from datetime import datetime
from decimal import Decimal

from kit.wire.document import Document


class RiskLimits(Document, frozen=True, kw_only=True):
    """The limits that are set. Losses and drawdown are percent of what the equity was, notionals are in USD."""

    max_position_percent: Decimal | None = None
    daily_loss_percent: Decimal | None = None
    weekly_loss_percent: Decimal | None = None
    drawdown_percent: Decimal | None = None
    max_open_positions: int | None = None
    min_order_notional: Decimal | None = None
    max_order_notional: Decimal | None = None
    price_collar_percent: Decimal | None = None
    max_price_age_seconds: Decimal | None = None
    allowed_pairs: tuple[str, ...] = ()
    blocked_pairs: tuple[str, ...] = ()
    max_orders_per_minute: int | None = None


class RiskCheck(Document, frozen=True, kw_only=True):
    """How near a limit is. ``check`` is its name, ``value`` what there is now, ``unit`` what both numbers are in.

    ``value`` is null where a price is missing, and where the limit judges each order by itself. ``reached`` says that
    nothing may be bought for now.
    """

    check: str
    limit: Decimal
    value: Decimal | None
    unit: str
    reached: bool


class ExchangeRisk(Document, frozen=True, kw_only=True):
    """An account on one exchange, with all that it holds worth ``equity`` USD.

    A halt has a ``reason``, and is by the client ``halted_by``, or by the limit ``check``; while it is ``reduce_only``,
    sells are taken. ``equity`` is null while prices of the ``missing`` assets cannot be had; it leaves out the
    ``unpriced`` ones, which this exchange trades against nothing that has a price.
    """

    exchange: str
    halted: bool
    limits: RiskLimits
    equity: Decimal | None
    checks: tuple[RiskCheck, ...]
    reason: str | None = None
    reduce_only: bool = False
    check: str | None = None
    halted_at: datetime | None = None
    halted_by: str | None = None
    missing: tuple[str, ...] = ()
    unpriced: tuple[str, ...] = ()


class RiskStatus(Document, frozen=True, kw_only=True):
    """``halted`` says that at least one of the exchanges is.

    Of a halt that cancels, ``cancelled`` are the orders that it ended, and ``unconfirmed`` those whose exchange has not
    said so yet: they are cancelled again until it does. ``unchanged`` says that it was so before: nothing was done.
    """

    account: str
    halted: bool
    exchanges: list[ExchangeRisk]
    cancelled: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    unchanged: bool = False
    idempotency_key: str | None = None
    duplicate: bool = False


class RiskNotice(Document, frozen=True, kw_only=True):
    """The events ``risk:halted`` and ``risk:resumed``; ``check`` is the limit that was reached."""

    reason: str
    account: str | None = None
    exchange: str | None = None
    reduce_only: bool = False
    check: str | None = None
