"""How the model changes: with every answer, every event, and every connection made or lost."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, Final

from msgspec.structs import replace

from domain.money import EXACT, ZERO
from kit.cli.watch.model import Connection, Model, News, Quote
from kit.cli.watch.telling import told
from kit.client.happenings import Happening
from kit.wire.market import Price
from kit.wire.orders import FillPage, Order, OrderPage
from kit.wire.portfolio import Snapshot
from kit.wire.risk import RiskNotice, RiskStatus
from kit.wire.system import Health, Hello

PRICES_SEEN_MAX: Final = 240  # Twice as many as the widest sparkline shows.
NEWS_MAX: Final = 500  # What a person scrolls back through.
KNOWN_MAX: Final = 1_000  # As many as one account may have open.


def with_connection(model: Model, hello: Hello | None, at: datetime) -> Model:
    """A connection was made, with this hello, or lost, where that is None."""
    connected = replace(model, connection=Connection(hello is not None, at))
    if hello is None:
        return connected
    return with_answer(replace(connected, version=hello.version), hello.snapshot.health)


def with_answer(model: Model, answer: Price | Snapshot | OrderPage | FillPage | RiskStatus | Health) -> Model:
    match answer:
        case Price():
            return with_price(model, answer)
        case Snapshot():
            return replace(model, portfolio=answer, seq=later(model.seq, answer.state_version))
        case OrderPage():
            return replace(model, orders=tuple(answer.orders), known=with_known(model, answer.orders))
        case FillPage():
            return replace(model, fills=tuple(answer.fills))
        case RiskStatus():
            return replace(model, halted={one.exchange: one.reason or "" for one in answer.exchanges if one.halted})
        case Health():
            return replace(model, health=answer, seq=later(model.seq, answer.log.position if answer.log else None))


def with_trouble(model: Model, question: str, why: str | None) -> Model:
    """``question`` failed because of ``why``, or was answered, where that is None."""
    if model.troubles.get(question) == why:
        return model
    others = {name: trouble for name, trouble in model.troubles.items() if name != question}
    return replace(model, troubles=others if why is None else {**others, question: why})


def with_event(model: Model, happening: Happening, received: datetime) -> Model:
    """The model after an event; one that this version does not know is news like any other."""
    if happening.name == "market:price":
        return with_price(model, happening.payload)
    if happening.name.startswith("market:"):
        return model
    news = News(moment_of(happening.payload, received), happening.name, told(happening, model))
    heard = replace(model, news=(*model.news, news)[-NEWS_MAX:], seq=later(model.seq, happening.seq))
    return with_state(heard, happening.name, happening.payload)


def with_price(model: Model, price: Price) -> Model:
    before = model.quotes.get(price.pair)
    if before is None:
        quote = Quote(price, (price.price,), ZERO)
    elif price.timestamp < before.now.timestamp:
        return model  # An answer that an event overtook.
    else:
        rise = EXACT.subtract(price.price, before.now.price) or before.rise
        quote = Quote(price, (*before.seen, price.price)[-PRICES_SEEN_MAX:], rise)
    return replace(model, quotes={**model.quotes, price.pair: quote})


def with_state(model: Model, name: str, payload: Any) -> Model:
    """What an event says of a state that is shown until the gateway is asked again."""
    match name:
        case "trade:placed":
            return replace(model, known=with_known(model, [payload]))
        case "risk:halted" if is_of(payload, model):
            return replace(model, halted={**model.halted, halted_on(payload): str(stated(payload, "reason") or name)})
        case "risk:resumed" if is_of(payload, model):
            return replace(model, halted=without(model.halted, halted_on(payload)))
        case "exchange:connected" | "exchange:disconnected" if model.health is not None:
            return replace(model, health=with_exchange(model.health, name == "exchange:connected", payload))
        case _:
            return model


def is_of(notice: RiskNotice, model: Model) -> bool:
    """Whether it is about the account that is watched."""
    return stated(notice, "account") in (None, model.account)


def with_known(model: Model, orders: Iterable[Order]) -> Mapping[str, Order]:
    known = {**model.known, **{order.order_id: order for order in orders}}
    return dict(islice(known.items(), max(0, len(known) - KNOWN_MAX), None))


def without(halted: Mapping[str, str], resumed: str) -> Mapping[str, str]:
    """The halts that go on; where all is resumed, none does."""
    return {name: reason for name, reason in halted.items() if resumed and name != resumed}


def halted_on(payload: Any) -> str:
    """The exchange that a halt is on; empty where it is on all of them."""
    return str(stated(payload, "exchange") or "")


def stated(payload: Any, field: str) -> Any:
    """A field of a payload, whether this version has a document for it or not; None where it has not got it."""
    return payload.get(field) if isinstance(payload, Mapping) else getattr(payload, field, None)


def with_exchange(health: Health, connected: bool, payload: Any) -> Health:
    name = stated(payload, "exchange")
    if name not in health.exchanges:
        return health
    exchange = replace(health.exchanges[name], connected=connected, latency=stated(payload, "latency"))
    return replace(health, exchanges={**health.exchanges, name: exchange})


def later(one: int | None, other: int | None) -> int | None:
    return max((seq for seq in (one, other) if seq is not None), default=None)


def moment_of(payload: Any, received: datetime) -> datetime:
    """When it happened, where the payload says it, else when it came."""
    moment = stated(payload, "timestamp")
    return moment if isinstance(moment, datetime) else received
