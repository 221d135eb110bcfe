"""Waiting for an order to get somewhere: answers to commands whose order goes through an exchange."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from domain.orders import Order
from kit.trading.accounts import Accounts
from kit.trading.tasks import Committed

Until = Callable[[Order], bool]


class Waiter(NamedTuple):
    until: Until
    reached: "asyncio.Future[Order]"


class Settlements:
    """Wakes whoever waits for an order, after the commit that brought it there. Follows after ``Accounts``."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._waiters: dict[tuple[str, str], list[Waiter]] = {}

    def follow(self, committed: Committed) -> None:
        if not self._waiters:
            return
        for recorded in committed.recorded:
            order_id = getattr(recorded.entry.event, "order_id", None)
            if isinstance(order_id, str):
                self._wake(recorded.entry.stream, order_id)

    async def wait(self, stream: str, order: Order, until: Until, timeout_s: float) -> Order:
        """``order`` once ``until`` holds for it, or as it stands after ``timeout_s``."""
        order = self._accounts.at(stream).find(order.order_id) or order
        if until(order):
            return order
        waiter = Waiter(until, asyncio.get_running_loop().create_future())
        waiters = self._waiters.setdefault((stream, order.order_id), [])
        waiters.append(waiter)
        try:
            async with asyncio.timeout(timeout_s):
                return await waiter.reached
        except TimeoutError:
            return self._accounts.at(stream).find(order.order_id) or order
        finally:
            waiters.remove(waiter)
            if not waiters:
                self._waiters.pop((stream, order.order_id), None)

    def _wake(self, stream: str, order_id: str) -> None:
        waiters = self._waiters.get((stream, order_id))
        if not waiters:
            return
        # Woken with the order itself: by the time the waiter runs, later commits may have put it out of reach.
        order = self._accounts.at(stream).order(order_id)
        for waiter in waiters:
            if waiter.until(order) and not waiter.reached.done():
                waiter.reached.set_result(order)
