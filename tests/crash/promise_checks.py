"""What clients were told, held against the log; each check yields a sentence for what is wrong."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from domain.events import Event
from domain.events.fills import FillRecorded, OrderFilled
from domain.events.funds import FundsDeposited, FundsWithdrawn
from domain.events.linking import OrderLinked
from domain.events.orders import OrderPlaced
from tests.crash.amendment_promises import check_amendment, lost_amendments
from tests.crash.evidence import Evidence
from tests.crash.log_checks import gaps
from tests.crash.notebook import Answer, Command, Notebook, Repeat
from tests.crash.refusals import check_refusal
from tests.crash.risk_promises import check_halt, check_limits, check_resume, entries_while_halted


def promise_problems(notebook: Notebook, log: Evidence) -> Iterator[str]:
    """Everything that a client was told and the log does not have, or has otherwise."""
    written = events_by_key(log)
    statuses = log.statuses
    for key, answer in notebook.answers.items():
        command = notebook.commands[key]
        for problem in CHECKS[command.method](command, answer, written[key]):
            yield f"{command.method} {key}: {problem}"
        for order_id in cancelled_in(command, answer):
            status = statuses.get(order_id)
            if status != "cancelled":
                yield f"{command.method} {key}: order {order_id} is said to be cancelled, it is {status}"
    yield from lost_trades(notebook, log)
    if not any(gaps(log)):  # Nothing can be replayed over a gap.
        yield from entries_while_halted(notebook, log)
    yield from lost_amendments(notebook, log)
    for repeat in notebook.repeats:
        yield from changed_answers(notebook.answers[repeat.command.key], repeat)


def events_by_key(log: Evidence) -> Mapping[str, list[Event]]:
    written: dict[str, list[Event]] = defaultdict(list)
    for entry in log.entries:
        if entry.stamp.key is not None:
            written[entry.stamp.key].append(entry.event)
    return written


def check_order(command: Command, answer: Answer, written: list[Event]) -> Iterator[str]:
    if answer.payload is None:
        yield from check_refusal(answer, written)
        return
    placed = [event for event in written if isinstance(event, OrderPlaced)]
    if len(placed) != 1:
        yield f"acknowledged, and {len(placed)} times in the log"
        return
    asked = command.params["pair"], command.params.get("action", "sell"), command.key
    if (placed[0].pair, placed[0].side, placed[0].client_order_id) != asked:
        yield f"asked for {asked}, the log has {placed[0]}"
    if placed[0].order_id != answer.payload["orderId"]:
        yield f"acknowledged as order {answer.payload['orderId']}, the log has {placed[0].order_id}"


def check_money(command: Command, answer: Answer, written: list[Event]) -> Iterator[str]:
    if answer.payload is None:
        yield from check_refusal(answer, written)
        return
    moved = [(event.asset, event.amount) for event in written if isinstance(event, FundsDeposited | FundsWithdrawn)]
    if moved != [(command.params["asset"], Decimal(command.params["amount"]))]:
        yield f"acknowledged, and the log has {moved}"


def check_fill(command: Command, answer: Answer, written: list[Event]) -> Iterator[str]:
    """That the trade is there is checked for all together: another key may have booked it."""
    if answer.payload is None:
        yield from check_refusal(answer, written)
    elif any(
        isinstance(event, FillRecorded | OrderFilled) and event.trade_id != command.params["tradeId"]
        for event in written
    ):
        yield f"asked for trade {command.params['tradeId']}, the log has {written}"


def check_pair(command: Command, answer: Answer, written: list[Event]) -> Iterator[str]:
    """Both orders are there, once, each linked to the other."""
    if answer.payload is None:
        yield from check_refusal(answer, written)
        return
    told = [order["orderId"] for order in answer.payload["orders"]]
    placed = [event.order_id for event in written if isinstance(event, OrderPlaced)]
    linked = [(event.order_id, event.other_id) for event in written if isinstance(event, OrderLinked)]
    if placed != told or linked != [(told[0], told[1]), (told[1], told[0])]:
        yield f"acknowledged as orders {told}, the log has {placed} linked as {linked}"


def check_cancel(command: Command, answer: Answer, written: list[Event]) -> Iterator[str]:
    """What it did is in the order's status, which the live answers are compared with."""
    if answer.payload is None and written:
        yield f"refused with {answer.error}, and the log has {written}"


def cancelled_in(command: Command, answer: Answer) -> list[str]:
    """The orders that a client was told are cancelled."""
    payload = answer.payload or {}
    if command.method in ("order.cancelAll", "risk.halt"):
        return list(payload.get("cancelled", ()))
    return [payload["orderId"]] if command.method == "order.cancel" and payload.get("status") == "cancelled" else []


CHECKS = {
    "trade.execute": check_order,
    "position.close": check_order,
    "order.oco": check_pair,
    "order.amend": check_amendment,
    "order.cancel": check_cancel,
    "order.cancelAll": check_cancel,
    "account.deposit": check_money,
    "account.withdraw": check_money,
    "fill.record": check_fill,
    "risk.limits": check_limits,
    "risk.halt": check_halt,
    "risk.resume": check_resume,
}


def lost_trades(notebook: Notebook, log: Evidence) -> Iterator[str]:
    """Acknowledged executions that are not in the log exactly once."""
    booked = Counter(e.event.trade_id for e in log.entries if isinstance(e.event, FillRecorded | OrderFilled))
    for command, _ in notebook.acknowledged("fill.record"):
        trade = command.params["tradeId"]
        if booked[trade] != 1:
            yield f"trade {trade} is acknowledged, and {booked[trade]} times in the log"


CANCELS = ("order.cancel", "order.cancelAll")  # What is cancelled already can be cancelled again.


def changed_answers(first: Answer, repeat: Repeat) -> Iterator[str]:
    """A repeated command is answered as the first time, and says that it is a copy."""
    again, command = repeat.answer, repeat.command
    if first.payload is None or again.payload is None:
        if first != again:
            yield f"{command.method} {command.key} was answered {first}, and then {again}"
        return
    if command.method not in CANCELS and again.payload.get("duplicate") is not True:
        yield f"{command.method} {command.key} was done again: {again.payload}"
    if identity(first.payload) != identity(again.payload):
        yield f"{command.method} {command.key} was answered {first.payload}, and then {again.payload}"


def identity(payload: dict[str, Any]) -> tuple[object, ...]:
    """What of an answer can never change: the orders or the trade it is about, or the asset."""
    pair = [order["orderId"] for order in payload.get("orders", ())]
    return *(payload.get(name) for name in ("orderId", "fill", "symbol", "pair", "side")), pair
