"""The state of one account on one exchange: what `decide` looks at and `evolve` moves on."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from domain.events.terms import ExitKind
from domain.money import EXACT, ZERO, rounded
from domain.orders import Order
from domain.positions import Position
from domain.postings import Posting
from domain.refusals import AccountNotFound, OrderClosed, OrderNotFound
from domain.risk.performance import Performance

T = TypeVar("T")

OPEN_ORDERS_MAX: Final = 1_000  # States are copied on change; exchanges allow a few hundred.
CLOSED_ORDERS_KEPT: Final = 1_024  # For late reports; one command can close all that are open, and shows each.


class Balance(Struct, frozen=True):
    """One asset's holding: ``free`` can be used, ``locked`` is reserved by orders and exits."""

    free: Decimal = ZERO
    locked: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return EXACT.add(self.free, self.locked)


class Bracket(Struct, frozen=True, kw_only=True):
    """The armed exits of the entry ``order_id``: ``amount`` (base) is locked once for all of them.

    ``trailing_stop`` is a distance in percent below ``high``, the highest price since it was armed; ``high`` is None
    without one, and until a price is seen where it was set on what was bought already.
    """

    order_id: str
    pair: str
    base: str
    amount: Decimal
    stop_loss: Decimal | None
    take_profit: Decimal | None
    trailing_stop: Decimal | None
    high: Decimal | None = None

    def level(self, kind: ExitKind) -> Decimal | None:
        """The price at which that exit sells, in quote; None where it is not armed."""
        match kind:
            case "stop_loss":
                return self.stop_loss
            case "take_profit":
                return self.take_profit
            case "trailing_stop":
                return self.trailing_level

    @property
    def trailing_level(self) -> Decimal | None:
        if self.trailing_stop is None or self.high is None:
            return None
        return trailing_level(self.high, self.trailing_stop)


def trailing_level(high: Decimal, percent: Decimal) -> Decimal:
    """The price ``percent`` below ``high``, at eighteen decimals."""
    return rounded(EXACT.multiply(high, EXACT.subtract(1, percent.scaleb(-2, EXACT))))


def highest(*prices: Decimal | None) -> Decimal | None:
    """The highest of the prices that there are."""
    return max((price for price in prices if price is not None), default=None)


def within(taken: tuple[Bracket, ...], left: Decimal) -> tuple[Bracket, ...]:
    """Each of ``taken`` with as much of its amount as ``left`` (base) reaches to, the first one first."""
    parts = []
    for bracket in taken:
        parts.append(replace(bracket, amount=min(bracket.amount, left)))
        left = EXACT.subtract(left, parts[-1].amount)
    return tuple(parts)


class Halt(Struct, frozen=True):
    """Why entries stopped; the stream's ``version``-th event says who stopped them.

    ``check`` is the limit on losses that was reached, None where a person halted; ``cancel_orders`` that what rested
    by then is to be cancelled. ``replaced_cancels_before`` is what ``cancels_before`` was of the halt that it replaced.
    """

    reason: str
    reduce_only: bool
    check: str | None = None
    at: datetime | None = None
    version: int = 0
    cancel_orders: bool = False
    replaced_cancels_before: int = 0

    @property
    def cancels_before(self) -> int:
        """What was placed before the stream's event of that number is to be cancelled; 0 where nothing is.

        Another halt in its place cancels no less: what a halt began goes on until trading is resumed.
        """
        return self.version if self.cancel_orders else self.replaced_cancels_before


class Account(Struct, frozen=True, kw_only=True):
    """An account after ``version`` events. Values are never changed in place: every step makes a new account.

    ``flows`` are the sums of all postings to ``market``, ``fees`` and ``external``, by bucket and asset. ``orders`` are
    the open ones, ``closed`` the newest closed ones, ``brackets`` the armed exits by entry order, and
    ``taken`` what a sell order took from them, by that order. ``limits`` are texts by name, as the log has them;
    ``placements`` are the times of the last minute's client orders, kept only where their number is limited, and
    ``performance`` is measured only where losses are.
    """

    id: str
    version: int = 0
    account: str = ""
    exchange: str = ""
    paper: bool = False
    balances: dict[str, Balance] = {}
    flows: dict[str, Decimal] = {}
    orders: dict[str, Order] = {}
    closed: dict[str, Order] = {}
    brackets: dict[str, Bracket] = {}
    taken: dict[str, tuple[Bracket, ...]] = {}
    positions: dict[str, Position] = {}
    position_count: int = 0
    halt: Halt | None = None
    limits: dict[str, str] = {}
    placements: tuple[datetime, ...] = ()
    performance: Performance | None = None

    @property
    def is_open(self) -> bool:
        return self.exchange != ""

    def required(self) -> "Account":
        """This account, if it was ever opened.

        Raises:
            AccountNotFound: it was not.
        """
        if not self.is_open:
            raise AccountNotFound(self.id)
        return self

    def balance(self, asset: str) -> Balance:
        return self.balances.get(asset, NOTHING)

    @property
    def external(self) -> dict[str, Decimal]:
        """The sums of all postings to ``external`` by asset: negative is what came in."""
        return {flow.removeprefix(EXTERNAL): sum_ for flow, sum_ in self.flows.items() if flow.startswith(EXTERNAL)}

    def find(self, order_id: str) -> Order | None:
        """An open order, or a closed one that is recent enough."""
        return self.orders.get(order_id) or self.closed.get(order_id)

    def order(self, order_id: str) -> Order:
        """As ``find``.

        Raises:
            OrderNotFound: there is none.
        """
        order = self.find(order_id)
        if order is None:
            raise OrderNotFound(order_id)
        return order

    def open_order(self, order_id: str) -> Order:
        """An order that still takes commands.

        Raises:
            OrderNotFound: there is none.
            OrderClosed: it is filled, cancelled or rejected.
        """
        order = self.order(order_id)
        if not order.is_open:
            raise OrderClosed(order_id, order.status)
        return order

    def with_order(self, order: Order) -> "Account":
        """The account with ``order`` among the open or the closed ones, as its status says."""
        closed = without(self.closed, order.order_id)
        if order.is_open:  # It may have been closed: an exchange can fill what it said it had rejected.
            return replace(self, orders=self.orders | {order.order_id: order}, closed=closed)
        orders = without(self.orders, order.order_id)
        closed[order.order_id] = order
        if len(closed) > CLOSED_ORDERS_KEPT:
            closed.pop(next(iter(closed)))
        return replace(self, orders=orders, closed=closed)

    def with_postings(self, postings: Iterable[Posting]) -> "Account":
        balances, flows = self.balances.copy(), self.flows.copy()
        for posting in postings:
            held = balances.get(posting.asset, NOTHING)
            if posting.bucket == "free":
                balances[posting.asset] = Balance(EXACT.add(held.free, posting.amount), held.locked)
            elif posting.bucket == "locked":
                balances[posting.asset] = Balance(held.free, EXACT.add(held.locked, posting.amount))
            else:
                flow = flow_name(posting)
                flows[flow] = EXACT.add(flows.get(flow, ZERO), posting.amount)
        return replace(self, balances=balances, flows=flows)


NOTHING: Final = Balance()
EXTERNAL: Final = "external "


def flow_name(posting: Posting) -> str:
    return f"{posting.bucket} {posting.asset}"


def without(items: dict[str, T], key: str) -> dict[str, T]:
    rest = items.copy()
    rest.pop(key, None)
    return rest
