"""Waiting for an order to get somewhere: answers to commands whose order goes through an exchange."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from domain.orders import Order
from kit.trading.accounts import Accounts
from kit.trading.tasks import Committed

Until = Callable[[Order], bool]


class Settled(NamedTuple):
    """An order, and the log position of the newest event that concerns it."""

    order: Order
    seq: int


class Waiter(NamedTuple):
    until: Until
    reached: "asyncio.Future[Settled]"


class Settlements:
    """Wakes whoever waits for an order, after the commit that brought it there. Follows after ``Accounts``."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._waiters: dict[tuple[str, str], list[Waiter]] = {}

    def follow(self, committed: Committed) -> None:
        if not self._waiters:
            return
        touched: dict[tuple[str, str], int] = {}
        for recorded in committed.recorded:
            order_id = getattr(recorded.entry.event, "order_id", None)
            if isinstance(order_id, str):
                touched[recorded.entry.stream, order_id] = recorded.seq
        for name in touched.keys() & self._waiters.keys():
            self._wake(name, touched[name])

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

    def _wake(self, name: tuple[str, str], seq: int) -> None:
        # Woken with the order itself: by the time the waiter runs, later commits may have put it out of reach.
        stream, order_id = name
        order = self._accounts.at(stream).order(order_id)
        for waiter in self._waiters[name]:
            if waiter.until(order) and not waiter.reached.done():
                waiter.reached.set_result(Settled(order, seq))
