"""What the groups of methods are built on."""

from abc import ABC, abstractmethod
from typing import Any, TypeVar

from msgspec import Raw

from kit.client.answers import answer_type, read_answer, read_untyped
from kit.client.command import Command, command_for

T = TypeVar("T")


class Asking(ABC):
    """Anything that can carry a command to the gateway and its answer back."""

    @abstractmethod
    async def perform(self, command: Command) -> Raw:
        """Send the command until it is answered; return the payload as it came.

        Raises:
            OutcomeUnknown: it changes something, was sent, and no answer came in time.
            KitError: it was refused, or the gateway could not be reached.
        """

    async def ask(self, kind: type[T], method: str, /, **params: object) -> T:
        """Call ``method`` and read its answer as ``kind``; params in Python's names, None left out."""
        return read_answer(await self.perform(command_for(method, params)), kind)

    async def call(self, method: str, /, **params: object) -> Any:
        """Call any method: typed where this client knows the answer, else plain values with exact decimals.

        A method that this client does not know is sent once; with an ``idempotency_key``, as often as the others.
        """
        command = command_for(method, params)
        payload = await self.perform(command)
        kind = answer_type(method, command.named)
        return read_untyped(payload) if kind is None else read_answer(payload, kind)
