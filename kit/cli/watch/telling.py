"""Events in words, on one line each."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from msgspec import to_builtins

from kit.cli.figures import about, exact, percent, price
from kit.cli.watch.model import Model
from kit.cli.watch.text import printable
from kit.client.happenings import Happening
from kit.wire.frames import encode
from kit.wire.market import CandleEvent, Price
from kit.wire.orders import Order, OrderEnded, Position, TradeExecuted

Telling = Callable[[Any, Model], str]


def told(happening: Happening, model: Model) -> str:
    """The event in a sentence; ``model`` is what was known before it. An unknown event is its fields, as they came."""
    words = TELLINGS.get(happening.name, fields)
    return printable(words(happening.payload, model))


def placed(order: Order, model: Model) -> str:
    return f"{order.side} {exact(order.amount)} {order.pair}, {kind(order)}{whose(order.account, model)}"


def executed(trade: TradeExecuted, model: Model) -> str:
    what = f"{trade.side} {exact(trade.amount)} {trade.pair} at {price(trade.price)}"
    fee = f"fee {exact(trade.fee)} {trade.fee_currency}"
    return f"{what}, {fee}, {trade.status}{whose(trade.account, model)}"


def ended(end: OrderEnded, model: Model) -> str:
    """An end names its order by the id alone; what it was is known where it was heard of before."""
    known = model.known.get(end.order_id)
    what = end.order_id if known is None else f"{known.side} {exact(known.amount)} {known.pair}, {kind(known)}"
    return f"{what}: {end.reason}"


def opened(position: Position, model: Model) -> str:
    at = f"{exact(position.amount)} {position.pair} at {about(position.entry_price)}"
    return f"{at}{whose(position.account, model)}"


def closed(position: Position, model: Model) -> str:
    profit = position.realized_pnl
    came = "" if profit is None else f", profit {about(profit)} {position.pair.partition('/')[2]}"
    return f"{position.pair}{came}{whose(position.account, model)}"


def quoted(now: Price, _: Model) -> str:
    return f"{now.pair} {price(now.price)} ({percent(now.change)} in 24 h), bid {price(now.bid)}, ask {price(now.ask)}"


def candle(candle: CandleEvent, _: Model) -> str:
    prices = f"open {price(candle.open)}, high {price(candle.high)}, low {price(candle.low)}"
    return f"{candle.pair} {candle.timeframe}: {prices}, close {price(candle.close)}, volume {exact(candle.volume)}"


def fields(payload: Any, _: Model) -> str:
    """``reason drawdown, limit 0.1``: what there is, by the wire's names."""
    named = to_builtins(payload, builtin_types=(Decimal,))
    if not isinstance(named, dict):
        return written(named)
    return ", ".join(f"{name} {written(value)}" for name, value in named.items() if value is not None)


def written(value: object) -> str:
    if isinstance(value, Decimal):
        return exact(value)
    return value if isinstance(value, str) else encode(value).decode()


def kind(order: Order) -> str:
    """``limit at 60,000.00``, ``stop-market once 70,000.00 is reached``."""
    limit = f" at {price(order.price)}" if order.type != "market" and order.price is not None else ""
    stop = f" once {price(order.stop_price)} is reached" if order.stop_price is not None else ""
    return f"{order.type}{stop}{limit}"


def whose(account: str, model: Model) -> str:
    return "" if account == model.account else f" (account {account})"


TELLINGS: Final[Mapping[str, Telling]] = {
    "trade:placed": placed,
    "trade:executed": executed,
    "trade:cancelled": ended,
    "trade:rejected": ended,
    "position:opened": opened,
    "position:closed": closed,
    "market:price": quoted,
    "market:candle": candle,
}
