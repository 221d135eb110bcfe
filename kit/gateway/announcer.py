"""Tells clients what was committed: live from each commit, and from the log to those who come back."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Final

from domain.account import Account
from domain.events import Entry, Recorded
from domain.events.orders import OrderPlaced
from kit.gateway.hub import Hub, Push
from kit.gateway.present.announcements import announcements
from kit.log.log import Log
from kit.trading.tasks import Committed

PLACED_KEPT: Final = 10_000  # Orders between placing and acceptance, and some more: a few MB.


class Announcer:
    """Publishes to ``hub``."""

    def __init__(self, ledger: Log, hub: Hub) -> None:
        self._log = ledger
        self._hub = hub
        self._placed: dict[tuple[str, int], Entry] = {}

    def remember(self, accounts: Iterable[Account]) -> None:
        """Read how the orders began that no exchange has answered for yet: their acceptance will be announced."""
        for account in accounts:
            for order in account.orders.values():
                if order.exchange_order_id is None:
                    placed = self._log.read_entry(account.id, order.placed_version)
                    self._placed[account.id, order.placed_version] = placed.entry

    def follow(self, committed: Committed) -> None:
        for recorded in committed.recorded:
            if isinstance(recorded.entry.event, OrderPlaced):
                self._placed[recorded.entry.stream, recorded.entry.version] = recorded.entry
        while len(self._placed) > PLACED_KEPT:
            del self._placed[next(iter(self._placed))]
        self._hub.publish(self._pushes(committed.recorded), position=committed.recorded[-1].seq)

    async def history(self, seq: int, limit: int) -> tuple[Sequence[Push], int]:
        """What was pushed after position ``seq``, from about ``limit`` lines of the log, and how far that reaches."""
        return await asyncio.to_thread(self._read, seq, limit)

    def _read(self, seq: int, limit: int) -> tuple[Sequence[Push], int]:
        lines = self._log.recorded(seq, limit)
        return list(self._pushes(lines)), lines[-1].seq if lines else seq

    def _pushes(self, lines: Iterable[Recorded]) -> Iterable[Push]:
        for line in lines:
            for announced in announcements(line, self._placed_entry):
                yield Push(announced.event, announced.payload, seq=announced.seq)

    def _placed_entry(self, stream: str, version: int) -> Entry:
        """The order's placing: in memory for what is announced live; in history, one read of the log."""
        return self._placed.get((stream, version)) or self._log.read_entry(stream, version).entry
