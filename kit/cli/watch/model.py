"""All that a watch knows, as the gateway's answers and events left it."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from kit.wire.market import Price
from kit.wire.orders import Fill, Order
from kit.wire.portfolio import Snapshot
from kit.wire.system import Health


class Quote(Struct, frozen=True):
    """The newest price of a pair, and those ``seen`` before it, oldest first; ``rise`` is its last move, 0 at first."""

    now: Price
    seen: tuple[Decimal, ...]
    rise: Decimal


class News(Struct, frozen=True):
    """An event as a person reads it."""

    at: datetime
    name: str
    text: str


class Connection(Struct, frozen=True):
    """Whether there is one, and since when that is so."""

    up: bool
    since: datetime


class Model(Struct, frozen=True, kw_only=True):
    """None stands for what was not answered yet.

    ``chosen`` are the pairs that the user named, in that order; ``offered`` are shown where there are no others.
    ``seq`` is the newest log position heard of. ``halted`` is why trading was halted, by exchange, empty for all of
    them. ``troubles`` are the questions that failed when they were asked last, and why. ``known`` are
    orders by their ids, so that their ends can be told.
    """

    url: str
    connection: Connection
    version: str = ""
    account: str = "main"
    chosen: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    quotes: Mapping[str, Quote] = {}
    health: Health | None = None
    portfolio: Snapshot | None = None
    orders: tuple[Order, ...] | None = None
    fills: tuple[Fill, ...] | None = None
    news: tuple[News, ...] = ()
    seq: int | None = None
    halted: Mapping[str, str] = {}
    troubles: Mapping[str, str] = {}
    known: Mapping[str, Order] = {}

    @property
    def pairs(self) -> tuple[str, ...]:
        """Whose prices are shown: those chosen, else those held or with open orders, else those offered."""
        return self.chosen or self.concerned or self.offered

    @property
    def concerned(self) -> tuple[str, ...]:
        """The pairs of open positions and orders."""
        positions = self.portfolio.positions if self.portfolio is not None else ()
        return tuple(dict.fromkeys(each.pair for each in (*positions, *(self.orders or ()))))

    @property
    def simulated(self) -> bool:
        """Whether prices are invented."""
        return self.health is not None and any(exchange.simulated for exchange in self.health.exchanges.values())

    @property
    def silent_exchanges(self) -> tuple[str, ...]:
        """Those that do not answer the gateway."""
        exchanges = self.health.exchanges if self.health is not None else {}
        return tuple(name for name, exchange in exchanges.items() if not exchange.connected)
