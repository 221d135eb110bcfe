"""The type of every answer, by method."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, TypeVar

import msgspec

from kit.client.errors import UnexpectedAnswer
from kit.wire.market import Analysis, Candles, OrderBook, Price, Ticker, Trades
from kit.wire.orders import Cancelled, FillPage, FillRecorded, LinkedOrders, Order, OrderPage
from kit.wire.portfolio import Accounts, Asset, Balances, History, Pnl, Positions, Snapshot
from kit.wire.risk import RiskStatus
from kit.wire.sizing import OrderSize
from kit.wire.system import Health, Schema, Skills, Status, Subscriptions

T = TypeVar("T")

ANSWERS: Final[Mapping[str, type]] = {
    "health": Health,
    "status": Status,
    "skill.list": Skills,
    "trade.execute": Order,
    "trade.size": OrderSize,
    "order.get": Order,
    "order.list": OrderPage,
    "order.oco": LinkedOrders,
    "order.amend": Order,
    "order.cancel": Order,
    "order.cancelAll": Cancelled,
    "position.close": Order,
    "fill.record": FillRecorded,
    "fill.list": FillPage,
    "account.deposit": Asset,
    "account.withdraw": Asset,
    "account.list": Accounts,
    "risk.status": RiskStatus,
    "risk.limits": RiskStatus,
    "risk.halt": RiskStatus,
    "risk.resume": RiskStatus,
    "subscribe": Subscriptions,
    "unsubscribe": Subscriptions,
    "protocol.schema": Schema,
}
MARKET_ANSWERS: Final[Mapping[object, type]] = {
    "price": Price,
    "ohlcv": Candles,
    "orderbook": OrderBook,
    "ticker": Ticker,
    "trades": Trades,
    "analyze": Analysis,
}
PORTFOLIO_ANSWERS: Final[Mapping[object, type]] = {
    "snapshot": Snapshot,
    "balance": Balances,
    "positions": Positions,
    "pnl": Pnl,
    "history": History,
}
TOOL_METHODS: Final[Mapping[object, str]] = {
    "trade": "trade.execute",
    "market": "market.data",
    "portfolio": "portfolio.snapshot",
}

# What has no type is read with exact decimals too: a float would be another number.
UNTYPED: Final = msgspec.json.Decoder(float_hook=Decimal)


def answer_type(method: str, params: Mapping[str, object]) -> type | None:
    """The type that answers ``method`` with these wire params; None where this client knows none."""
    if method == "tool.invoke":
        args = params.get("args")
        return answer_type(TOOL_METHODS.get(params.get("tool"), ""), args if isinstance(args, Mapping) else {})
    if method == "market.data":
        return MARKET_ANSWERS.get(params.get("action"))
    if method == "portfolio.snapshot":
        return PORTFOLIO_ANSWERS.get(params.get("action", "snapshot"))
    return ANSWERS.get(method)


def read_answer(payload: msgspec.Raw, kind: type[T]) -> T:
    """Decode a payload.

    Raises:
        UnexpectedAnswer: it is not of that type; names the field.
    """
    try:
        return msgspec.json.decode(payload, type=kind)
    except msgspec.ValidationError as error:
        raise UnexpectedAnswer(f"the gateway sent a {kind.__name__} that this client cannot read: {error}") from error


def read_untyped(payload: msgspec.Raw) -> Any:
    return UNTYPED.decode(payload)
