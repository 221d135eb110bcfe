"""One pair of the matching engine: what the market offers at a tick, and our orders that meet it."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from domain.events.terms import Side
from domain.instruments import Instrument
from domain.money import EXACT, ZERO, plain
from kit.exchanges.depth import BaseWanted, Depth, Walk, walk
from kit.exchanges.priority import Priority
from kit.exchanges.protocol import Fill, OrderState
from kit.exchanges.working import WorkingOrder
from kit.market.protocol import Book, Level

SIDES: tuple[Side, Side] = ("buy", "sell")


class Changed(Struct, frozen=True):
    """An order to which a tick did something, and the fills that it got by it."""

    order: WorkingOrder
    fills: tuple[Fill, ...]


class Crossing:
    """The orders of one pair against the market's book.

    Our orders meet the market, never each other. What one of them takes at a tick is gone for the others until the
    next one: a book equal to the last (levels and time) is the same tick, and brings nothing new.
    """

    def __init__(self, instrument: Instrument) -> None:
        self._instrument = instrument
        self._book: Book | None = None
        self._last: Decimal | None = None
        # By the side of our order: a buy takes asks, a resting buy with the highest price comes first.
        self._depth: dict[Side, Depth] = {"buy": Depth(rising=True), "sell": Depth(rising=False)}
        self._resting: dict[Side, Priority[Decimal]] = {side: Priority() for side in SIDES}
        self._stops: dict[Side, Priority[Decimal]] = {side: Priority() for side in SIDES}

    @property
    def instrument(self) -> Instrument:
        return self._instrument

    @property
    def idle(self) -> bool:
        """No order rests here or waits for its stop."""
        return not any(len(line) for line in (*self._resting.values(), *self._stops.values()))

    def knows(self, book: Book) -> bool:
        """Whether ``book`` is the one of the present tick."""
        seen = self._book
        return book is seen or (
            seen is not None and book.at == seen.at and book.bids == seen.bids and book.asks == seen.asks
        )

    def tick(self, book: Book, last: Decimal, now: datetime) -> list[Changed]:
        """Take the market as it is now; first resting orders meet it, then the stops that ``last`` has reached."""
        if self.knows(book):
            return []
        self._book, self._last = book, last
        self._depth = {"buy": Depth(levels=book.asks, rising=True), "sell": Depth(levels=book.bids, rising=False)}
        changed: list[Changed] = []
        for side in SIDES:
            self._fill_resting(side, last, now, changed)
        for side in SIDES:
            self._trigger_stops(side, last, now, changed)
        return changed

    def enter(self, order: WorkingOrder, now: datetime) -> None:
        """Work a new order: it waits for its stop, or takes what it may, and then rests, is done or is cancelled."""
        if order.awaits_stop and not self._stop_reached(order):
            self.wait(order)
        else:
            self._take(order, now)

    def wait(self, order: WorkingOrder) -> None:
        """Line ``order`` up, at its limit or for its stop."""
        line, key = self._line(order)
        line.add(key, order)

    def leave(self, order: WorkingOrder) -> None:
        line, key = self._line(order)
        line.remove(key, order)

    def _line(self, order: WorkingOrder) -> tuple[Priority[Decimal], Decimal]:
        request = order.request
        lines, price = (self._stops, request.stop_price) if order.awaits_stop else (self._resting, request.price)
        assert price is not None  # The rules were kept, or the order would not be here.
        high_first = (request.side == "buy") != order.awaits_stop
        return lines[request.side], price.copy_negate() if high_first else price

    def _fill_resting(self, side: Side, last: Decimal, now: datetime, changed: list[Changed]) -> None:
        """Fill resting orders at their own price as far as the tick's depth goes, best price and oldest first."""
        while (order := self._resting[side].first) is not None:
            assert order.request.price is not None
            met = walk(
                self._depth[side],
                BaseWanted(order.remaining),
                self._reach(side, order.request.price, last),
                self._instrument.amount_step,
            )
            if not met.cuts:
                return  # What the best price does not reach, none behind it does.
            self._depth[side] = met.left
            amount = sum((cut.amount for cut in met.cuts), ZERO)
            fill = order.fill(Level(order.request.price, amount), self._instrument, "maker", now)
            if met.complete:
                self.leave(order)
                order.close("filled")
            changed.append(Changed(order, (fill,)))

    def _reach(self, side: Side, price: Decimal, last: Decimal) -> Decimal:
        """How far into the depth a resting order at ``price`` is met.

        A last trade at or through it, with the book still apart, gives no more than the book's best level: how much
        was traded there nobody says.
        """
        levels = self._depth[side].levels
        if not levels:
            return price
        if side == "buy":
            return max(price, levels[0].price) if last <= price else price
        return min(price, levels[0].price) if last >= price else price

    def _trigger_stops(self, side: Side, last: Decimal, now: datetime, changed: list[Changed]) -> None:
        line = self._stops[side]
        while (order := line.first) is not None and self._stop_reached(order):
            self.leave(order)
            self._take(order, now)
            changed.append(Changed(order, tuple(order.fills)))

    def _stop_reached(self, order: WorkingOrder) -> bool:
        stop = order.request.stop_price
        assert stop is not None
        if self._last is None:
            return False
        return self._last >= stop if order.request.side == "buy" else self._last <= stop

    def _take(self, order: WorkingOrder, now: datetime) -> None:
        if order.awaits_stop:
            order.triggered, order.triggered_at = True, self._last
        side, step = order.request.side, self._instrument.amount_step
        taken = walk(self._depth[side], order.wanted(step), order.limit, step)
        if self._refused(order, taken):
            return
        self._depth[side] = taken.left
        for cut in taken.cuts:
            order.fill(cut, self._instrument, "taker", now)
        self._settle(order, taken.complete)

    def _refused(self, order: WorkingOrder, taken: Walk) -> bool:
        """Close an order whose conditions the book does not meet, before anything is taken for it."""
        request = order.request
        # An order that waited for its stop, or rested before, was accepted long ago and can only be cancelled.
        refused: OrderState = "cancelled" if order.triggered or order.amended else "rejected"
        if request.post_only and taken.cuts:
            order.close(refused, f"post_only true: price {request.price:f} would take at {taken.cuts[0].price:f}")
        elif request.time_in_force == "FOK" and not taken.complete:
            order.close("cancelled", f"time_in_force FOK: the book gives only {_given(order, taken)}")
        elif taken.complete and not taken.cuts:
            lot = f"{self._instrument.amount_step:f} {self._instrument.base}"
            order.close(refused, f"spend {request.spend:f} buys less than {lot} at {taken.left.price:f}")
        return order.state != "open"

    def _settle(self, order: WorkingOrder, complete: bool) -> None:
        """Close what is complete, rest what may, cancel the rest: a market order that the book cannot fill ends."""
        if complete:
            order.close("filled")
        elif order.may_rest:
            self.wait(order)
        else:
            bound = "" if order.limit is None else f" within {order.limit:f}"
            order.close(
                "cancelled", f"the book gave {plain(order.filled_amount):f} {self._instrument.base}{bound}, no more"
            )


def _given(order: WorkingOrder, taken: Walk) -> str:
    amount = sum((cut.amount for cut in taken.cuts), ZERO)
    if order.request.spend is None:
        return f"{plain(amount):f} of {order.remaining:f}"
    spent = sum((EXACT.multiply(cut.amount, cut.price) for cut in taken.cuts), ZERO)
    return f"{plain(amount):f} for {plain(spent):f} of {order.request.spend:f}"
