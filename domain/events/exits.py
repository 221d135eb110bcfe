"""What guards an entry: stop loss, take profit and trailing stop."""

from decimal import Decimal

from domain.events.base import Event, ValueEvent
from domain.events.terms import ExitKind


class ExitArmed(ValueEvent, frozen=True, kw_only=True):
    """``amount`` more (base) of the entry ``order_id`` is guarded; its postings lock that much once for all exits.

    ``high`` is the highest price of its trailing stop so far; None without one, or where none was seen yet.
    """

    order_id: str
    pair: str
    base: str
    amount: Decimal
    stop_loss: Decimal | None
    take_profit: Decimal | None
    trailing_stop: Decimal | None
    high: Decimal | None


class ExitTrailed(Event, frozen=True, kw_only=True):
    """The price rose to ``high``, and the trailing stop of the entry ``order_id`` with it."""

    order_id: str
    high: Decimal


class ExitTriggered(Event, frozen=True, kw_only=True):
    """The market reached an exit of the entry ``order_id``; ``exit_order_id`` is the order that closes it."""

    order_id: str
    exit_order_id: str
    exit_kind: ExitKind
    amount: Decimal
    price: Decimal
    market_price: Decimal


class ExitDisarmed(ValueEvent, frozen=True, kw_only=True):
    """``amount`` (base) of the entry ``order_id`` is no longer guarded; postings unlock what its exits held.

    ``for_order`` is the sell that needs the holding; what it leaves unsold is armed again.
    """

    order_id: str
    amount: Decimal
    reason: str
    for_order: str | None
