"""Cancelling: the exchange acts first, and what it says became of the order is booked."""

import asyncio
from collections.abc import Mapping, Sequence

import structlog
from msgspec.structs import replace

from domain.account import Account
from domain.commands import ReportOrder, ReportOrders
from domain.orders import Order
from kit.exchanges.protocol import Exchange, ExchangeError
from kit.trading.accounts import Accounts
from kit.trading.booking import Booking
from kit.trading.reports import report_command
from kit.trading.tasks import Ask, Outcome
from kit.trading.turns import Turns

log = structlog.get_logger(__name__)


class Cancels:
    """Cancels orders for clients; ``turns`` are those of the exchange's orders.

    Of two linked orders the one that is on the exchange is cancelled there, and both end with what is booked.
    """

    def __init__(self, exchanges: Mapping[str, Exchange], accounts: Accounts, booking: Booking, turns: Turns) -> None:
        self._exchanges = exchanges
        self._accounts = accounts
        self._booking = booking
        self._turns = turns

    async def cancel(self, account: Account, order: Order, ask: Ask) -> Outcome:
        """Cancel an open order, and book what the exchange says became of it.

        Raises:
            ExchangeError: the exchange did not say.
            KeyReused: the client's key was used for something else; what the exchange did is booked all the same.
            LedgerOutcomeUnknown: the exchange has cancelled, and that is booked as soon as the ledger can be written.
        """
        reports = await self._cancelled(account, order)
        return await self._booking.book_for(account.id, ReportOrders(reports=reports), account.exchange, ask)

    async def cancel_all(self, account: Account, orders: Sequence[Order], ask: Ask) -> tuple[Outcome, list[str]]:
        """Cancel several open orders, and book it in one commit; also the ids of those whose exchange did not say.

        Raises:
            KeyReused, LedgerOutcomeUnknown: as in ``cancel``.
        """
        reports, silent = await self._all_cancelled(account, orders)
        command = ReportOrders(reports=tuple(reports))
        outcome = await self._booking.book_for(account.id, command, account.exchange, ask)
        return outcome, [order.order_id for order, _ in silent]

    async def cancel_for(self, stream: str, orders: Sequence[Order], reason: str) -> None:
        """Cancel orders for the gateway itself, and book it; those whose exchange does not say stay as they are."""
        account = self._accounts.at(stream)
        reports, silent = await self._all_cancelled(account, orders)
        for order, error in silent:
            log.warning("an order is not cancelled", order=order.order_id, exchange=account.exchange, error=str(error))
        for_reason = tuple(replace(one, reason=reason) if one.state == "cancelled" else one for one in reports)
        if for_reason:
            await self._booking.book(stream, ReportOrders(reports=for_reason), account.exchange)

    async def _all_cancelled(
        self, account: Account, orders: Sequence[Order]
    ) -> tuple[list[ReportOrder], list[tuple[Order, ExchangeError]]]:
        """What the exchange says of each order, and of which it does not say."""
        answers = await asyncio.gather(*(self._cancelled(account, order) for order in orders), return_exceptions=True)
        reports: list[ReportOrder] = []
        silent = []
        for order, answer in zip(orders, answers, strict=True):
            if isinstance(answer, tuple):
                reports += answer
            elif isinstance(answer, ExchangeError):
                silent.append((order, answer))
            else:
                raise answer
        return reports, silent

    async def _cancelled(self, account: Account, order: Order) -> tuple[ReportOrder, ...]:
        """What the exchange says of ``order`` once it has cancelled it, or the one that it is held for."""
        held_for = account.orders.get(order.linked_to or "") if order.held else None
        report = await self._ended(account, held_for or order)
        held_id = order.order_id if order.held else order.linked_to
        released = self._accounts.at(account.id).orders.get(held_id or "")
        if released is None or released.held:
            return (report,)
        # Its stop was reached meanwhile: it is on its way to the exchange, or there.
        return report, await self._ended(account, released)

    async def _ended(self, account: Account, order: Order) -> ReportOrder:
        async with self._turns.turn(account.id, order.order_id):
            report = await self._exchanges[account.exchange].cancel(order.exchange_client_id, order.pair)
        return replace(report_command(order.order_id, report), ends_linked=True)
