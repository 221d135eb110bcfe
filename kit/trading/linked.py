"""Linked orders on their way: when the stop of a held one is reached, the other is ended, so that it can be sent."""

import asyncio
from collections.abc import Mapping
from typing import Final

import structlog

from domain.orders import Order
from kit.exchanges.protocol import Exchange, ExchangeError
from kit.trading.accounts import Accounts
from kit.trading.background import Background
from kit.trading.booking import Booking
from kit.trading.reports import is_accepted, report_command
from kit.trading.turns import Turns
from kit.trading.waits import waits_s

log = structlog.get_logger(__name__)

USUAL_ATTEMPTS: Final = 5  # Within three seconds: an exchange that is busy answers by then.


class Linked:
    """Cancels what stands in the way of held orders that were triggered; ``turns`` are the exchange's orders'."""

    def __init__(
        self,
        exchanges: Mapping[str, Exchange],
        accounts: Accounts,
        booking: Booking,
        turns: Turns,
        background: Background,
    ) -> None:
        self._exchanges = exchanges
        self._accounts = accounts
        self._booking = booking
        self._turns = turns
        self._background = background
        self._problems: dict[str, str] = {}

    @property
    def problems(self) -> list[str]:
        """The stops that were reached and wait for their exchange longer than usual, for health."""
        return list(self._problems.values())

    def look_at(self, stream: str, order: Order) -> None:
        """End the order that ``order`` is held for, if its stop was reached."""
        if order.held and order.triggered:
            self._background.start(self._end_other(stream, order.order_id))

    async def _end_other(self, stream: str, held_id: str) -> None:
        """Ask until the other order has ended; what the exchange says then releases or cancels the held one."""
        try:
            for attempt, wait_s in enumerate(waits_s(), start=1):
                other = self._in_the_way(stream, held_id)
                if other is None:
                    return
                # One on its way to the exchange can be cancelled once it is there.
                why = await self._asked_to_end(stream, other) if is_accepted(other) else "it is on its way there"
                if why is None and self._in_the_way(stream, held_id) is None:
                    return
                self._note(stream, held_id, other, attempt, why or "it stands there, or its fills are not known yet")
                await asyncio.sleep(wait_s)
        finally:
            self._problems.pop(held_id, None)

    def _note(self, stream: str, held_id: str, other: Order, attempt: int, why: str) -> None:
        exchange = self._accounts.at(stream).exchange
        problem = f"the stop of order {held_id} was reached, and {exchange} does not end order {other.order_id}: {why}"
        log.warning("a stop waits for the order in its way", order=held_id, other=other.order_id, error=why)
        if attempt >= USUAL_ATTEMPTS:
            self._problems[held_id] = problem

    def _in_the_way(self, stream: str, held_id: str) -> Order | None:
        orders = self._accounts.at(stream).orders
        held = orders.get(held_id)
        return None if held is None or not held.held else orders.get(held.linked_to or "")

    async def _asked_to_end(self, stream: str, order: Order) -> str | None:
        """Have the exchange cancel the order, and book its answer; why there is none."""
        exchange = self._exchanges[self._accounts.at(stream).exchange]
        async with self._turns.turn(stream, order.order_id):
            try:
                report = await exchange.cancel(order.exchange_client_id, order.pair)
            except ExchangeError as error:
                return str(error)
            await self._booking.book(stream, report_command(order.order_id, report), exchange.id)
            return None
