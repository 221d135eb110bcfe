"""Watches prices for the stops and targets that guard positions, and sells when one is reached."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

import structlog

from domain.account import Account, Bracket
from domain.commands import TriggerExit
from domain.events import Event
from domain.events.account import ExitArmed, ExitKind
from domain.refusals import LedgerError
from kit.exchanges.protocol import Exchange
from kit.market.protocol import Ticker
from kit.trading.accounts import Accounts
from kit.trading.errors import DecisionFailed, TradingError
from kit.trading.ids import NewId
from kit.trading.journal import Journal
from kit.trading.price_watch import PriceWatch
from kit.trading.tasks import Task, system

log = structlog.get_logger(__name__)

REARM_PAUSE_S: Final = 5.0  # An exit whose order came to nothing is armed again; do not fire it at every tick.


class Fired(NamedTuple):
    """The order that an exit was triggered with, and when (monotonic seconds)."""

    order_id: str
    at: float


class ExitWatch(PriceWatch):
    """Triggers armed exits of one exchange by its last prices; gaps trigger at the first price beyond the level."""

    def __init__(
        self, exchange: Exchange, journal: Journal, accounts: Accounts, new_id: NewId, monotonic: Callable[[], float]
    ) -> None:
        super().__init__(exchange)
        self._journal = journal
        self._accounts = accounts
        self._new_id = new_id
        self._monotonic = monotonic
        self._fired: dict[str, Fired] = {}

    def _new_pairs(self, stream: str, event: Event) -> Iterable[str]:
        return [event.pair] if isinstance(event, ExitArmed) else []

    def _pairs(self) -> set[str]:
        accounts = self._accounts.on(self._exchange.id)
        return {bracket.pair for account in accounts for bracket in account.brackets.values()}

    def _look(self, ticker: Ticker) -> None:
        for account, bracket, kind in self._reached(ticker):
            fired = self._fired[bracket.order_id] = Fired(self._new_id(), self._monotonic())
            # Not awaited: while one exit is committed, the next price may reach another.
            self._background.start(self._trigger(account, bracket, kind, ticker, fired.order_id))

    def _reached(self, ticker: Ticker) -> Iterator[tuple[Account, Bracket, ExitKind]]:
        now = self._monotonic()
        self._fired = {entry: fired for entry, fired in self._fired.items() if now - fired.at < REARM_PAUSE_S}
        for account in self._accounts.on(self._exchange.id):
            for bracket in account.brackets.values():
                kind = reached(bracket, ticker)
                if kind is not None and self._may_fire(account, bracket):
                    yield account, bracket, kind

    def _may_fire(self, account: Account, bracket: Bracket) -> bool:
        """Whether the exit that this entry had just now, if any, has sold something: then the rest may follow."""
        fired = self._fired.get(bracket.order_id)
        if fired is None:
            return True
        order = account.find(fired.order_id)
        return order is not None and not order.is_open and order.filled_amount > 0

    async def _trigger(self, account: Account, bracket: Bracket, kind: ExitKind, ticker: Ticker, order_id: str) -> None:
        command = TriggerExit(
            entry_order_id=bracket.order_id,
            kind=kind,
            level=getattr(bracket, kind),
            market_price=ticker.bid,
            exchange_time=ticker.at,
            instrument=self._exchange.instruments()[bracket.pair],
            order_id=order_id,
            exchange_client_id=order_id,
        )
        # The order's id is also its client order id, and so a key: no client can take it for another order.
        task = Task(stream=account.id, work=command, caller=system("exits"), key=order_id, digest="exit")
        try:
            await self._journal.submit(task)
        except LedgerError as refusal:
            log.info("an exit was not needed", exit=kind, order=bracket.order_id, error=str(refusal))
        except (TradingError, DecisionFailed) as error:  # The other exits are still to be watched.
            log.warning("an exit waits for the ledger", exit=kind, order=bracket.order_id, error=str(error))


def reached(bracket: Bracket, ticker: Ticker) -> ExitKind | None:
    """The exit of ``bracket`` that the last price has reached, if any; the stop counts first.

    Where nobody bids, nothing can be sold: the exit waits.
    """
    if bracket.pair != ticker.pair or ticker.bid <= 0:
        return None
    if bracket.stop_loss is not None and ticker.last <= bracket.stop_loss:
        return "stop_loss"
    if bracket.take_profit is not None and ticker.last >= bracket.take_profit:
        return "take_profit"
    return None
