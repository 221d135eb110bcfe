"""What clients are told of each line of the log: the same frames live and when they resume."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from domain.events import Entry, Recorded
from domain.events.amendments import OrderAmended
from domain.events.exchange import ExchangeConnected, ExchangeDisconnected
from domain.events.fills import FillRecorded, OrderFilled
from domain.events.linking import OrderLinked
from domain.events.orders import OrderAccepted, OrderCancelled, OrderRejected, OrderTriggered
from domain.events.risk import TradingHalted, TradingResumed
from domain.streams import owner_of
from kit.gateway.present.orders import (
    accepted_document,
    executed_document,
    position_document,
    reached_document,
    terms_document,
)
from kit.wire.document import Document
from kit.wire.orders import OrderEnded
from kit.wire.risk import RiskNotice
from kit.wire.system import ExchangeConnection

PlacedEntry = Callable[[str, int], Entry]


class Announcement(NamedTuple):
    """An event frame to be: its name, its payload, and the log position behind it."""

    event: str
    payload: Document
    seq: int


def announcements(recorded: Recorded, placed: PlacedEntry) -> Iterator[Announcement]:
    """What ``recorded`` is announced as; nothing for most events. ``placed`` reads the entry (stream, version)."""
    event, seq = recorded.entry.event, recorded.seq
    match event:
        case OrderAccepted():
            order = accepted_document(placed(recorded.entry.stream, event.placed_version), seq)
            yield Announcement("trade:placed", order, seq)
        case OrderLinked(held=True, placed_version=version):
            order = accepted_document(placed(recorded.entry.stream, version), seq, event.other_id)
            yield Announcement("trade:placed", order, seq)
        case OrderFilled() | FillRecorded():
            yield Announcement("trade:executed", executed_document(recorded), seq)
            yield from _position(recorded, event)
        case OrderAmended():
            yield Announcement("trade:amended", terms_document(recorded), seq)
        case OrderTriggered():
            yield Announcement("trade:triggered", reached_document(recorded), seq)
        case OrderCancelled(order_id=order_id, reason=reason):
            yield Announcement("trade:cancelled", OrderEnded(order_id=order_id, reason=reason), seq)
        case OrderRejected(order_id=order_id, reason=reason):
            yield Announcement("trade:rejected", OrderEnded(order_id=order_id, reason=reason), seq)
        case _:
            yield from _around(recorded)


def _position(recorded: Recorded, event: OrderFilled | FillRecorded) -> Iterator[Announcement]:
    after = event.position
    if after is not None and (after.opened or after.closed):
        name = "position:opened" if after.opened else "position:closed"
        yield Announcement(name, position_document(recorded, after), recorded.seq)


def _around(recorded: Recorded) -> Iterator[Announcement]:
    """Exchanges and risk."""
    event, seq = recorded.entry.event, recorded.seq
    match event:
        case ExchangeConnected(exchange=exchange, latency_ms=latency):
            yield Announcement("exchange:connected", ExchangeConnection(exchange=exchange, latency=latency), seq)
        case ExchangeDisconnected(exchange=exchange, reason=reason):
            yield Announcement("exchange:disconnected", ExchangeConnection(exchange=exchange, reason=reason), seq)
        case TradingHalted():
            yield Announcement("risk:halted", halt_notice(recorded, event), seq)
        case TradingResumed(reason=reason):
            account, exchange = owner_of(recorded.entry.stream)
            yield Announcement("risk:resumed", RiskNotice(reason=reason, account=account, exchange=exchange), seq)


def halt_notice(recorded: Recorded, event: TradingHalted) -> RiskNotice:
    account, exchange = owner_of(recorded.entry.stream)
    return RiskNotice(
        reason=event.reason, account=account, exchange=exchange, reduce_only=event.reduce_only, check=event.check
    )
