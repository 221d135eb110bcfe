"""``KitClient``: the way to the gateway."""

import asyncio
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, Self, TypeVar, overload

from aiohttp import ClientSession
from msgspec import Raw

from kit.client.backoff import Backoff
from kit.client.command import Command
from kit.client.connection import Connection
from kit.client.errors import ClientClosed, RateLimited
from kit.client.fills import FillMethods
from kit.client.happenings import ALL
from kit.client.identity import DEFAULT_URL, Identity
from kit.client.link import Link
from kit.client.market import MarketMethods
from kit.client.opening import open_connection
from kit.client.place import Place
from kit.client.portfolio import PortfolioMethods
from kit.client.repeating import Patience, Repeating
from kit.client.risk import RiskMethods
from kit.client.subscribers import ErrorHandler, EventStream, Handler, Listener, Subscribers, log_error
from kit.client.subscriptions import Chosen
from kit.client.system import SystemMethods
from kit.client.trading import TradingMethods
from kit.wire.frames import EventFrame
from kit.wire.system import Hello, Subscriptions

H = TypeVar("H", bound=Handler)

RATE_WINDOW_MS: Final = 1000


class KitClient(TradingMethods, FillMethods, RiskMethods, PortfolioMethods, MarketMethods, SystemMethods):
    """A client of one gateway; ``async with KitClient() as client`` connects and closes it.

    The connection comes back by itself: after 0.5 s, doubling to 30 s, with jitter (``backoff``). Commands wait for it,
    and one that was outstanding is sent again with the same key, so that it is carried out once. All that is bounded by
    ``timeout_s`` a command; then ``OutcomeUnknown`` is raised where something may have changed. The rate limit is
    waited for, unless ``wait_on_rate_limit`` is off; other retryable errors at most ``retries_max`` times.

    Every handler and stream has its own queue, so a slow one holds up neither answers nor other handlers. One that
    falls behind loses all but the newest 1,000 market events. Once it is 10,000 ledger events behind it gets no more,
    and is told: a stream raises ``SubscriberTooSlow``, a handler's goes to ``on_error``. A handler is called with one
    event after another; what it raises goes to ``on_error`` too (default: the log).

    ``resume_from`` is the log position after which to get all events, for a program that was restarted.
    ``on_connection`` is called with True for each connection, once its subscriptions are what they were, and with False
    when it is lost.
    """

    def __init__(
        self,
        url: str = DEFAULT_URL,
        token: str | None = None,
        *,
        client_id: str = "kit-python",
        display_name: str | None = None,
        timeout_s: float | None = 60.0,
        retries_max: int = 3,
        wait_on_rate_limit: bool = True,
        resume_from: int | None = None,
        backoff: Backoff | None = None,
        on_error: ErrorHandler = log_error,
        on_connection: Callable[[bool], object] | None = None,
    ) -> None:
        self._identity = Identity(url, token, client_id, display_name)
        self._patience = Patience(timeout_s, retries_max, wait_on_rate_limit)
        self._backoff = backoff or Backoff()
        self._place = Place(resume_from)
        self._subscribers = Subscribers(on_error)
        self._on_error = on_error
        self._on_connection = on_connection
        self._chosen = Chosen()
        self._session: ClientSession | None = None
        self._link: Link | None = None
        self._hello: Hello | None = None

    @property
    def hello(self) -> Hello:
        """What the gateway said when the connection was opened last.

        Raises:
            ClientClosed: there was none yet.
        """
        if self._hello is None:
            raise ClientClosed("the client never connected: call connect() first")
        return self._hello

    @property
    def last_seq(self) -> int | None:
        """The log position of the newest ledger event received; None before the first."""
        return self._place.newest

    async def connect(self) -> Hello:
        """Connect, once; from then on the connection comes back by itself until ``close``.

        Raises:
            GatewayUnreachable: nobody answers at the url.
            AuthFailed, RateLimited, KitError: the gateway refused.
        """
        if self._link is not None:
            raise ClientClosed("this client connected before; make another one")
        self._session = ClientSession()
        self._link = Link(self._opened, self._backoff, on_end=self._subscribers.end, on_change=self._changed)
        try:
            return (await self._link.start()).hello
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """End the connection; handlers get five seconds for the events they already have."""
        self._subscribers.end()
        if self._link is not None:
            await self._link.stop()
        await self._subscribers.finish()
        if self._session is not None:
            await self._session.close()

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def perform(self, command: Command) -> Raw:
        if self._link is None:
            raise ClientClosed("the client is not connected: call connect() first")
        return await Repeating(self._link, command, self._patience, self._backoff).answer()

    async def subscribe(self, channel: str, pairs: Sequence[str] | None = None) -> Subscriptions:
        """Get the channel's events, on every later connection too; market channels need ``pairs``."""
        answer = await self.ask(Subscriptions, "subscribe", channel=channel, pairs=pairs)
        self._chosen.joined(channel, answer)
        return answer

    async def unsubscribe(self, channel: str, pairs: Sequence[str] | None = None) -> Subscriptions:
        """Get the channel's events, or those of these pairs, no more."""
        answer = await self.ask(Subscriptions, "unsubscribe", channel=channel, pairs=pairs)
        self._chosen.left(channel, answer)
        return answer

    @overload
    def on(self, event: str, handler: H) -> H: ...
    @overload
    def on(self, event: str) -> Callable[[H], H]: ...
    def on(self, event: str, handler: H | None = None) -> H | Callable[[H], H]:
        """Call ``handler``, plain or async, with the payload of each such event; without one, a decorator.

        For the event ``*`` it is called with a ``Happening`` (name, payload, seq) of every event.
        """
        if handler is None:
            return lambda decorated: self.on(event, decorated)
        self._subscribers.add(Listener(event, handler))
        return handler

    def off(self, event: str, handler: Handler) -> None:
        """Call ``handler`` no more."""
        self._subscribers.remove(Listener(event, handler))

    def events(self, *names: str) -> EventStream:
        """Events as they come, from this call on: of these names, or of all. ``async for happening in …``."""
        return self._subscribers.stream(frozenset(names or {ALL}))

    async def _opened(self) -> Connection:
        assert self._session is not None
        connection = await open_connection(self._session, self._identity, self._place, self._received)
        self._hello = connection.hello
        try:
            await restored(connection, self._chosen.commands())
        except BaseException:
            await connection.close()
            raise
        return connection

    def _changed(self, connected: bool) -> None:
        if self._on_connection is None:
            return
        try:
            self._on_connection(connected)
        except Exception as error:  # noqa: BLE001 - what is only told of the connection must not end it.
            self._on_error(error)

    def _received(self, frame: EventFrame) -> None:
        if self._place.is_news(frame):
            self._subscribers.publish(frame)


async def restored(connection: Connection, commands: Sequence[Command]) -> None:
    """Carry out the commands on a new connection, one after another, as fast as its rate limit allows."""
    for command in commands:
        while True:
            try:
                await connection.ask(command.method, command.params)
                break
            except RateLimited as error:
                await asyncio.sleep((error.retry_after_ms or RATE_WINDOW_MS) / 1000)
