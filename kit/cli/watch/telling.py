"""Events in words, on one line each."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from msgspec import to_builtins

from kit.cli.commands.amend import CHANGED
from kit.cli.figures import about, exact, price
from kit.cli.language import text as _
from kit.cli.tables.market import in_24_hours
from kit.cli.watch.model import Model
from kit.cli.watch.text import printable
from kit.client.happenings import Happening
from kit.wire.frames import encode
from kit.wire.market import CandleEvent, Price
from kit.wire.orders import Order, OrderEnded, OrderReached, OrderTerms, Position, TradeExecuted

Telling = Callable[[Any, Model], str]


def told(happening: Happening, model: Model) -> str:
    """The event in a sentence; ``model`` is what was known before it. An unknown event is its fields, as they came."""
    words = TELLINGS.get(happening.name, fields)
    return printable(words(happening.payload, model))


def placed(order: Order, model: Model) -> str:
    return f"{intent(order)}{whose(order.account, model)}"


def intent(order: Order) -> str:
    return f"{_(order.side)} {exact(order.amount)} {order.pair}, {kind(order)}"


def executed(trade: TradeExecuted, model: Model) -> str:
    what = _(
        "{side} {amount} {pair} at {price}, fee {fee} {currency}",
        side=_(trade.side),
        amount=exact(trade.amount),
        pair=trade.pair,
        price=price(trade.price),
        fee=exact(trade.fee),
        currency=trade.fee_currency,
    )
    return f"{what}, {_(trade.status)}{whose(trade.account, model)}"


def ended(end: OrderEnded, model: Model) -> str:
    return f"{known(end.order_id, model)}: {_(end.reason)}"


def amended(terms: OrderTerms, model: Model) -> str:
    now = [(_(name), getattr(terms, field)) for field, name in CHANGED.items()]
    said = ", ".join(f"{name} {exact(value)}" for name, value in now if value is not None)
    order = known(terms.order_id, model)
    return _("{order}: now {terms}", order=order, terms=said) + whose(terms.account, model)


def triggered(reached: OrderReached, model: Model) -> str:
    order = known(reached.order_id, model)
    said = _("{order}: the market reached {price}", order=order, price=price(reached.market_price))
    return said + whose(reached.account, model)


def known(order_id: str, model: Model) -> str:
    """Some events name their order by the id alone; what it is is known where it was heard of before."""
    order = model.known.get(order_id)
    return order_id if order is None else intent(order)


def opened(position: Position, model: Model) -> str:
    entry = about(position.entry_price)
    at = _("{amount} {pair} at {price}", amount=exact(position.amount), pair=position.pair, price=entry)
    return f"{at}{whose(position.account, model)}"


def closed(position: Position, model: Model) -> str:
    profit = position.realized_pnl
    quote = position.pair.partition("/")[2]
    came = "" if profit is None else f", {_('profit {profit} {quote}', profit=about(profit), quote=quote)}"
    return f"{position.pair}{came}{whose(position.account, model)}"


def quoted(now: Price, model: Model) -> str:
    sides = _("bid {bid}, ask {ask}", bid=price(now.bid), ask=price(now.ask))
    return f"{now.pair} {in_24_hours(now.price, now.change)}, {sides}"


def candle(candle: CandleEvent, model: Model) -> str:
    prices = _(
        "open {open}, high {high}, low {low}, close {close}, volume {volume}",
        open=price(candle.open),
        high=price(candle.high),
        low=price(candle.low),
        close=price(candle.close),
        volume=exact(candle.volume),
    )
    return f"{candle.pair} {candle.timeframe}: {prices}"


def fields(payload: Any, model: Model) -> str:
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
    words = [_(order.type)]
    if order.stop_price is not None:
        words.append(_("once {stop} is reached", stop=price(order.stop_price)))
    if order.type != "market" and order.price is not None:
        words.append(_("at {price}", price=price(order.price)))
    return " ".join(words)


def whose(account: str, model: Model) -> str:
    return "" if account == model.account else _(" (account {account})", account=account)


TELLINGS: Final[Mapping[str, Telling]] = {
    "trade:placed": placed,
    "trade:executed": executed,
    "trade:cancelled": ended,
    "trade:rejected": ended,
    "trade:amended": amended,
    "trade:triggered": triggered,
    "position:opened": opened,
    "position:closed": closed,
    "market:price": quoted,
    "market:candle": candle,
}
