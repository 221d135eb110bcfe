"""Keeps the board current: listens to the gateway's events, and asks what they do not say."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from kit.cli.watch.board import Board, clock, waited
from kit.cli.watch.budget import Budget
from kit.cli.watch.folding import with_answer, with_connection, with_event, with_trouble
from kit.cli.watch.schedule import Read, Schedule
from kit.client.client import KitClient
from kit.client.errors import ClientClosed, KitError, NotFound
from kit.client.subscribers import EventStream
from kit.wire.market import Price
from kit.wire.orders import FillPage, OrderPage
from kit.wire.portfolio import Snapshot
from kit.wire.risk import RiskStatus
from kit.wire.system import Health

PAIRS_MAX: Final = 50  # More prices than any screen shows; a quarter of what one subscription may name.
ORDERS_MAX: Final = 500
FILLS_MAX: Final = 100
RETRY_S: Final = 5.0  # After a question about a pair has failed; the others come again by themselves.


class Scope(NamedTuple):
    """Whose portfolio, orders and fills, and on which exchange."""

    account: str | None
    exchange: str | None


class Feed:
    """The one that talks to the gateway, by a client of its own, which ``client_for`` makes."""

    def __init__(
        self,
        client_for: Callable[[Callable[[bool], None]], KitClient],
        board: Board,
        scope: Scope,
        retry_s: float = RETRY_S,
    ) -> None:
        self.client = client_for(self._connection_changed)
        self._board = board
        self._scope = scope
        self._retry_s = retry_s
        self._schedule = Schedule()
        self._budget = Budget()
        self._new_work = asyncio.Event()
        self._wanted: set[str] = set()
        self._subscribed: set[str] = set()

    async def listen(self, events: EventStream) -> None:
        """Put events on the board until the client ends.

        Raises:
            KitError: the gateway refuses this client, or it was too slow for the events.
        """
        async for happening in events:
            self._board.put(with_event(self._board.model, happening, clock()))
            self._schedule.happened(happening.name, self._now())
            self._new_work.set()

    async def ask(self) -> None:
        """Ask what is due, one question after another, for ever.

        Raises:
            NotFound: a pair that the user named is not listed.
        """
        while True:
            self._new_work.clear()
            due = self._schedule.next() if self._board.model.connection.up else None
            if due is None or due[1] > self._now():
                await waited(self._new_work, None if due is None else due[1] - self._now())
            else:
                await self._read(due[0])

    async def ask_once(self) -> None:
        """Ask everything that is due now, and what the answers make due."""
        while (due := self._schedule.next()) is not None and due[1] <= self._now():
            await self._read(due[0])

    def _connection_changed(self, up: bool) -> None:
        hello = self.client.hello if up else None
        self._board.put(with_connection(self._board.model, hello, clock()))
        if up:
            now = self._now()
            self._schedule.connected(now)
            for pair in sorted(self._subscribed):
                self._schedule.soon(Read("price", (pair,)), now)
            self._want_pairs()
            self._new_work.set()

    async def _read(self, read: Read) -> None:
        self._schedule.start(read, self._now())
        try:
            await self._spend()
            await self._put(read)
        except ClientClosed:
            raise
        except NotFound as error:
            self._not_found(read, error)
        except KitError as error:
            self._trouble(read, str(error))
            if read.pairs:
                self._schedule.soon(read, self._now() + self._retry_s)
        else:
            self._trouble(read, None)

    async def _put(self, read: Read) -> None:
        if read.question == "subscribe":
            await self.client.subscribe("market:price", read.pairs)
            self._subscribed.update(read.pairs)
            for pair in read.pairs:
                self._schedule.soon(Read("price", (pair,)), self._now())
            return
        answer = await self._answer(read)
        self._board.put(with_answer(self._board.model, answer))  # The model of now: events came while it was out.
        self._want_pairs()

    async def _answer(self, read: Read) -> Price | Snapshot | OrderPage | FillPage | RiskStatus | Health:
        account, exchange = self._scope
        match read.question:
            case "portfolio":
                return await self.client.portfolio(account=account, exchange=exchange)
            case "orders":
                return await self.client.orders(status="open", account=account, exchange=exchange, limit=ORDERS_MAX)
            case "fills":
                return await self.client.fills(account=account, exchange=exchange, limit=FILLS_MAX)
            case "risk":
                return await self.client.risk(account=account, exchange=exchange)
            case "price":
                return await self.client.price(*read.pairs, exchange=exchange)
            case _:
                return await self.client.health()

    def _want_pairs(self) -> None:
        """Subscribe to the pairs that are shown, and to those whose orders' distance to the market is."""
        model = self._board.model
        known = model.portfolio is not None and model.orders is not None
        if missing := self._missing((*model.chosen, *model.concerned, *(model.pairs if known else ()))):
            self._wanted.update(missing)
            self._schedule.soon(Read("subscribe", missing), self._now())

    def _missing(self, pairs: Iterable[str]) -> tuple[str, ...]:
        missing = [pair for pair in dict.fromkeys(pairs) if pair not in self._wanted]
        return tuple(missing[: max(0, PAIRS_MAX - len(self._wanted))])

    def _not_found(self, read: Read, error: NotFound) -> None:
        """One pair that is not listed has all refused, so each is tried; one that was chosen must be listed."""
        if not read.pairs:
            self._trouble(read, str(error))
        elif len(read.pairs) > 1:
            for pair in read.pairs:
                self._schedule.soon(Read("subscribe", (pair,)), self._now())
        elif read.pairs[0] in self._board.model.chosen:
            raise error

    def _trouble(self, read: Read, why: str | None) -> None:
        question = "price" if read.pairs else read.question
        self._board.put(with_trouble(self._board.model, question, why))

    async def _spend(self) -> None:
        await asyncio.sleep(self._budget.wait_s(self._now()))
        self._budget.spend(self._now())

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
