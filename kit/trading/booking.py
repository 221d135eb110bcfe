"""What an exchange said, into the ledger: it has happened, and so it is booked whatever else goes wrong."""

import asyncio

import structlog

from domain.commands import ReportOrder, ReportOrders
from kit.trading.background import Background
from kit.trading.errors import KeyReused, LedgerOutcomeUnknown, LedgerUnavailable
from kit.trading.journal import Journal
from kit.trading.tasks import Ask, Outcome, Task, system
from kit.trading.waits import waits_s

log = structlog.get_logger(__name__)

Reports = ReportOrder | ReportOrders


class Booking:
    """Commits reports; what cannot be committed now is, in the background, once the ledger can be written."""

    def __init__(self, journal: Journal, background: Background) -> None:
        self._journal = journal
        self._background = background

    async def book(self, stream: str, command: Reports, exchange: str) -> Outcome:
        """Commit what ``exchange`` said, however long the log cannot be written."""
        task = Task(stream=stream, work=command, caller=system(f"exchange:{exchange}"))
        waits = waits_s()
        while True:
            try:
                return await self._journal.submit(task)
            except LedgerUnavailable as error:
                log.warning("a report waits for the ledger", exchange=exchange, account=stream, error=str(error))
                await asyncio.sleep(next(waits))

    async def book_for(self, stream: str, command: Reports, exchange: str, ask: Ask) -> Outcome:
        """Commit it under a client's key, whatever the key says.

        Raises:
            KeyReused: the key was used for something else; the report is booked all the same.
            LedgerOutcomeUnknown: it is booked as soon as the ledger can be written.
        """
        task = Task(stream=stream, work=command, caller=ask.caller, key=ask.key, digest=ask.digest)
        try:
            outcome = await self._journal.submit(task)
        except KeyReused:
            await self.book(stream, command, exchange)
            raise
        except LedgerUnavailable:
            # The exchange has acted, and it will be booked; when, nobody can tell the client now.
            self._background.start(self.book(stream, command, exchange))
            raise LedgerOutcomeUnknown from None
        if outcome.duplicate:
            await self.book(stream, command, exchange)
        return outcome
