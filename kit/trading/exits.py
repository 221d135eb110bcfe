"""Watches prices for the stops and targets that guard positions, lets trailing stops follow, and sells at one."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

import structlog

from domain.account import Account, Bracket
from domain.commands import TrailExit, TriggerExit
from domain.events import Event
from domain.events.exits import ExitArmed
from domain.events.terms import ExitKind
from domain.refusals import LedgerError
from kit.exchanges.protocol import Exchange
from kit.market.protocol import Ticker
from kit.trading.accounts import Accounts
from kit.trading.errors import DecisionFailed, TradingError
from kit.trading.highs import Highs, is_step
from kit.trading.ids import NewId
from kit.trading.journal import Journal
from kit.trading.price_watch import ASK_AGAIN_S, PriceWatch
from kit.trading.tasks import Task, system

log = structlog.get_logger(__name__)

REARM_PAUSE_S: Final = 5.0  # An exit whose order came to nothing is armed again; do not fire it at every tick.
STOPS: Final[tuple[ExitKind, ...]] = ("stop_loss", "trailing_stop")


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
        self._highs = Highs()
        self._recording: set[str] = set()

    def _new_pairs(self, stream: str, event: Event) -> Iterable[str]:
        return [event.pair] if isinstance(event, ExitArmed) else []

    def _pairs(self) -> set[str]:
        accounts = self._accounts.on(self._exchange.id)
        return {bracket.pair for account in accounts for bracket in account.brackets.values()}

    def _look(self, ticker: Ticker) -> None:
        """Sell where a level is reached, and record where a trailing stop has risen."""
        self._forget()
        for account, armed in self._armed(ticker.pair):
            bracket = self._highs.raised(armed, ticker.last)
            kind = reached(bracket, ticker)
            # Not awaited: while one exit is committed, the next price may reach another.
            if kind is None and is_step(armed, bracket):
                self._background.start(self._record(account, bracket))
            elif kind is not None and self._may_fire(account, bracket):
                fired = self._fired[bracket.order_id] = Fired(self._new_id(), self._monotonic())
                self._background.start(self._trigger(account, bracket, kind, ticker, fired.order_id))

    def _armed(self, pair: str) -> Iterator[tuple[Account, Bracket]]:
        for account in self._accounts.on(self._exchange.id):
            for bracket in account.brackets.values():
                if bracket.pair == pair:
                    yield account, bracket

    def _forget(self) -> None:
        """Forget what was fired long enough ago, and the highs of exits that are armed no more."""
        now = self._monotonic()
        self._fired = {entry: fired for entry, fired in self._fired.items() if now - fired.at < REARM_PAUSE_S}
        self._highs.keep({entry for account in self._accounts.on(self._exchange.id) for entry in account.brackets})

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
            level=bracket.level(kind),
            high=bracket.high,
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

    async def _record(self, account: Account, bracket: Bracket) -> None:
        """Have the ledger know how high a trailing stop has risen; one record at a time."""
        if bracket.order_id in self._recording or bracket.high is None:
            return
        self._recording.add(bracket.order_id)
        command = TrailExit(entry_order_id=bracket.order_id, high=bracket.high)
        try:
            await self._journal.submit(Task(stream=account.id, work=command, caller=system("exits")))
        except LedgerError as refusal:
            log.info("a trailing stop is gone", order=bracket.order_id, error=str(refusal))
        except (TradingError, DecisionFailed) as error:  # It sells by the price all the same; only the record is late.
            log.warning("a trailing stop is not recorded", order=bracket.order_id, error=str(error))
            await asyncio.sleep(ASK_AGAIN_S)
        finally:
            self._recording.discard(bracket.order_id)


def reached(bracket: Bracket, ticker: Ticker) -> ExitKind | None:
    """The exit of ``bracket`` that the last price has reached, if any; the stops count first.

    Of two stops the higher one was passed first. Where nobody bids, nothing can be sold: the exit waits.
    """
    if bracket.pair != ticker.pair or ticker.bid <= 0:
        return None
    levels = {kind: bracket.level(kind) for kind in STOPS}
    passed = {kind: level for kind, level in levels.items() if level is not None and ticker.last <= level}
    if passed:
        return max(passed, key=passed.__getitem__)
    if bracket.take_profit is not None and ticker.last >= bracket.take_profit:
        return "take_profit"
    return None
