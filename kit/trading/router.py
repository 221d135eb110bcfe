"""The way of an order to its exchange and back: only what is durable goes out, and whatever comes back is booked."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from domain.account import Account
from domain.commands import ReportOrder, ReportOrders
from domain.events import Event
from domain.events.account import OrderFilled, OrderPlaced
from domain.events.amendments import AmendmentRejected
from domain.orders import Order
from domain.refusals import LedgerError
from kit.exchanges.protocol import Exchange, ExchangeError, OrderReport
from kit.trading.accounts import Accounts
from kit.trading.background import Background
from kit.trading.errors import DecisionFailed, KeyReused, LedgerOutcomeUnknown, LedgerUnavailable
from kit.trading.journal import Journal
from kit.trading.reports import (
    amendment_command,
    amendment_refusal,
    order_request,
    rejection,
    report_command,
    resting_order,
)
from kit.trading.tasks import Ask, Committed, Outcome, Task, system
from kit.trading.turns import Turns
from kit.trading.waits import waits_s

log = logging.getLogger(__name__)

REMEMBERED_MAX: Final = 20_000  # Orders whose late reports still find their account: some 4 MB.


class Router:
    """Places committed orders, and turns what exchanges report into commits."""

    def __init__(self, exchanges: Mapping[str, Exchange], journal: Journal, accounts: Accounts) -> None:
        self._exchanges = exchanges
        self._journal = journal
        self._accounts = accounts
        self._background = Background()
        # What is asked of an exchange about one order, and booked, is not mixed with what else it says of it.
        self._turns = Turns()
        # (exchange, client order id there) → (account stream, our order id), oldest first.
        self._sent: dict[tuple[str, str], tuple[str, str]] = {}

    def start(self) -> None:
        """Hand each exchange what is open in the log: accepted orders rest again, unanswered ones are offered again."""
        for exchange in self._exchanges.values():
            orders = self._accounts.open_orders(exchange.id)
            for account, order in orders:
                self._remember(exchange.id, account.id, order)
            exchange.restore(tuple(resting_order(order) for _, order in orders if is_accepted(order)))
            for account, order in orders:
                if not is_accepted(order):
                    self._background.start(self._place(exchange, account.id, order))
                elif order.asked is not None:
                    self._background.start(self._amend_later(account.id, order.order_id))
            self._background.keep(f"reports of {exchange.id}", self._listen, exchange)

    async def close(self) -> None:
        await self._background.close()

    @property
    def problems(self) -> list[str]:
        """The exchanges whose reports nobody listens to."""
        return self._background.problems

    def follow(self, committed: Committed) -> None:
        """Send out what a commit has placed."""
        for recorded in committed.recorded:
            event = recorded.entry.event
            if isinstance(event, OrderPlaced):
                account = self._accounts.at(recorded.entry.stream)
                order = committed.orders[account.id, event.order_id]
                self._remember(account.exchange, account.id, order)
                self._background.start(self._place(self._exchanges[account.exchange], account.id, order))
            elif isinstance(event, OrderFilled) and recorded.entry.stamp.role != "system":
                account = self._accounts.at(recorded.entry.stream)
                self._tell_of_fill(account, committed.orders[account.id, event.order_id])

    async def amend(self, account: Account, order_id: str) -> Outcome | None:
        """Ask the exchange for the amendment of an order that is under way, and book what it says; None where none is.

        Raises:
            ExchangeError: it did not make the change, which is booked; or it did not say, and is asked again until
                it does.
        """
        try:
            return await self._amended(account.id, order_id)
        except ExchangeError as error:
            if not is_open(error):
                raise
            self._background.start(self._amend_later(account.id, order_id))
            # Whatever the exchange said of trying again: we do, and so nobody can tell the client now.
            raise ExchangeError(str(error), outcome_unknown=True) from error

    async def cancel(self, account: Account, order: Order, ask: Ask) -> Outcome:
        """Cancel an open order for a client, and book what the exchange says became of it.

        Raises:
            ExchangeError: the exchange did not say.
            KeyReused: the client's key was used for something else; what the exchange did is booked all the same.
            LedgerOutcomeUnknown: the exchange has cancelled, and that is booked as soon as the ledger can be written.
        """
        return await self._book_for(account, await self._cancelled(account, order), ask)

    async def cancel_all(self, account: Account, orders: Sequence[Order], ask: Ask) -> tuple[Outcome, list[str]]:
        """Cancel several open orders, and book it in one commit; also the ids of those whose exchange did not say.

        Raises:
            KeyReused, LedgerOutcomeUnknown: as in ``cancel``.
        """
        reports, silent = await self._all_cancelled(account, orders)
        return await self._book_for(account, ReportOrders(reports=tuple(reports)), ask), silent

    async def cancel_for(self, stream: str, orders: Sequence[Order], reason: str) -> None:
        """Cancel orders for the gateway itself, and book it; those whose exchange does not say stay as they are."""
        account = self._accounts.at(stream)
        reports, _ = await self._all_cancelled(account, orders)
        if reports:
            told = (replace(report, reason=reason) if report.state == "cancelled" else report for report in reports)
            await self._book(stream, ReportOrders(reports=tuple(told)), account.exchange)

    async def _all_cancelled(self, account: Account, orders: Sequence[Order]) -> tuple[list[ReportOrder], list[str]]:
        """What the exchange says of each order, and the ids of those of which it does not."""
        answers = await asyncio.gather(*(self._cancelled(account, order) for order in orders), return_exceptions=True)
        silent = []
        for order, answer in zip(orders, answers, strict=True):
            if isinstance(answer, ExchangeError):
                log.warning("%s did not cancel order %s: %s", account.exchange, order.order_id, answer)
                silent.append(order.order_id)
            elif isinstance(answer, BaseException):
                raise answer
        return [answer for answer in answers if isinstance(answer, ReportOrder)], silent

    async def _cancelled(self, account: Account, order: Order) -> ReportOrder:
        async with self._turns.turn(account.id, order.order_id):
            report = await self._exchanges[account.exchange].cancel(order.exchange_client_id, order.pair)
        return report_command(order.order_id, report)

    async def _book_for(self, account: Account, command: ReportOrder | ReportOrders, ask: Ask) -> Outcome:
        """Book under the client's key what an exchange did; it has happened, so it is booked whatever the key says."""
        task = Task(stream=account.id, work=command, caller=ask.caller, key=ask.key, digest=ask.digest)
        try:
            outcome = await self._journal.submit(task)
        except KeyReused:
            await self._book(account.id, command, account.exchange)
            raise
        except LedgerUnavailable:
            # The exchange has acted, and it will be booked; when, nobody can tell the client now.
            self._background.start(self._book(account.id, command, account.exchange))
            raise LedgerOutcomeUnknown from None
        if outcome.duplicate:
            await self._book(account.id, command, account.exchange)
        return outcome

    def _remember(self, exchange: str, stream: str, order: Order) -> None:
        self._sent[exchange, order.exchange_client_id] = (stream, order.order_id)
        while len(self._sent) > REMEMBERED_MAX:
            del self._sent[next(iter(self._sent))]

    async def _place(self, exchange: Exchange, stream: str, order: Order) -> None:
        try:
            report = report_command(order.order_id, await self._taken(exchange, order))
        except ExchangeError as error:
            report = rejection(order.order_id, str(error))
        await self._book(stream, report, exchange.id)

    async def _amended(self, stream: str, order_id: str) -> Outcome | None:
        """As ``amend``, but asks only once."""
        async with self._turns.turn(stream, order_id):
            account = self._accounts.at(stream)
            order = account.find(order_id)
            if order is None or order.asked is None:
                return None
            exchange = self._exchanges[account.exchange]
            try:
                report = await exchange.amend(order_request(order.as_asked))
            except ExchangeError as error:
                if not is_open(error):
                    await self._book(stream, amendment_refusal(order, str(error)), exchange.id)
                raise
            outcome = await self._book(stream, amendment_command(order_id, report), exchange.id)
            require_agreed(recorded.entry.event for recorded in outcome.recorded)
            return outcome

    async def _amend_later(self, stream: str, order_id: str) -> None:
        for wait_s in waits_s():
            await asyncio.sleep(wait_s)
            try:
                await self._amended(stream, order_id)
                return
            except ExchangeError as error:
                log.warning("order %s is not amended: %s", order_id, error)
                if not is_open(error):
                    return

    async def _taken(self, exchange: Exchange, order: Order) -> OrderReport:
        """Place the order; after a time-out only where the exchange, asked by the client id, never took it.

        Raises:
            ExchangeError: the exchange does not take it.
        """
        waits = waits_s()
        while True:
            try:
                return await exchange.place(order_request(order))
            except ExchangeError as error:
                if not is_open(error):
                    raise
                log.warning("order %s is unknown on %s: %s", order.order_id, exchange.id, error)
            found = await self._looked_up(exchange, order, waits)
            if found is not None:
                return found

    async def _looked_up(self, exchange: Exchange, order: Order, waits: Iterator[float]) -> OrderReport | None:
        """What the exchange has under the order's client id, asked until it answers."""
        while True:
            await asyncio.sleep(next(waits))
            try:
                return await exchange.order(order.exchange_client_id, order.pair)
            except ExchangeError as error:
                log.warning("order %s is unknown on %s: %s", order.order_id, exchange.id, error)

    async def _listen(self, exchange: Exchange) -> None:
        reports = exchange.reports()
        await self._catch_up(exchange)
        async for report in reports:
            known = self._owner_of(exchange.id, report.client_order_id)
            if known is None:
                log.warning("%s reports an order that is not ours: %s", exchange.id, report.client_order_id)
                continue
            stream, order_id = known
            if self._turns.is_taken(stream, order_id):
                self._background.start(self._hear_in_turn(exchange, stream, order_id, report))
            else:
                await self._hear(exchange, stream, order_id, report)

    async def _hear_in_turn(self, exchange: Exchange, stream: str, order_id: str, report: OrderReport) -> None:
        """After the answer that is awaited for the order: what it says may be said under the terms of that."""
        async with self._turns.turn(stream, order_id):
            await self._hear(exchange, stream, order_id, report)

    async def _hear(self, exchange: Exchange, stream: str, order_id: str, report: OrderReport) -> None:
        try:
            await self._book(stream, report_command(order_id, report), exchange.id)
        except (LedgerError, DecisionFailed):  # The reports of all other orders are still to come.
            log.exception("a report of %s on order %s cannot be booked: %s", exchange.id, order_id, report)

    async def _catch_up(self, exchange: Exchange) -> None:
        """Ask for every open order, since nobody may have listened to what became of it."""
        for account, order in self._accounts.open_orders(exchange.id):
            if not is_accepted(order) or order.asked is not None:
                continue  # On its way there, or being amended: that brings the answer.
            try:
                report = await exchange.order(order.exchange_client_id, order.pair)
            except ExchangeError as error:
                log.warning("order %s cannot be looked up on %s: %s", order.order_id, exchange.id, error)
                continue
            if report is not None:
                await self._book(account.id, report_command(order.order_id, report), exchange.id)

    async def _book(self, stream: str, command: ReportOrder | ReportOrders, exchange: str) -> Outcome:
        """Commit what an exchange said, however long the log cannot be written: it has happened."""
        task = Task(stream=stream, work=command, caller=system(f"exchange:{exchange}"))
        waits = waits_s()
        while True:
            try:
                return await self._journal.submit(task)
            except LedgerUnavailable as error:
                log.warning("a report of %s on %s is not booked yet: %s", exchange, stream, error)
                await asyncio.sleep(next(waits))

    def _tell_of_fill(self, account: Account, order: Order) -> None:
        """An exchange without a store of its own has to hear that a client booked a fill on one of its orders."""
        exchange = self._exchanges[account.exchange]
        if not order.is_open:
            self._background.start(exchange.cancel(order.exchange_client_id, order.pair))
        elif is_accepted(order):
            exchange.restore((resting_order(order),))

    def _owner_of(self, exchange: str, client_order_id: str) -> tuple[str, str] | None:
        """Whose order the exchange speaks of: (account stream, our order id)."""
        sent = self._sent.get((exchange, client_order_id))
        if sent is not None:
            return sent
        for account, order in self._accounts.open_orders(exchange):  # It has rested longer than we remember.
            if order.exchange_client_id == client_order_id:
                return account.id, order.order_id
        return None


def require_agreed(answer: Iterable[Event]) -> None:
    """Raise what ``answer`` books, where that is that the exchange did not make a change.

    Raises:
        ExchangeError: why not.
    """
    for event in answer:
        if isinstance(event, AmendmentRejected):
            raise ExchangeError(event.reason)


def is_open(error: ExchangeError) -> bool:
    """Whether the exchange may still do what it was asked, or have done it."""
    return error.outcome_unknown or error.retryable


def is_accepted(order: Order) -> bool:
    """Whether the exchange is known to have it; a client's word on a fill can come before the exchange's."""
    return order.exchange_order_id is not None
