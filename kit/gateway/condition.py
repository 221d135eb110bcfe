"""How the gateway is: the answers to ``health`` and ``status``, ``/healthz`` and the hello."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from kit.exchanges.protocol import Exchange
from kit.log.log import Log
from kit.skills import Condition, skill_health
from kit.trading.journal import Journal
from kit.trading.monitor import Monitor
from kit.views.projector import Projector
from kit.wire.system import ExchangeHealth, Health, LogHealth

LAG_MAX: Final = 10_000  # Events: a second or two of folding; more means that the views cannot keep up.


class Conditions:
    """Looks at the parts; reads nothing and waits for nothing. ``loops`` names those that are not running."""

    def __init__(
        self,
        *,
        exchanges: Mapping[str, Exchange],
        monitor: Monitor,
        journal: Journal,
        projector: Projector,
        log: Log,
        loops: Callable[[], Iterable[str]],
        uptime_s: Callable[[], float],
        warnings: tuple[str, ...] = (),
    ) -> None:
        self._exchanges = exchanges
        self._monitor = monitor
        self._journal = journal
        self._projector = projector
        self._log = log
        self._loops = loops
        self._uptime_s = uptime_s
        self._warnings = warnings

    @property
    def uptime(self) -> int:
        """Whole seconds since the start."""
        return int(self._uptime_s())

    def health(self) -> Health:
        problems = tuple(self._problems())
        connections = self._monitor.connections
        return Health(
            ok=not problems,
            uptime=self.uptime,
            skills=skill_health(self._condition()),
            exchanges={
                exchange.id: ExchangeHealth(
                    connected=connections[exchange.id].connected,
                    latency=connections[exchange.id].latency_ms,
                    simulated=exchange.simulated,
                    paper=exchange.paper,
                )
                for exchange in self._exchanges.values()
            },
            log=LogHealth(
                position=self._journal.committed_seq,
                lag=self._projector.lag,
                sqlite=sqlite3.sqlite_version,
                wal_bytes=self._log.wal_bytes(),
            ),
            problems=problems,
            warnings=self._warnings,
        )

    def _condition(self) -> Condition:
        connected = sum(connection.connected for connection in self._monitor.connections.values())
        return Condition(
            ledger_works=self._journal.problem is None,
            views_work=self._projector.problem is None,
            exchanges_connected=connected,
            exchanges=len(self._exchanges),
        )

    def _problems(self) -> list[str]:
        problems = [
            f"exchange {id_} does not answer" for id_, found in self._monitor.connections.items() if not found.connected
        ]
        if self._journal.problem is not None:
            problems.append(f"the ledger cannot be written: {self._journal.problem}")
        if self._projector.problem is not None:
            problems.append(f"the views are being rebuilt: {self._projector.problem}")
        elif self._projector.lag > LAG_MAX:
            problems.append(f"the views are {self._projector.lag} events behind")
        return [*problems, *self._loops()]
