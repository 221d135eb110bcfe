"""Amendments under way: asked of the exchange until it has answered, and booked as it answers."""

import asyncio
from collections.abc import Mapping

import structlog

from kit.exchanges.protocol import Exchange, ExchangeError
from kit.trading.accounts import Accounts
from kit.trading.background import Background
from kit.trading.booking import Booking
from kit.trading.reports import amendment_command, amendment_refusal, order_request
from kit.trading.tasks import Outcome
from kit.trading.turns import Turns
from kit.trading.waits import waits_s

log = structlog.get_logger(__name__)


class Amendments:
    """Carries out what the ledger has as ``asked`` of an order; ``turns`` are those of the exchange's orders."""

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

    async def carry_out(self, stream: str, order_id: str) -> Outcome | None:
        """Ask the exchange for the amendment of an order, and book what it says; None where none is under way.

        Raises:
            ExchangeError: it did not make the change, which is booked; or it did not say, and is asked again until
                it does.
        """
        try:
            return await self._asked_once(stream, order_id)
        except ExchangeError as error:
            if error.undecided:
                self._background.start(self.carry_out_later(stream, order_id))
            raise

    async def carry_out_later(self, stream: str, order_id: str) -> None:
        """Ask until the exchange has answered."""
        for wait_s in waits_s():
            await asyncio.sleep(wait_s)
            try:
                await self._asked_once(stream, order_id)
                return
            except ExchangeError as error:
                log.warning("an order is not amended", order=order_id, error=str(error))
                if not error.undecided:
                    return

    async def _asked_once(self, stream: str, order_id: str) -> Outcome | None:
        async with self._turns.turn(stream, order_id):
            account = self._accounts.at(stream)
            order = account.find(order_id)
            if order is None or order.asked is None:
                return None
            exchange = self._exchanges[account.exchange]
            try:
                report = await exchange.amend(order_request(order.as_asked))
            except ExchangeError as error:
                if not error.undecided:
                    await self._booking.book(stream, amendment_refusal(order, str(error)), exchange.id)
                raise
            return await self._booking.book(stream, amendment_command(order_id, report), exchange.id)
