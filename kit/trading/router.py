"""The way of an order to its exchange and back: only what is durable goes out, and whatever comes back is booked."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Final

import structlog

from domain.account import Account
from domain.events import Recorded
from domain.events.fills import OrderFilled
from domain.events.linking import OrderReleased
from domain.events.orders import OrderPlaced, OrderTriggered
from domain.orders import Order
from domain.refusals import LedgerError
from kit.exchanges.protocol import Exchange, ExchangeError, OrderReport
from kit.trading.accounts import Accounts
from kit.trading.amendments import Amendments
from kit.trading.background import Background
from kit.trading.booking import Booking
from kit.trading.cancels import Cancels
from kit.trading.errors import DecisionFailed
from kit.trading.journal import Journal
from kit.trading.linked import Linked
from kit.trading.reports import is_accepted, order_request, rejection, report_command, resting_order
from kit.trading.tasks import Committed
from kit.trading.turns import Turns
from kit.trading.waits import waits_s

log = structlog.get_logger(__name__)

REMEMBERED_MAX: Final = 20_000  # Orders whose late reports still find their account: some 4 MB.


class Router:
    """Places committed orders, and turns what exchanges report into commits."""

    def __init__(self, exchanges: Mapping[str, Exchange], journal: Journal, accounts: Accounts) -> None:
        self._exchanges = exchanges
        self._accounts = accounts
        self._background = Background()
        self._booking = Booking(journal, self._background)
        # What is asked of an exchange about one order, and booked, is not mixed with what else it says of it.
        self._turns = Turns()
        self.cancels = Cancels(exchanges, accounts, self._booking, self._turns)
        self.amendments = Amendments(exchanges, accounts, self._booking, self._turns, self._background)
        self._linked = Linked(exchanges, accounts, self._booking, self._turns, self._background)
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
                self._resume(exchange, account.id, order)
            self._background.keep(f"reports of {exchange.id}", self._listen, exchange)

    def _resume(self, exchange: Exchange, stream: str, order: Order) -> None:
        """Go on with what was under way when the gateway stopped."""
        if order.held:
            self._linked.look_at(stream, order)
        elif not is_accepted(order):
            self._background.start(self._place(exchange, stream, order))
        elif order.asked is not None:
            self._background.start(self.amendments.carry_out_later(stream, order.order_id))

    async def close(self) -> None:
        await self._background.close()

    @property
    def problems(self) -> list[str]:
        """The exchanges whose reports nobody listens to, and the stops that they keep waiting."""
        return [*self._background.problems, *self._linked.problems]

    def follow(self, committed: Committed) -> None:
        """Send out what a commit has placed or released, and what follows from it."""
        for recorded in committed.recorded:
            event = recorded.entry.event
            if isinstance(event, OrderPlaced | OrderReleased | OrderTriggered | OrderFilled):
                account = self._accounts.at(recorded.entry.stream)
                order = committed.orders.get((account.id, event.order_id))
                if order is not None:
                    self._follow(account, order, recorded)

    def _follow(self, account: Account, order: Order, recorded: Recorded) -> None:
        match recorded.entry.event:
            case OrderPlaced() | OrderReleased() if not order.held:
                self._remember(account.exchange, account.id, order)
                self._background.start(self._place(self._exchanges[account.exchange], account.id, order))
            case OrderTriggered():
                self._linked.look_at(account.id, order)
            case OrderFilled() if recorded.entry.stamp.role != "system":
                self._tell_of_fill(account, order)

    def _remember(self, exchange: str, stream: str, order: Order) -> None:
        self._sent[exchange, order.exchange_client_id] = (stream, order.order_id)
        while len(self._sent) > REMEMBERED_MAX:
            del self._sent[next(iter(self._sent))]

    async def _place(self, exchange: Exchange, stream: str, order: Order) -> None:
        try:
            report = report_command(order.order_id, await self._taken(exchange, order))
        except ExchangeError as error:
            report = rejection(order.order_id, str(error))
        await self._booking.book(stream, report, exchange.id)

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
                if not error.undecided:
                    raise
                log.warning("an order is unknown", order=order.order_id, exchange=exchange.id, error=str(error))
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
                log.warning("an order is unknown", order=order.order_id, exchange=exchange.id, error=str(error))

    async def _listen(self, exchange: Exchange) -> None:
        reports = exchange.reports()
        await self._catch_up(exchange)
        async for report in reports:
            known = self._owner_of(exchange.id, report.client_order_id)
            if known is None:
                log.warning(
                    "a report is on an order that is not ours",
                    exchange=exchange.id,
                    client_order_id=report.client_order_id,
                )
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
            await self._booking.book(stream, report_command(order_id, report), exchange.id)
        except (LedgerError, DecisionFailed):  # The reports of all other orders are still to come.
            log.exception("a report cannot be booked", exchange=exchange.id, order=order_id, report=report)

    async def _catch_up(self, exchange: Exchange) -> None:
        """Ask for every open order, since nobody may have listened to what became of it."""
        for account, order in self._accounts.open_orders(exchange.id):
            if not is_accepted(order) or order.asked is not None:
                continue  # On its way there, or being amended: that brings the answer.
            try:
                report = await exchange.order(order.exchange_client_id, order.pair)
            except ExchangeError as error:
                log.warning(
                    "an order cannot be looked up", order=order.order_id, exchange=exchange.id, error=str(error)
                )
                continue
            if report is not None:
                await self._booking.book(account.id, report_command(order.order_id, report), exchange.id)

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
