"""Everything that can be asked of this gateway, and everything it tells."""

from collections.abc import Callable
from typing import Any, Final

from kit.gateway.channels import EVENTS
from kit.gateway.edge import Shutdown
from kit.gateway.methods import (
    account_deposit,
    account_list,
    account_withdraw,
    fill_list,
    fill_record,
    health,
    market_data,
    order_amend,
    order_cancel,
    order_cancel_all,
    order_get,
    order_list,
    order_oco,
    portfolio_snapshot,
    position_close,
    risk_halt,
    risk_limits,
    risk_resume,
    risk_status,
    skill_list,
    status,
    trade_execute,
    trade_size,
)
from kit.gateway.methods.edge import with_edge_methods
from kit.gateway.registry import Method, Redirect, Registry
from kit.gateway.services import Services
from kit.gateway.tools import INVOKE, METHOD_OF
from kit.wire import market, orders, risk, system
from kit.wire.document import Document

METHODS: Final = (
    health.METHOD,
    status.METHOD,
    skill_list.METHOD,
    INVOKE,
    trade_execute.METHOD,
    trade_size.METHOD,
    market_data.METHOD,
    portfolio_snapshot.METHOD,
    order_get.METHOD,
    order_list.METHOD,
    order_oco.METHOD,
    order_amend.METHOD,
    order_cancel.METHOD,
    order_cancel_all.METHOD,
    position_close.METHOD,
    fill_record.METHOD,
    fill_list.METHOD,
    account_deposit.METHOD,
    account_withdraw.METHOD,
    account_list.METHOD,
    risk_status.METHOD,
    risk_limits.METHOD,
    risk_halt.METHOD,
    risk_resume.METHOD,
)
PAYLOADS: Final[dict[str, type[Document]]] = {
    "trade:placed": orders.Order,
    "trade:executed": orders.TradeExecuted,
    "trade:amended": orders.OrderTerms,
    "trade:triggered": orders.OrderReached,
    "trade:cancelled": orders.OrderEnded,
    "trade:rejected": orders.OrderEnded,
    "position:opened": orders.Position,
    "position:closed": orders.Position,
    "market:price": market.Price,
    "market:candle": market.CandleEvent,
    "exchange:connected": system.ExchangeConnection,
    "exchange:disconnected": system.ExchangeConnection,
    "risk:halted": risk.RiskNotice,
    "risk:resumed": risk.RiskNotice,
    "shutdown": Shutdown,
}
assert set(PAYLOADS) - {"shutdown"} <= set(EVENTS), "an event that no channel carries"


def registry_of(listed: Callable[[str], bool]) -> Registry[Services]:
    """All methods; ``listed`` tells whether any exchange has a pair."""
    tools = {tool: method for tool, method in METHOD_OF.items() if method is not None}
    methods: list[Method[Any, Any] | Redirect[Any]] = with_edge_methods(
        METHODS, listed=listed, events=PAYLOADS, tools=tools
    )
    return Registry(methods)
