"""Whether exchanges answer: asked regularly, told in health, and written into the log when it changes."""

import asyncio
from collections.abc import Mapping
from typing import Final

import structlog
from msgspec import Struct

from domain.events import Event
from domain.events.exchange import ExchangeConnected, ExchangeDisconnected, ExchangeMeasured
from domain.streams import exchange_stream
from kit.exchanges.protocol import Exchange, ExchangeError
from kit.trading.errors import LedgerUnavailable
from kit.trading.journal import Journal
from kit.trading.tasks import Task, system

log = structlog.get_logger(__name__)

PING_EVERY_S: Final = 15.0
MEASURE_EVERY: Final = 240  # Pings: one line an hour in the log says how long the round trip was.


class Connection(Struct, frozen=True):
    """The last answer of an exchange: its round trip in milliseconds, None where it did not answer."""

    connected: bool
    latency_ms: float | None


class Monitor:
    """Pings every exchange."""

    def __init__(self, exchanges: Mapping[str, Exchange], journal: Journal) -> None:
        self.connections = {id_: Connection(connected=False, latency_ms=None) for id_ in exchanges}
        self._exchanges = exchanges
        self._journal = journal

    async def run(self) -> None:
        """Ping until cancelled."""
        pings = 0
        while True:
            await self.ping_all(measure=pings % MEASURE_EVERY == 0 and pings > 0)
            pings += 1
            await asyncio.sleep(PING_EVERY_S)

    async def ping_all(self, *, measure: bool = False) -> None:
        """Ask each exchange once, and write down what changed."""
        for exchange in self._exchanges.values():
            before = self.connections[exchange.id].connected
            try:
                latency = await exchange.ping()
            except ExchangeError as error:
                self.connections[exchange.id] = Connection(connected=False, latency_ms=None)
                if before:
                    log.info("exchange disconnected", exchange=exchange.id, error=str(error))
                    await self._write(exchange.id, ExchangeDisconnected(exchange=exchange.id, reason=str(error)))
                continue
            self.connections[exchange.id] = Connection(connected=True, latency_ms=latency)
            if not before:
                log.info("exchange connected", exchange=exchange.id, latency_ms=latency)
                await self._write(exchange.id, ExchangeConnected(exchange=exchange.id, latency_ms=latency))
            elif measure:
                measured = ExchangeMeasured(exchange=exchange.id, latency_ms=latency, clock_offset_ms=None)
                await self._write(exchange.id, measured)

    async def _write(self, exchange: str, event: Event) -> None:
        try:
            await self._journal.submit(Task(stream=exchange_stream(exchange), work=event, caller=system("monitor")))
        except LedgerUnavailable as error:
            log.warning(
                "an exchange event is not written", type=type(event).__name__, exchange=exchange, error=str(error)
            )
