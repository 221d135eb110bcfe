"""Tasks in plain numbers, and a clock that moves a second each time it is read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, Final

from domain.commands import Command, OpenAccount, RecordFill
from domain.events import Event
from kit.log.log import Log
from kit.trading.bookkeeper import Bookkeeper, Result
from kit.trading.tasks import Ask, Caller, Outcome, Task
from tests.domain.books import NOON, fill

MAIN: Final = "account:main:paper"
ALICE: Final = Caller("kit-1770638400-alice0000", "full", "req-1")


def ticking() -> Callable[[], datetime]:
    seconds = count()
    return lambda: NOON + timedelta(seconds=next(seconds))


def task(work: Command | Event, key: str | None = None, digest: str = "d-1", stream: str = MAIN) -> Task:
    return Task(stream=stream, work=work, caller=ALICE, key=key, digest=digest if key else None)


def ask(key: str, digest: str = "d-1") -> Ask:
    return Ask(ALICE, key, digest)


def opening(account: str = "main", exchange: str = "paper", **funds: str) -> Task:
    """Open an account with ``funds`` by asset; 10,000 USDT where none are given."""
    given = funds or {"USDT": "10000"}
    command = OpenAccount(
        account=account,
        exchange=exchange,
        paper=True,
        funds=tuple((asset, Decimal(amount)) for asset, amount in given.items()),
    )
    return task(command, stream=f"account:{account}:{exchange}")


def bought_elsewhere(trade_id: str, amount: str = "0.01", price: str = "67250", **changes: Any) -> RecordFill:
    return RecordFill(execution=fill("buy", amount, price, trade_id=trade_id), **changes)


def bookkeeper(ledger: Log, *tasks: Task) -> Bookkeeper:
    """A bookkeeper with an open account, after ``tasks``."""
    made = Bookkeeper(ledger, ticking())
    made.process([opening(), *tasks])
    return made


def done(result: Result) -> Outcome:
    assert isinstance(result, Outcome), result
    return result


def events_of(result: Result) -> list[str]:
    return [type(recorded.entry.event).__name__ for recorded in done(result).recorded]


def seqs_of(result: Result) -> list[int]:
    return [recorded.seq for recorded in done(result).recorded]
