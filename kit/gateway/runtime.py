"""A running gateway: its parts put together, started in order, and stopped in the opposite one."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from aiohttp import web

from domain.account import Account
from domain.commands import OpenAccount
from domain.events import Event
from domain.events.gateway import GatewayStarted, GatewayStopped, SkillLoaded
from domain.streams import GATEWAY, account_stream, is_account
from kit.exchanges.protocol import Exchange
from kit.gateway.announcer import Announcer
from kit.gateway.auth import Role, Tokens
from kit.gateway.catalogue import registry_of
from kit.gateway.condition import Conditions
from kit.gateway.config import EdgeConfig
from kit.gateway.edge import Edge
from kit.gateway.hub import Hub
from kit.gateway.limits import Limits
from kit.gateway.price_feed import PriceFeed
from kit.gateway.services import Services
from kit.gateway.tools import TOOLS, tool_documents
from kit.log.log import Log
from kit.market.valuation import Valuation
from kit.metrics import Metrics, health_page, measure_loop_lag, metrics_page
from kit.settings import Settings
from kit.skills import BUILT_IN, skill_documents
from kit.trading.accounts import Accounts
from kit.trading.background import Background
from kit.trading.bookkeeper import Bookkeeper
from kit.trading.desk import Desk
from kit.trading.errors import TradingError
from kit.trading.exits import ExitWatch
from kit.trading.held_stops import HeldStopWatch
from kit.trading.ids import new_id
from kit.trading.journal import Journal
from kit.trading.judging import Judging
from kit.trading.marks import Marker
from kit.trading.monitor import Monitor
from kit.trading.risk_watch import RiskWatch
from kit.trading.router import Router
from kit.trading.settlements import Settlements
from kit.trading.sweep import Sweep
from kit.trading.tasks import Task, system
from kit.version import kit_version
from kit.views.projector import Projector
from kit.wire.frames import PROTOCOL_VERSION
from kit.wire.system import Hello, HelloSnapshot, Status

MAIN: Final = "main"


def utc_now() -> datetime:
    return datetime.now(UTC)


class Runtime:
    """One gateway over an opened log and its exchanges; it closes both when it stops."""

    def __init__(
        self,
        settings: Settings,
        log: Log,
        exchanges: Mapping[str, Exchange],
        on_fatal: Callable[[Exception], None],
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        head, started_at = log.head(), time.monotonic()
        self._settings = settings
        self._log = log
        self._exchanges = exchanges
        self._background = Background()
        self._registry = registry_of(lambda pair: any(pair in one.instruments() for one in exchanges.values()))
        self.metrics = Metrics(self._registry.methods)
        self._bookkeeper = Bookkeeper(log, clock)
        self.journal = Journal(self._bookkeeper, on_fatal, self.metrics)
        self.accounts = Accounts()
        self.projector = Projector(log, settings.stablecoins, head)
        self._hub = Hub(head)
        self._announcer = Announcer(log, self._hub)
        self._router = Router(exchanges, self.journal, self.accounts)
        self._settlements = Settlements()
        valuations = {id_: Valuation(exchange, settings.stablecoins) for id_, exchange in exchanges.items()}
        self._marker = Marker(valuations, self.journal, self.accounts)
        self._monitor = Monitor(exchanges, self.journal)
        self._sweep = Sweep(self.accounts, self._router)
        judging = Judging(exchanges, valuations)
        self._risks = {
            id_: RiskWatch(exchange, self.journal, self.accounts, judging, clock) for id_, exchange in exchanges.items()
        }
        self._exits = {
            id_: ExitWatch(exchange, self.journal, self.accounts, new_id, time.monotonic)
            for id_, exchange in exchanges.items()
        }
        self._held_stops = {
            id_: HeldStopWatch(exchange, self.journal, self.accounts) for id_, exchange in exchanges.items()
        }
        self.conditions = Conditions(
            exchanges=exchanges,
            monitor=self._monitor,
            journal=self.journal,
            projector=self.projector,
            log=log,
            loops=lambda: (*self._background.problems, *self._router.problems),
            uptime_s=lambda: time.monotonic() - started_at,
            warnings=warnings_of(settings),
        )
        desk = Desk(
            exchanges, self.journal, self.accounts, self._router, self._settlements, judging=judging, new_id=new_id
        )
        self.services = Services(
            log=log,
            desk=desk,
            accounts=self.accounts,
            exchanges=exchanges,
            valuations=valuations,
            judging=judging,
            projector=self.projector,
            conditions=self.conditions,
            status=self.status,
        )
        self.edge = self._edge(head)
        self.metrics.show(
            queue_depth=lambda: self.journal.depth,
            clients=lambda: self.edge.clients,
            log_position=lambda: self.journal.committed_seq,
            views_lag=lambda: self.projector.lag,
        )

    async def start(self) -> None:
        """Load the state, begin to trade, and only then listen.

        Raises:
            OSError: the address is taken.
            LogDamaged: a stream cannot be read.
        """
        await self.edge.bind()  # First: where the address is taken, nothing is written and nothing trades.
        for exchange in self._exchanges.values():
            await exchange.connect()
        self.accounts.load({stream: self._account(stream) for stream in self._log.streams() if is_account(stream)})
        self._announcer.remember(self.accounts)
        # Accounts first: everything after it reads them as they are after the commit.
        self.journal.followers += [
            self.accounts.follow,
            self.projector.follow,
            self._announcer.follow,
            self._settlements.follow,
            self._router.follow,
            self._marker.follow,
            self._sweep.follow,
            *(watch.follow for watch in (*self._exits.values(), *self._held_stops.values())),
            *(watch.follow for watch in self._risks.values()),
        ]
        self.journal.start(self._log.head())
        self._background.keep("views", self.projector.run)
        await self._open_accounts()
        await self._write_start()
        self._router.start()
        self._sweep.start()
        await self._monitor.ping_all()
        self._start_background()
        await self.edge.start()

    async def stop(self, reason: str) -> None:
        """Finish what was taken, tell the clients, and close the log: what was acknowledged stays."""
        await self.edge.stop(reason)
        await self._background.close()
        await self._sweep.close()
        await self._router.close()
        with contextlib.suppress(TradingError):  # A full disk must not keep the log from being closed.
            await self.journal.submit(gateway_task(GatewayStopped(reason=reason)))
        await self.journal.close()
        for exchange in self._exchanges.values():
            await exchange.close()
        self._log.close()

    def status(self) -> Status:
        return Status(
            gateway="stopping" if self.edge.stopping else "running",
            clients=self.edge.clients,
            skills=len(BUILT_IN),
            tools=len(TOOLS),
            version=kit_version(),
            uptime=self.conditions.uptime,
            exchanges=list(self._exchanges),
            simulated=any(exchange.simulated for exchange in self._exchanges.values()),
        )

    def _account(self, stream: str) -> Account:
        return self._bookkeeper.states.get(stream)

    async def _open_accounts(self) -> None:
        """The first account exists on every exchange; on paper it begins with paper money."""
        for exchange in self._exchanges.values():
            funds = tuple(self._settings.paper.funds.items()) if exchange.paper else ()
            command = OpenAccount(account=MAIN, exchange=exchange.id, paper=exchange.paper, funds=funds)
            stream = account_stream(MAIN, exchange.id)
            await self.journal.submit(Task(stream=stream, work=command, caller=system("gateway")))

    async def _write_start(self) -> None:
        simulated = any(exchange.simulated for exchange in self._exchanges.values())
        started = GatewayStarted(gateway_version=kit_version(), exchanges=tuple(self._exchanges), simulated=simulated)
        loaded = [
            SkillLoaded(skill=skill.id, skill_version=skill.version)
            for skill in skill_documents()
            if skill.status == "loaded"
        ]
        # Together, in this order: one commit for all of them.
        await asyncio.gather(*(self.journal.submit(gateway_task(event)) for event in (started, *loaded)))

    def _start_background(self) -> None:
        keep = self._background.keep
        keep("marks", self._marker.run)
        keep("monitor", self._monitor.run)
        keep("loop lag", measure_loop_lag, self.metrics.loop_lagged)
        for exchange in self._exchanges.values():
            keep(f"prices of {exchange.id}", PriceFeed(exchange, self._hub).run)
            keep(f"exits on {exchange.id}", self._exits[exchange.id].run)
            keep(f"held stops on {exchange.id}", self._held_stops[exchange.id].run)
            keep(f"risk on {exchange.id}", self._risks[exchange.id].run)
            keep(f"prices for risk on {exchange.id}", self._risks[exchange.id].listen)

    def _edge(self, head: int) -> Edge[Services]:
        return Edge(
            edge_config(self._settings),
            self._registry,
            self.services,
            self._hub,
            self._hello,
            history=self._announcer.history,
            observer=self.metrics,
            routes=(
                web.get("/healthz", health_page(self.conditions.health)),
                web.get("/metrics", metrics_page(self.metrics)),
            ),
        )

    async def _hello(self, client_id: str, role: Role) -> Hello:
        return Hello(
            type="hello-ok",
            client_id=client_id,
            version=kit_version(),
            protocol=PROTOCOL_VERSION,
            role=role,
            skills=skill_documents(),
            tools=tool_documents(),
            snapshot=HelloSnapshot(health=self.conditions.health(), exchanges=list(self._exchanges)),
        )


def gateway_task(event: Event) -> Task:
    return Task(stream=GATEWAY, work=event, caller=system("gateway"))


def warnings_of(settings: Settings) -> tuple[str, ...]:
    """What an operator should know although everything works."""
    if settings.gateway.token is None:
        return (*settings.warnings, "no token is set: every program on this machine may trade")
    return settings.warnings


def edge_config(settings: Settings) -> EdgeConfig:
    gateway = settings.gateway
    return EdgeConfig(
        host=gateway.host,
        port=gateway.port,
        tokens=Tokens(
            full=[gateway.token.reveal()] if gateway.token else (),
            read=[gateway.read_token.reveal()] if gateway.read_token else (),
        ),
        hosts=gateway.hosts,
        origins=gateway.origins,
        limits=Limits(
            requests_per_second=gateway.rate_per_second,
            requests_per_minute=gateway.rate_per_minute,
            clients_max=gateway.max_connections,
        ),
    )
