"""The matching engine: our orders against a market's books, pure and synchronous.

It reads no clock and awaits nothing: the caller brings books, prices and times, live or from a virtual clock. Orders
follow each other as they are given; the same calls give the same fills.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from domain.instruments import Instrument
from domain.moments import rfc3339
from domain.money import exact
from kit.exchanges.crossing import Crossing
from kit.exchanges.priority import Priority
from kit.exchanges.protocol import ExchangeError, Fill, OrderReport, OrderRequest, OrderState, RestingOrder, UnknownPair
from kit.exchanges.rules import broken_rule
from kit.exchanges.working import WorkingOrder
from kit.market.protocol import Book

# The ledger remembers orders for ever; the engine only has to answer retries of a placement or a cancel, which come
# within seconds. About 2 KB each.
CLOSED_ORDERS_MAX: Final = 10_000


class MatchingEngine:
    """Orders by client id over all pairs; ``order_id_prefix`` begins the exchange's order and trade ids.

    Both ids follow from the client order id, so that an engine that is started again gives the same ones.
    """

    def __init__(
        self,
        instruments: Mapping[str, Instrument],
        order_id_prefix: str,
        *,
        closed_orders_max: int = CLOSED_ORDERS_MAX,
    ) -> None:
        self._crossings = {pair: Crossing(instrument) for pair, instrument in instruments.items()}
        self._prefix = order_id_prefix
        self._orders: dict[str, WorkingOrder] = {}
        self._closed: deque[str] = deque()
        self._closed_max = closed_orders_max
        self._expiring: Priority[datetime] = Priority()
        self._arrivals = 0

    def idle(self, pair: str) -> bool:
        """Whether no order of ``pair`` waits for the market."""
        return self._crossing(pair).idle

    def knows(self, book: Book) -> bool:
        """Whether ``book`` is the one its pair is matched against at present."""
        return self._crossing(book.pair).knows(book)

    @exact
    def tick(self, book: Book, last: Decimal, now: datetime) -> list[OrderReport]:
        """Match resting orders with a new ``book``, whose liquidity is fresh; trigger stops by the ``last`` price.

        A book with the levels and the time of the one before is the same tick: it changes nothing.

        Returns:
            One report for each order something happened to, with the new fills only, in the order it happened.
        """
        expired = self.expire(now)
        changed = self._crossing(book.pair).tick(book, last, now)
        for change in changed:
            self._retire_closed(change.order)
        return [*expired, *(change.order.report(change.fills) for change in changed)]

    @exact
    def place(self, request: OrderRequest, now: datetime) -> OrderReport:
        """Take an order, or report the one known under its client id; the report has all its fills so far.

        Raises:
            UnknownPair: the pair is not listed.
        """
        known = self._orders.get(request.client_order_id)
        if known is not None:
            return known.report()
        crossing = self._crossing(request.pair)
        order = self._added(request, f"{self._prefix}-{request.client_order_id}")
        broken = broken_rule(request, crossing.instrument, now)
        if broken is None:
            crossing.enter(order, now)
        else:
            order.close("rejected", broken)
        self._watch(order)
        return order.report()

    @exact
    def amend(self, request: OrderRequest, now: datetime) -> OrderReport:
        """Change an open order in place; it loses its place in time, and takes what it may at its new price.

        A ``request`` like the one before changes nothing. The report says whether the order is as ``request`` has it.

        Raises:
            ExchangeError: no such order is known, or ``request`` breaks a rule of the market; nothing has changed.
        """
        order = self._known(request.client_order_id)
        if order.state != "open" or request == order.request:
            return replace(order.report(), amended=request == order.request)
        crossing = self._crossing(request.pair)
        broken = broken_rule(request, crossing.instrument, now)
        if broken is not None:
            raise ExchangeError(broken)
        crossing.leave(order)
        self._unwatch(order)
        order.request, order.amended, order.arrival = request, True, self._next_arrival()
        self._orders[request.client_order_id] = self._orders.pop(request.client_order_id)  # By arrival.
        if order.remaining > 0:
            crossing.enter(order, now)
        else:
            order.close("filled")
        self._watch(order)
        return replace(order.report(), amended=True)

    @exact
    def cancel(self, client_order_id: str) -> OrderReport:
        """Cancel what is left of an order; a closed one is reported as it is.

        Raises:
            ExchangeError: no such order is known, or it was closed too long ago.
        """
        order = self._known(client_order_id)
        if order.state == "open":
            self._withdraw(order, "cancelled", "cancelled on request")
        return order.report()

    @exact
    def expire(self, now: datetime) -> list[OrderReport]:
        """Cancel the orders whose time has come, and report them."""
        expired = []
        while (order := self._expiring.first) is not None and _expiry(order) <= now:
            self._withdraw(order, "cancelled", f"expired at {rfc3339(_expiry(order))}")
            expired.append(order.report(()))
        return expired

    @exact
    def restore(self, resting: RestingOrder) -> OrderReport | None:
        """Take back an order that was accepted before a restart, after those restored before it.

        An order of a kind that never rests was interrupted and is cancelled; one whose pair is not listed now is kept,
        and can be cancelled. A known order learns what was filled elsewhere: it goes on with the larger of both
        amounts.

        Returns:
            A report where this ends the order, None otherwise.
        """
        order = self._orders.get(resting.request.client_order_id)
        if order is None:
            order = self._added(resting.request, resting.exchange_order_id)
            order.triggered = resting.triggered
            self._watch(order)
            self._resume(order)
        elif order.state != "open":
            return None
        order.filled_amount = max(order.filled_amount, resting.filled_amount)
        order.fill_count = max(order.fill_count, resting.fill_count)
        return self._ended(order)

    def order(self, client_order_id: str) -> OrderReport | None:
        """The order with all fills made by this engine, None where it is not known."""
        order = self._orders.get(client_order_id)
        return None if order is None else order.report()

    def open_orders(self, pair: str | None = None) -> list[OrderReport]:
        """Open orders with their fills, oldest first."""
        return [order.report() for order in self._of(pair) if order.state == "open"]

    def resting(self) -> list[RestingOrder]:
        """Open orders in the order of their arrival: what ``restore`` needs to go on from here."""
        return [
            RestingOrder(
                request=order.request,
                exchange_order_id=order.exchange_order_id,
                filled_amount=order.filled_amount,
                fill_count=order.fill_count,
                triggered=order.triggered,
            )
            for order in self._of(None)
            if order.state == "open"
        ]

    def fills_since(self, since: datetime, pair: str | None = None) -> list[Fill]:
        """Fills at ``since`` or later of the orders still known, oldest first."""
        fills = [fill for order in self._of(pair) for fill in order.fills if fill.occurred_at >= since]
        return sorted(fills, key=lambda fill: fill.occurred_at)

    def _known(self, client_order_id: str) -> WorkingOrder:
        order = self._orders.get(client_order_id)
        if order is None:
            raise ExchangeError(f"no order has the client order id {client_order_id!r}")
        return order

    def _of(self, pair: str | None) -> Iterable[WorkingOrder]:
        return (order for order in self._orders.values() if pair is None or order.request.pair == pair)

    def _crossing(self, pair: str) -> Crossing:
        crossing = self._crossings.get(pair)
        if crossing is None:
            raise UnknownPair(f"{pair} is not listed")
        return crossing

    def _added(self, request: OrderRequest, exchange_order_id: str) -> WorkingOrder:
        arrival = self._next_arrival()
        order = WorkingOrder(request=request, exchange_order_id=exchange_order_id, arrival=arrival)
        self._orders[request.client_order_id] = order
        return order

    def _next_arrival(self) -> int:
        self._arrivals += 1
        return self._arrivals

    def _resume(self, order: WorkingOrder) -> None:
        crossing = self._crossings.get(order.request.pair)
        if crossing is not None and order.can_wait:
            crossing.wait(order)

    def _ended(self, order: WorkingOrder) -> OrderReport | None:
        """End a restored order that is filled already, or cannot go on; None where it can."""
        if order.request.spend is None and order.remaining <= 0:
            self._withdraw(order, "filled")
        elif not order.can_wait:
            kind = order.request.type
            self._withdraw(order, "cancelled", f"interrupted by a restart: a {kind} order never rests")
        else:
            return None
        return order.report()

    def _withdraw(self, order: WorkingOrder, state: OrderState, reason: str | None = None) -> None:
        """Close an open order, and take it out of its line if it stands in one."""
        crossing = self._crossings.get(order.request.pair)
        if crossing is not None and order.can_wait:
            crossing.leave(order)
        order.close(state, reason)
        self._retire_closed(order)

    def _watch(self, order: WorkingOrder) -> None:
        """After it entered: an open order expires in its time, a closed one is forgotten in its time."""
        if order.state == "open" and order.request.time_in_force == "GTD":
            self._expiring.add(_expiry(order), order)
        self._retire_closed(order)

    def _unwatch(self, order: WorkingOrder) -> None:
        if order.request.time_in_force == "GTD" and order.request.expires_at is not None:
            self._expiring.remove(order.request.expires_at, order)

    def _retire_closed(self, order: WorkingOrder) -> None:
        if order.state == "open":
            return
        self._unwatch(order)
        self._closed.append(order.request.client_order_id)
        if len(self._closed) > self._closed_max:
            del self._orders[self._closed.popleft()]


def _expiry(order: WorkingOrder) -> datetime:
    assert order.request.expires_at is not None  # Only orders good till a date are asked.
    return order.request.expires_at
