"""An exchange that does what a test scripts: it takes orders, times out, and says things late or twice."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from decimal import Decimal

from msgspec.structs import replace

from domain.events.terms import Side
from kit.exchanges.paper import PaperExchange
from kit.exchanges.protocol import ExchangeError, Fill, OrderReport, OrderRequest, OrderState, RestingOrder
from kit.market.fixed import FixedMarket
from tests.domain.books import NOON

TIMED_OUT = ExchangeError("the request timed out", outcome_unknown=True)
BUSY = ExchangeError("too many requests", retryable=True)
NO_MONEY = ExchangeError("the exchange has no money of yours")


class ScriptedExchange(PaperExchange):
    """Prices are the fixed market's; orders rest until the script fills them.

    ``faults`` happen to the next placements: None lets one through, and with ``taken`` the exchange has the order all
    the same. ``lost`` happen to the next look-ups, ``unwilling`` to the next amendments; one that ``leaves_as_it_is``
    changes no order. ``calls`` is what it was asked, in order.
    """

    def __init__(self, market: FixedMarket, *faults: ExchangeError | None, taken: bool = True) -> None:
        super().__init__("paper", market)
        self.calls: list[str] = []
        self.restored: list[RestingOrder] = []
        self.lost: deque[ExchangeError] = deque()
        self.unwilling: deque[ExchangeError] = deque()
        self.leaves_as_it_is = False
        self._faults = deque(faults)
        self._taken = taken
        self._held: dict[str, OrderReport] = {}
        self._told: asyncio.Queue[OrderReport] = asyncio.Queue()

    async def place(self, request: OrderRequest) -> OrderReport:
        self.calls.append(f"place {request.client_order_id}")
        fault = self._faults.popleft() if self._faults else None
        if fault is None or self._taken:
            self._held.setdefault(request.client_order_id, reported(request, "open"))
        if fault is not None:
            raise fault
        return self._held[request.client_order_id]

    async def order(self, client_order_id: str, pair: str) -> OrderReport | None:
        self.calls.append(f"order {client_order_id}")
        if self.lost:
            raise self.lost.popleft()
        return self._held.get(client_order_id)

    async def amend(self, request: OrderRequest) -> OrderReport:
        self.calls.append(f"amend {request.client_order_id} to {request.amount:f} at {request.price or 0:f}")
        if request.client_order_id not in self._held:
            raise ExchangeError(f"no order has the client order id {request.client_order_id!r}")
        if self.unwilling:
            raise self.unwilling.popleft()
        return replace(self._held[request.client_order_id], amended=not self.leaves_as_it_is)

    async def cancel(self, client_order_id: str, pair: str) -> OrderReport:
        self.calls.append(f"cancel {client_order_id}")
        if client_order_id not in self._held:
            raise ExchangeError(f"no order has the client order id {client_order_id!r}")
        held = self._held[client_order_id]
        return held if held.state != "open" else self.hold(held, "cancelled")

    def restore(self, orders: tuple[RestingOrder, ...]) -> None:
        self.restored += orders
        for order in orders:
            self._held.setdefault(order.request.client_order_id, reported(order.request, "open"))

    async def reports(self) -> AsyncIterator[OrderReport]:
        while True:
            yield await self._told.get()

    def hold(self, report: OrderReport, state: OrderState, *fills: Fill) -> OrderReport:
        """From now on the order is in ``state`` and has these ``fills`` too."""
        now = OrderReport(
            client_order_id=report.client_order_id,
            exchange_order_id=report.exchange_order_id,
            pair=report.pair,
            state=state,
            fills=(*report.fills, *fills),
        )
        self._held[report.client_order_id] = now
        return now

    def tell(self, client_order_id: str, state: OrderState, *fills: Fill) -> None:
        """Say of an order that it is in ``state``, with ``fills``."""
        report = self._held[client_order_id]
        self.hold(report, state, *fills)
        self._told.put_nowait(
            OrderReport(
                client_order_id=client_order_id,
                exchange_order_id=report.exchange_order_id,
                pair=report.pair,
                state=state,
                fills=fills,
            )
        )

    @property
    def untold(self) -> int:
        """How many reports nobody has heard yet."""
        return self._told.qsize()

    def tell_of_stranger(self, client_order_id: str) -> None:
        """Report an order that nobody placed here."""
        self._told.put_nowait(
            OrderReport(client_order_id=client_order_id, exchange_order_id="x", pair="BTC/USDT", state="open")
        )


def reported(request: OrderRequest, state: OrderState) -> OrderReport:
    return OrderReport(
        client_order_id=request.client_order_id,
        exchange_order_id=f"x-{request.client_order_id}",
        pair=request.pair,
        state=state,
    )


def cut(trade_id: str, amount: str, price: str = "67000", side: Side = "buy") -> Fill:
    """A fill in BTC without a fee, a buy unless said otherwise."""
    return Fill(
        trade_id=trade_id,
        client_order_id=None,
        exchange_order_id="x",
        pair="BTC/USDT",
        side=side,
        amount=Decimal(amount),
        price=Decimal(price),
        fee=Decimal(0),
        fee_asset="USDT",
        liquidity="maker",
        occurred_at=NOON,
    )
