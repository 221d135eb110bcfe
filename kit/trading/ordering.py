"""An order as a client asks for it, and the command that it becomes."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from domain.commands import AmountIn, PlaceOrder
from domain.events.terms import OrderType, Side, TimeInForce
from domain.instruments import Instrument
from kit.market.protocol import Ticker


class OrderAsked(Struct, frozen=True, kw_only=True):
    """An order as a client asks for it. ``amount_in`` None: quote for a market buy, base for everything else."""

    account: str
    exchange: str
    pair: str
    side: Side
    type: OrderType
    amount: Decimal
    amount_in: AmountIn | None = None
    price: Decimal | None = None
    stop_price: Decimal | None = None
    stop_loss: Decimal | None = None
    take_profit: Decimal | None = None
    trailing_stop: Decimal | None = None
    time_in_force: TimeInForce = "GTC"
    expires_at: datetime | None = None
    post_only: bool = False
    closes: bool = False

    @property
    def unit(self) -> AmountIn:
        if self.amount_in is not None:
            return self.amount_in
        return "quote" if self.type == "market" and self.side == "buy" else "base"


class StopAsked(Struct, frozen=True, kw_only=True):
    """The stop beside a limit order: ``stop_price``, and the limit from there on (None: the market)."""

    stop_price: Decimal
    limit: Decimal | None = None


def place_command(
    asked: OrderAsked,
    key: str,
    order_id: str,
    instrument: Instrument,
    ticker: Ticker,
    at: datetime,
) -> PlaceOrder:
    """``asked`` under the client's ``key``, decided at the price of ``ticker``, at the exchange's time ``at``."""
    return PlaceOrder(
        order_id=order_id,
        client_order_id=key,
        exchange_client_id=order_id,
        instrument=instrument,
        side=asked.side,
        type=asked.type,
        amount=asked.amount,
        amount_in=asked.unit,
        price_seen=ticker.ask if asked.side == "buy" else ticker.bid,
        price=asked.price,
        stop_loss=asked.stop_loss,
        take_profit=asked.take_profit,
        trailing_stop=asked.trailing_stop,
        exchange_time=at,
        stop_price=asked.stop_price,
        time_in_force=asked.time_in_force,
        expires_at=asked.expires_at,
        post_only=asked.post_only,
        closes=asked.closes,
    )


def stopped(limit: PlaceOrder, stop: StopAsked, order_id: str) -> PlaceOrder:
    """``limit`` as a stop order; its own id is what a client names it by."""
    return replace(
        limit,
        order_id=order_id,
        client_order_id=order_id,
        exchange_client_id=order_id,
        type="stop-market" if stop.limit is None else "stop-limit",
        price=stop.limit,
        stop_price=stop.stop_price,
    )
