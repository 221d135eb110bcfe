"""A command is sent until it is answered, and then it was carried out once."""

import asyncio
from typing import Final

from msgspec import Raw, Struct

from kit.client.backoff import Backoff
from kit.client.command import Command
from kit.client.connection import Connection
from kit.client.errors import (
    ConnectionLost,
    InsufficientFunds,
    InvalidOrder,
    InvalidRequest,
    KitError,
    NoAnswer,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    RiskLimitExceeded,
)
from kit.client.link import Link

# Had an earlier try been carried out, the gateway would have answered with that instead of these.
SETTLING: Final = (InvalidRequest, NotFound, InsufficientFunds, InvalidOrder, RiskLimitExceeded)


class Patience(Struct, frozen=True):
    """How long a command is tried for in all, waits and reconnects included, and what is waited for.

    ``timeout_s`` None is for ever; ``retries_max`` bounds the retries after errors other than the rate limit.
    """

    timeout_s: float | None = 60.0
    retries_max: int = 3
    wait_on_rate_limit: bool = True


class Repeating:
    """The tries of one command."""

    def __init__(self, link: Link, command: Command, patience: Patience, backoff: Backoff) -> None:
        self._link = link
        self._command = command
        self._patience = patience
        self._delays_s = backoff.delays_s()
        self._retries_left = patience.retries_max
        self._perhaps_done = False

    async def answer(self) -> Raw:
        """The payload of the answer.

        Raises:
            OutcomeUnknown: the command changes something, was sent, and nothing says what became of it.
            KitError: the gateway refused, or there was no answer in time and nothing can have changed.
        """
        try:
            async with asyncio.timeout(self._patience.timeout_s) as limit:
                return await self._until_answered(limit.when())
        except TimeoutError as error:
            raise self._verdict(NoAnswer(self._patience.timeout_s)) from error
        except KitError as error:
            verdict = self._verdict(error)
            if verdict is error:
                raise
            raise verdict from error

    async def _until_answered(self, deadline_s: float | None) -> Raw:
        while True:
            connection = await self._link.connection()
            try:
                return await self._try_on(connection)
            except KitError as error:
                wait_s = self._wait_s(error)
                if not self._is_worth_another(error) or ends_after(deadline_s, wait_s):
                    raise
                await asyncio.sleep(wait_s)

    async def _try_on(self, connection: Connection) -> Raw:
        """Send it once, and keep account of whether it may have been carried out."""
        perhaps_done_before = self._perhaps_done
        self._perhaps_done = True
        try:
            return await connection.ask(self._command.method, self._command.params)
        except ConnectionLost:
            raise
        except KitError as error:
            if not error.outcome_is_unknown:
                self._perhaps_done = perhaps_done_before and not isinstance(error, SETTLING)
            raise

    def _is_worth_another(self, error: KitError) -> bool:
        if isinstance(error, ConnectionLost):
            return self._command.repeatable
        if isinstance(error, RateLimited):
            return self._patience.wait_on_rate_limit
        self._retries_left -= 1
        again_is_safe = self._command.repeatable if error.outcome_is_unknown else error.retryable
        return again_is_safe and self._retries_left >= 0

    def _wait_s(self, error: KitError) -> float:
        """What the gateway asks for, else a growing while; nothing after a lost connection: the link has waited."""
        if isinstance(error, ConnectionLost):
            return 0.0
        return next(self._delays_s) if error.retry_after_ms is None else error.retry_after_ms / 1000

    def _verdict(self, error: KitError) -> KitError:
        if self._command.changes and self._perhaps_done:
            return OutcomeUnknown(self._command.method, self._command.key, str(error))
        return error


def ends_after(deadline_s: float | None, wait_s: float) -> bool:
    return deadline_s is not None and asyncio.get_running_loop().time() + wait_s > deadline_s
