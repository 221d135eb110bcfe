"""Waiting for an order to get somewhere: answers to commands whose order goes through an exchange."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from domain.orders import Order
from kit.trading.reports import is_accepted
from kit.trading.tasks import Committed, OrderKey, order_changed_by

Until = Callable[[Order], bool]


class Settled(NamedTuple):
    """An order, and the log position of the newest event that concerns it."""

    order: Order
    seq: int


class Waiter(NamedTuple):
    until: Until
    reached: "asyncio.Future[Settled]"


class Settlements:
    """Wakes whoever waits for an order, after the commit that brought it there."""

    def __init__(self) -> None:
        self._waiters: dict[OrderKey, list[Waiter]] = {}

    def follow(self, committed: Committed) -> None:
        if not self._waiters:
            return
        seqs: dict[OrderKey, int] = {}
        for recorded in committed.recorded:
            order_id = order_changed_by(recorded.entry.event)
            if order_id is not None:
                seqs[recorded.entry.stream, order_id] = recorded.seq
        for name in seqs.keys() & committed.orders.keys() & self._waiters.keys():
            self._wake(name, Settled(committed.orders[name], seqs[name]))

    @contextmanager
    def expect(self, stream: str, order_id: str, until: Until) -> "Iterator[asyncio.Future[Settled]]":
        """A future for the order once ``until`` holds for it; enter before the command that moves it is submitted."""
        waiter = Waiter(until, asyncio.get_running_loop().create_future())
        waiters = self._waiters.setdefault((stream, order_id), [])
        waiters.append(waiter)
        try:
            yield waiter.reached
        finally:
            waiters.remove(waiter)
            if not waiters:
                self._waiters.pop((stream, order_id), None)

    def _wake(self, name: OrderKey, settled: Settled) -> None:
        for waiter in self._waiters[name]:
            if waiter.until(settled.order) and not waiter.reached.done():
                waiter.reached.set_result(settled)


def is_done(order: Order) -> bool:
    return not order.is_open


def is_settled_or_taken(order: Order) -> bool:
    return is_done(order) or is_accepted(order)


def is_known(order: Order) -> bool:
    """Whether the exchange has said anything about it."""
    return order.status != "unknown"
