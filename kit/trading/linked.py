"""Linked orders on their way: when the stop of a held one is reached, the other is ended, so that it can be sent."""

import asyncio
import logging
from collections.abc import Mapping

from domain.orders import Order
from kit.exchanges.protocol import Exchange, ExchangeError
from kit.trading.accounts import Accounts
from kit.trading.background import Background
from kit.trading.booking import Booking
from kit.trading.reports import is_accepted, report_command
from kit.trading.turns import Turns
from kit.trading.waits import waits_s

log = logging.getLogger(__name__)


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

    def look_at(self, stream: str, order: Order) -> None:
        """End the order that ``order`` is held for, if its stop was reached."""
        if order.held and order.triggered:
            self._background.start(self._end_other(stream, order.order_id))

    async def _end_other(self, stream: str, held_id: str) -> None:
        """Ask until the exchange has answered; what it says then releases or cancels the held order."""
        for wait_s in waits_s():
            other = self._in_the_way(stream, held_id)
            if other is None:
                return
            # One on its way to the exchange can be cancelled once it is there.
            if is_accepted(other) and await self._ended(stream, other):
                return
            await asyncio.sleep(wait_s)

    def _in_the_way(self, stream: str, held_id: str) -> Order | None:
        orders = self._accounts.at(stream).orders
        held = orders.get(held_id)
        return None if held is None or not held.held else orders.get(held.linked_to or "")

    async def _ended(self, stream: str, order: Order) -> bool:
        exchange = self._exchanges[self._accounts.at(stream).exchange]
        async with self._turns.turn(stream, order.order_id):
            try:
                report = await exchange.cancel(order.exchange_client_id, order.pair)
            except ExchangeError as error:
                log.warning("order %s stands in the way of a stop, and is not cancelled: %s", order.order_id, error)
                return False
            await self._booking.book(stream, report_command(order.order_id, report), exchange.id)
            return True
