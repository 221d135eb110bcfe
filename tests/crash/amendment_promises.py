"""Amendments that clients were told of: an order stands as it was acknowledged."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from domain.events import Event
from domain.events.amendments import AmendmentRejected, AmendmentRequested, OrderAmended
from domain.events.exits import ExitArmed
from domain.events.fills import OrderFilled
from domain.events.orders import OrderCancelled
from tests.crash.evidence import Evidence
from tests.crash.notebook import Answer, Command, Notebook
from tests.crash.refusals import check_refusal

FIELDS: Final = {
    "amount": "amount",
    "price": "price",
    "stopLoss": "stop_loss",
    "takeProfit": "take_profit",
    "trailingStop": "trailing_stop",
}
Terms = AmendmentRequested | OrderAmended


def check_amendment(command: Command, answer: Answer, written: list[Event]) -> Iterator[str]:
    """What is written under its key is what was asked for; nothing, where the order was so before."""
    if answer.payload is None:
        yield from check_refusal(answer, written)
        return
    asked = {FIELDS[name]: Decimal(value) for name, value in command.params.items() if name in FIELDS}
    for event in written:
        if isinstance(event, Terms | ExitArmed):
            named = {name: getattr(event, name) for name in asked}
            if named != asked:
                yield f"asked for {asked}, the log has {event}"


def lost_amendments(notebook: Notebook, log: Evidence) -> Iterator[str]:
    """Acknowledged amendments that an exchange had to agree to, and that were not made of an order that went on."""
    requested: dict[str, str] = {}
    came_to = dict[str, Event]()
    for entry in log.entries:
        match entry.event:
            case AmendmentRequested() as event if entry.stamp.key is not None:
                requested[event.order_id] = entry.stamp.key
            case OrderAmended() | AmendmentRejected() | OrderCancelled() as event if event.order_id in requested:
                came_to[requested.pop(event.order_id)] = event
            case OrderFilled() as event if event.final and event.order_id in requested:
                came_to[requested.pop(event.order_id)] = event
    yield from broken_amendments(notebook, came_to, {key: order_id for order_id, key in requested.items()})


def broken_amendments(notebook: Notebook, came_to: Mapping[str, Event], waiting: Mapping[str, str]) -> Iterator[str]:
    for command, payload in notebook.acknowledged("order.amend"):
        if payload.get("duplicate"):
            continue  # It was told how the order stood, whatever had become of the first attempt.
        event = came_to.get(command.key)
        if command.key in waiting or isinstance(event, AmendmentRejected):
            yield f"order.amend {command.key} is acknowledged, the log has {event} of {command.params}"
        elif isinstance(event, OrderAmended) and event.amount != Decimal(str(payload["amount"])):
            yield f"order.amend {command.key} was answered {payload}, the log has {event}"
