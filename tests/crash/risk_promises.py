"""Halts and limits that clients were told of: they stand, and nothing is bought against them."""

from collections.abc import Iterator
from typing import Any

from domain.account import Halt
from domain.events import Event
from domain.events.amendments import AmendmentRequested
from domain.events.orders import OrderPlaced
from domain.events.risk import RiskLimitsSet, TradingHalted, TradingResumed
from domain.evolve import locked_by
from kit.trading.rested import resting
from tests.crash.evidence import Evidence, Step
from tests.crash.notebook import Answer, Command, Notebook
from tests.crash.refusals import check_refusal


def check_halt(command: Command, answer: Answer, written: list[Event]) -> Iterator[str]:
    if answer.payload is None:
        yield from check_refusal(answer, written)
        return
    names = ("reason", "reduceOnly", "cancelOrders")
    asked = [] if answer.payload.get("unchanged") else [tuple(command.params[name] for name in names)]
    halts = [(e.reason, e.reduce_only, e.cancel_orders) for e in written if isinstance(e, TradingHalted)]
    if halts != asked:
        yield f"acknowledged, and the log has the halts {halts}"


def check_resume(command: Command, answer: Answer, written: list[Event]) -> Iterator[str]:
    """A day that is over may have ended the halt before; a loss may halt again at once."""
    if answer.payload is None:
        yield from check_refusal(answer, written)
    elif not answer.payload.get("unchanged") and not any(isinstance(event, TradingResumed) for event in written):
        yield f"acknowledged, and the log has {written}"


def check_limits(command: Command, answer: Answer, written: list[Event]) -> Iterator[str]:
    if answer.payload is None:
        yield from check_refusal(answer, written)
        return
    sets = [{limit.name: limit.value for limit in e.limits} for e in written if isinstance(e, RiskLimitsSet)]
    asked = {name: text_of(value) for name, value in command.params["limits"].items()}
    if len(sets) != 1 or any(sets[0].get(name) != value for name, value in asked.items()):
        yield f"asked for {asked}, the log has {sets}"


def text_of(value: Any) -> str | None:
    """A limit as the log has it; None for one that is taken away."""
    if isinstance(value, list):
        return ",".join(value) or None
    return None if value is None else str(value)


def entries_while_halted(notebook: Notebook, log: Evidence) -> Iterator[str]:
    """Orders and larger amounts against the halt, or the blocked pair, that the log had before them."""
    closing = {key for key, command in notebook.commands.items() if command.method == "position.close"}
    for step in log.steps:
        event = step.entry.event
        if isinstance(event, OrderPlaced) and event.exit_of is None and step.entry.stamp.key not in closing:
            yield from forbidden(step, event.side, event.pair)
        elif isinstance(event, AmendmentRequested) and locked_by(event.postings) > 0:
            order = step.before.order(event.order_id)
            if order.exit_of is None:
                yield from forbidden(step, order.side, order.pair)


def unswept(log: Evidence) -> Iterator[str]:
    """What still rests where a halt cancels; it has no time limit, so this is to be asked of a gateway at rest."""
    for account in log.accounts.values():
        if account.halt is not None and account.halt.cancels_before:
            left = [order.order_id for order in resting(account, account.halt.cancels_before)]
            yield from (f"order {order_id} outlived {account.halt}" for order_id in left)


def forbidden(step: Step, side: str, pair: str) -> Iterator[str]:
    halt, blocked = step.before.halt, step.before.limits.get("blockedPairs", "").split(",")
    if halt is not None and stops(halt, side):
        yield f"{step.entry.event} was written while {halt} stood"
    if side == "buy" and pair in blocked:
        yield f"{step.entry.event} was written while {blocked} were blocked"


def stops(halt: Halt, side: str) -> bool:
    return side == "buy" or not halt.reduce_only
