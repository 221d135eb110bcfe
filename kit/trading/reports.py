"""Between the ledger's words and an exchange's: requests out of orders, commands out of reports."""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from domain.commands import ReportOrder
from domain.events.terms import OrderType
from domain.executions import Execution
from domain.orders import Order
from kit.exchanges.protocol import Fill, OrderReport, OrderRequest, RestingOrder

# What the gateway sends of a stop that it has watched itself.
LIVE: Final[Mapping[OrderType, OrderType]] = {"stop-market": "market", "stop-limit": "limit"}


def is_accepted(order: Order) -> bool:
    """Whether the exchange is known to have it; a client's word on a fill can come before the exchange's."""
    return order.exchange_order_id is not None


def order_request(order: Order) -> OrderRequest:
    watched = order.linked_to is not None and order.type in LIVE
    return OrderRequest(
        client_order_id=order.exchange_client_id,
        pair=order.pair,
        side=order.side,
        type=LIVE[order.type] if watched else order.type,
        amount=order.amount,
        spend=order.spend,
        price=order.price,
        price_bound=order.price_bound,
        stop_price=None if watched else order.stop_price,
        time_in_force=order.time_in_force,
        expires_at=order.expires_at,
        post_only=order.post_only,
    )


def resting_order(order: Order) -> RestingOrder:
    assert order.exchange_order_id is not None, f"order {order.order_id} was never accepted"
    return RestingOrder(
        request=order_request(order),
        exchange_order_id=order.exchange_order_id,
        filled_amount=order.filled_amount,
        fill_count=order.fill_count,
        triggered=order.triggered,
    )


def report_command(order_id: str, report: OrderReport) -> ReportOrder:
    return ReportOrder(
        order_id=order_id,
        exchange_order_id=report.exchange_order_id,
        state=report.state,
        fills=tuple(execution(fill) for fill in report.fills),
        reason=report.reason,
        triggered_at=report.triggered_at,
    )


def amendment_command(order_id: str, report: OrderReport) -> ReportOrder:
    """The report that answers an amendment."""
    return replace(report_command(order_id, report), amended=report.amended)


def amendment_refusal(order: Order, reason: str) -> ReportOrder:
    """The exchange did not make the change, and said nothing else of the order."""
    assert order.exchange_order_id is not None, f"order {order.order_id} was never accepted"
    return ReportOrder(
        order_id=order.order_id,
        exchange_order_id=order.exchange_order_id,
        state="open",
        reason=reason,
        amended=False,
    )


def rejection(order_id: str, reason: str) -> ReportOrder:
    return ReportOrder(order_id=order_id, exchange_order_id="", state="rejected", reason=reason)


def execution(fill: Fill) -> Execution:
    base, _, quote = fill.pair.partition("/")
    return Execution(
        trade_id=fill.trade_id,
        pair=fill.pair,
        base=base,
        quote=quote,
        side=fill.side,
        amount=fill.amount,
        price=fill.price,
        fee=fill.fee,
        fee_asset=fill.fee_asset,
        liquidity=fill.liquidity,
        occurred_at=fill.occurred_at,
    )
