"""A started journal over a log, and what it told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kit.log.log import Log
from kit.trading.bookkeeper import Bookkeeper
from kit.trading.journal import Journal
from kit.trading.tasks import Committed, Task
from tests.kit.trading.asked import ticking


class Told:
    """Everything that a journal said, in the order it said it."""

    def __init__(self) -> None:
        self.fatal: list[Exception] = []
        self.commits: list[Committed] = []
        self.batches: list[int] = []

    def committed(self, *, commands: int, events: int, seconds: float) -> None:
        self.batches.append(commands)

    @property
    def seqs(self) -> list[int]:
        return [recorded.seq for committed in self.commits for recorded in committed.recorded]


@asynccontextmanager
async def journalling(log: Log, *tasks: Task) -> AsyncIterator[tuple[Journal, Told]]:
    """A journal that has committed ``tasks`` and is told of from then on."""
    told = Told()
    journal = Journal(Bookkeeper(log, ticking()), told.fatal.append, told)
    journal.start(log.head())
    for task in tasks:
        await journal.submit(task)
    journal.followers.append(told.commits.append)
    told.batches.clear()
    try:
        yield journal, told
    finally:
        await journal.close()
