"""The intent to trade as an event, with the most that it can cost reserved."""

from decimal import Decimal

from domain.commands import PlaceOrder
from domain.decisions.rules import Terms
from domain.events.orders import OrderPlaced
from domain.events.terms import ExitKind
from domain.postings import moved
from domain.reservations import cost_max


def reserved_asset(command: PlaceOrder) -> str:
    return command.instrument.quote if command.side == "buy" else command.instrument.base


def reserve(command: PlaceOrder, agreed: Terms) -> Decimal:
    """The most that the order can take: quote with the fee for a buy, base for a sell."""
    if command.side == "sell":
        return agreed.amount
    if agreed.spend is not None:
        return cost_max(agreed.spend, command.instrument.fees.highest)
    price = agreed.price_bound if command.price is None else command.price
    assert price is not None
    return cost_max(agreed.amount * price, command.instrument.fees.highest)


def order_placed(
    command: PlaceOrder,
    agreed: Terms,
    asset: str,
    reserved: Decimal,
    *,
    exit_of: str | None = None,
    exit_kind: ExitKind | None = None,
) -> OrderPlaced:
    """The intent as an event, locking ``reserved`` of ``asset``."""
    instrument = command.instrument
    return OrderPlaced(
        order_id=command.order_id,
        client_order_id=command.client_order_id,
        exchange_client_id=command.exchange_client_id,
        pair=instrument.pair,
        base=instrument.base,
        quote=instrument.quote,
        side=command.side,
        type=command.type,
        amount=agreed.amount,
        spend=agreed.spend,
        price=command.price,
        price_seen=command.price_seen,
        price_bound=agreed.price_bound,
        stop_price=command.stop_price,
        stop_loss=command.stop_loss,
        take_profit=command.take_profit,
        trailing_stop=command.trailing_stop,
        time_in_force=command.time_in_force,
        expires_at=command.expires_at,
        post_only=command.post_only,
        reduce_only=exit_of is not None,
        exit_of=exit_of,
        exit_kind=exit_kind,
        fee_rate_max=instrument.fees.highest,
        postings=moved(("free", asset, -reserved), ("locked", asset, reserved)),
    )
