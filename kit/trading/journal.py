"""Group commit: one thread takes whatever has queued up, commits it at once, and the event loop answers."""

import asyncio
from collections import deque
from collections.abc import Callable
from threading import Condition, Thread
from time import perf_counter
from typing import Final, NamedTuple, Protocol

import structlog

from kit.log.errors import LogError, LogUnavailable
from kit.trading.bookkeeper import Bookkeeper, Result
from kit.trading.errors import LedgerOutcomeUnknown, LedgerStopping, LedgerUnavailable
from kit.trading.tasks import Committed, Outcome, Task

log = structlog.get_logger(__name__)

QUEUE_MAX: Final = 10_000  # Waiting commands: a few seconds of work, and some 10 MB.
BATCH_MAX: Final = 500  # More gain little, and make the first one wait.

Follower = Callable[[Committed], None]


class Observer(Protocol):
    """Told of every commit, for the metrics."""

    def committed(self, *, commands: int, events: int, seconds: float) -> None: ...


class Waiting(NamedTuple):
    task: Task
    answer: "asyncio.Future[Outcome]"


class Journal:
    """Takes tasks on the event loop and has them committed by a thread of its own.

    ``followers`` are called on the loop for every commit, in log order, before its commands are answered; they must
    be quick and must not raise. ``on_fatal`` is called once when it cannot be known what is in the log.
    """

    def __init__(self, bookkeeper: Bookkeeper, on_fatal: Callable[[Exception], None], observer: Observer) -> None:
        self.followers: list[Follower] = []
        self.committed_seq = 0
        self.problem: str | None = None
        self._bookkeeper = bookkeeper
        self._on_fatal = on_fatal
        self._observer = observer
        self._queue: deque[Waiting] = deque()
        self._changed = Condition()
        self._slots = asyncio.Semaphore(QUEUE_MAX)
        self._closing = False
        self._fatal: Exception | None = None
        self._thread = Thread(target=self._run, name="journal", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, head: int) -> None:
        """Begin to take tasks, on top of a log that ends at ``head``."""
        self.committed_seq = head
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    @property
    def depth(self) -> int:
        """How many tasks wait to be taken."""
        return len(self._queue)

    async def submit(self, task: Task) -> Outcome:
        """Decide and commit ``task``; waits for a place in the queue when it is full.

        The task is committed even where the caller stops waiting.

        Raises:
            LedgerError: refused; nothing was written.
            KeyReused: its key was used for something else.
            LedgerUnavailable, LedgerStopping: nothing was written; the latter also before ``start``.
            LedgerOutcomeUnknown: it may have been written; the process is about to stop.
        """
        async with self._slots:
            answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
            with self._changed:
                if self._fatal is not None:
                    raise LedgerOutcomeUnknown
                if self._closing or self._loop is None:
                    raise LedgerStopping
                self._queue.append(Waiting(task, answer))
                self._changed.notify()
            return await answer

    async def close(self) -> None:
        """Take nothing new, finish what was taken, and end the thread."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread.is_alive():
            await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        while batch := self._next_batch():
            started = perf_counter()
            try:
                results, committed = self._bookkeeper.process([waiting.task for waiting in batch])
            except LogUnavailable as error:
                self._post(self._fail, batch, error)
            except Exception as error:  # Whatever else a commit can raise, nobody knows what is in the log now.
                log.critical("the journal stops", error=str(error), exc_info=not isinstance(error, LogError))
                self._post(self._stop, batch, error)
                return
            else:
                seconds = perf_counter() - started
                self._post(self._settle, batch, results, committed, seconds)
                self._bookkeeper.states.save_snapshots(committed.accounts)

    def _next_batch(self) -> list[Waiting]:
        with self._changed:
            while not self._queue and not self._closing:
                self._changed.wait()
            return [self._queue.popleft() for _ in range(min(len(self._queue), BATCH_MAX))]

    def _post(self, function: Callable[..., None], *args: object) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(function, *args)

    def _settle(self, batch: list[Waiting], results: list[Result], committed: Committed, seconds: float) -> None:
        self._write_works()
        if committed.recorded:
            self.committed_seq = committed.recorded[-1].seq
            self._observer.committed(commands=len(batch), events=len(committed.recorded), seconds=seconds)
            try:
                for follower in self.followers:
                    follower(committed)
            except Exception as error:  # What runs here would go on without what the log has: only a new start helps.
                log.critical("a follower of the log failed", seq=self.committed_seq, exc_info=error)
                self._stop(batch, error)
                return
        for waiting, result in zip(batch, results, strict=True):
            answer(waiting, result)

    def _write_works(self) -> None:
        if self.problem is not None:
            log.info("the ledger can be written again")
        self.problem = None

    def _fail(self, batch: list[Waiting], error: LogUnavailable) -> None:
        if self.problem is None:
            log.warning("the ledger cannot be written", error=str(error))
        self.problem = str(error)
        for waiting in batch:
            answer(waiting, LedgerUnavailable(str(error)))

    def _stop(self, batch: list[Waiting], error: Exception) -> None:
        with self._changed:
            self._fatal = error
            batch = [*batch, *self._queue]
            self._queue.clear()
        for waiting in batch:
            answer(waiting, LedgerOutcomeUnknown())
        self._on_fatal(error)


def answer(waiting: Waiting, result: Result) -> None:
    if waiting.answer.done():
        return
    if isinstance(result, Outcome):
        waiting.answer.set_result(result)
    else:
        waiting.answer.set_exception(result)
