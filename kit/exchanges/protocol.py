"""What the gateway asks of an exchange: the paper exchange and every real one fulfil this protocol."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Literal, Protocol

from msgspec import Struct

from domain.events.terms import Liquidity, OrderType, Side, TimeInForce
from domain.instruments import Instrument
from kit.market.protocol import Book, Candle, PublicTrade, Ticker


class ExchangeError(Exception):
    """The exchange said no, or did not answer. ``retryable`` only where nothing can have happened.

    ``outcome_unknown`` means that the request may have taken effect: look the order up by its client id.
    """

    def __init__(self, message: str, *, retryable: bool = False, outcome_unknown: bool = False) -> None:
        self.retryable = retryable
        self.outcome_unknown = outcome_unknown
        super().__init__(message)

    @property
    def undecided(self) -> bool:
        """Whether what was asked may still be done, or have been done."""
        return self.retryable or self.outcome_unknown


class UnknownPair(ExchangeError):
    """The exchange does not list the pair."""


class OrderRequest(Struct, frozen=True, kw_only=True):
    """An order as the exchange gets it. ``client_order_id`` is ours and makes placing idempotent.

    ``amount`` is in base; a market buy by quote has ``spend`` instead (quote, fee on top) and its ``amount`` is an
    estimate. ``price`` is the limit; ``price_bound`` the worst price at which a market order may fill.
    """

    client_order_id: str
    pair: str
    side: Side
    type: OrderType
    amount: Decimal
    spend: Decimal | None = None
    price: Decimal | None = None
    price_bound: Decimal | None = None
    stop_price: Decimal | None = None
    time_in_force: TimeInForce = "GTC"
    expires_at: datetime | None = None
    post_only: bool = False


class Fill(Struct, frozen=True, kw_only=True):
    """One execution; ``trade_id`` is the exchange's, unique on it for ever. ``fee`` is negative for a rebate."""

    trade_id: str
    client_order_id: str | None
    exchange_order_id: str
    pair: str
    side: Side
    amount: Decimal
    price: Decimal
    fee: Decimal
    fee_asset: str
    liquidity: Liquidity
    occurred_at: datetime


OrderState = Literal["open", "filled", "cancelled", "rejected"]


class OrderReport(Struct, frozen=True, kw_only=True):
    """What the exchange says of an order now.

    ``triggered_at`` is the market's price when the order's stop was reached, None where it was not or there is none.
    ``fills`` are executions that this report brings, in order, possibly known already. ``state`` is after them;
    ``filled`` means that nothing more will come (for a ``spend`` order also where the budget is used up to a lot).
    ``amended`` answers an amendment: whether the order is, or ended, as it was asked to be.
    """

    client_order_id: str
    exchange_order_id: str
    pair: str
    state: OrderState
    fills: tuple[Fill, ...] = ()
    reason: str | None = None
    triggered_at: Decimal | None = None
    amended: bool = False


class RestingOrder(Struct, frozen=True, kw_only=True):
    """An accepted order as the ledger knows it, for an exchange that keeps no store of its own.

    ``triggered`` says that its stop price was reached.
    """

    request: OrderRequest
    exchange_order_id: str
    filled_amount: Decimal
    fill_count: int
    triggered: bool = False


class Exchange(Protocol):
    """One exchange. All times are UTC; nothing here blocks the event loop.

    ``simulated`` says that its prices are invented, ``source`` where they come from.

    Every method may raise ``ExchangeError``; those that take a pair raise ``UnknownPair``.
    """

    id: str
    paper: bool
    simulated: bool
    source: str

    async def connect(self) -> None: ...

    async def close(self) -> None: ...

    async def ping(self) -> float:
        """Return the round trip in milliseconds."""

    def now(self) -> datetime:
        """The exchange's own time: where a recording stands, or the wall clock."""

    def instruments(self) -> Mapping[str, Instrument]:
        """All pairs, known once connected."""

    def restore(self, orders: tuple[RestingOrder, ...]) -> None:
        """Take the ledger's accepted orders after a restart; exchanges with a store of their own ignore it."""

    async def place(self, request: OrderRequest) -> OrderReport:
        """Place the order, or report the one already placed under its ``client_order_id``."""

    async def amend(self, request: OrderRequest) -> OrderReport:
        """Change the open order of that client order id to the amount and prices of ``request``.

        The report has all its fills. An order that is closed already is reported as it is.
        """

    async def cancel(self, client_order_id: str, pair: str) -> OrderReport:
        """Cancel what is left; an order that is closed already is reported as it is."""

    async def order(self, client_order_id: str, pair: str) -> OrderReport | None:
        """The order with all its fills, None where the exchange never took it."""

    async def open_orders(self, pair: str | None = None) -> list[OrderReport]: ...

    async def fills_since(self, since: datetime, pair: str | None = None) -> list[Fill]: ...

    def reports(self) -> AsyncIterator[OrderReport]:
        """What happens to our orders after their placement was answered, as it happens."""

    async def ticker(self, pair: str) -> Ticker: ...

    async def book(self, pair: str, depth: int) -> Book: ...

    async def trades(self, pair: str, limit: int) -> list[PublicTrade]: ...

    async def candles(
        self, pair: str, timeframe: str, limit: int, *, since: datetime | None = None, include_open: bool = False
    ) -> list[Candle]:
        """Oldest first, at most ``limit``: the newest ones, or those from ``since`` on."""

    def prices(self) -> AsyncIterator[Ticker]:
        """A ticker of each pair whenever its price moved."""
