"""Watches prices for the stops of held orders."""

from collections.abc import Iterable, Iterator

import structlog

from domain.account import Account
from domain.commands import TriggerStop
from domain.events import Event
from domain.events.linking import OrderLinked
from domain.orders import Order
from domain.refusals import LedgerError
from kit.exchanges.protocol import Exchange
from kit.market.protocol import Ticker
from kit.trading.accounts import Accounts
from kit.trading.errors import DecisionFailed, TradingError
from kit.trading.journal import Journal
from kit.trading.price_watch import PriceWatch
from kit.trading.tasks import Task, system

log = structlog.get_logger(__name__)


class HeldStopWatch(PriceWatch):
    """Triggers held orders of one exchange by its last prices; gaps trigger at the first price beyond the stop."""

    def __init__(self, exchange: Exchange, journal: Journal, accounts: Accounts) -> None:
        super().__init__(exchange)
        self._journal = journal
        self._accounts = accounts
        self._triggering: set[str] = set()

    def _new_pairs(self, stream: str, event: Event) -> Iterable[str]:
        if isinstance(event, OrderLinked) and event.held:
            order = self._accounts.at(stream).find(event.order_id)
            if order is not None:
                yield order.pair

    def _pairs(self) -> set[str]:
        return {order.pair for _, order in self._waiting()}

    def _waiting(self) -> Iterator[tuple[Account, Order]]:
        for account, order in self._accounts.open_orders(self._exchange.id):
            if order.held and not order.triggered:
                yield account, order

    def _look(self, ticker: Ticker) -> None:
        for account, order in self._waiting():
            if is_reached(order, ticker) and order.order_id not in self._triggering:
                self._triggering.add(order.order_id)
                # Not awaited: while one stop is committed, the next price may reach another.
                self._background.start(self._trigger(account.id, order.order_id, ticker))

    async def _trigger(self, stream: str, order_id: str, ticker: Ticker) -> None:
        command = TriggerStop(order_id=order_id, market_price=ticker.last)
        try:
            await self._journal.submit(Task(stream=stream, work=command, caller=system("stops")))
        except LedgerError as refusal:
            log.info("a stop was not needed", order=order_id, error=str(refusal))
        except (TradingError, DecisionFailed) as error:  # The other stops are still to be watched.
            log.warning("a stop waits for the ledger", order=order_id, error=str(error))
        finally:
            self._triggering.discard(order_id)


def is_reached(order: Order, ticker: Ticker) -> bool:
    """Whether the last price has come to the stop of ``order``, or jumped over it."""
    if order.pair != ticker.pair or order.stop_price is None:
        return False
    return ticker.last >= order.stop_price if order.side == "buy" else ticker.last <= order.stop_price
