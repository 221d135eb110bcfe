"""What the clients sent and what they were told, written down before they act on it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from kit.wire.frames import ErrorBody, Response

# What a client can take for a final word. Everything else means: ask again with the same key.
REMEMBERED_CODES: Final = frozenset({"INSUFFICIENT_FUNDS", "RISK_LIMIT_EXCEEDED"})
FINAL_CODES: Final = REMEMBERED_CODES | {"INVALID_REQUEST", "NOT_FOUND", "INVALID_ORDER"}


class Command(Struct, frozen=True):
    """A request that changes something, with its key among its ``params``."""

    key: str
    method: str
    params: dict[str, Any]


class Answer(Struct, frozen=True):
    """The final word on a command: its payload, or why it was refused."""

    payload: dict[str, Any] | None
    error: ErrorBody | None

    @property
    def is_remembered(self) -> bool:
        """Whether the log must have something of it."""
        return self.error is None or self.error.code in REMEMBERED_CODES


class Repeat(Struct, frozen=True):
    """A command that had its answer already, and what it was answered then."""

    command: Command
    answer: Answer


class Notebook:
    """Commands by key in the order of their sending; a copy on disk says what was sent, whatever happens to us."""

    def __init__(self, file: Path) -> None:
        self.commands: dict[str, Command] = {}
        self.answers: dict[str, Answer] = {}
        self.repeats: list[Repeat] = []
        self._file = file

    def save(self, command: Command) -> None:
        """Write ``command`` down; only then may it be sent."""
        self.commands[command.key] = command
        self._write(command)

    def note(self, command: Command, response: Response) -> None:
        """Write down what ``command`` was answered, if that is final."""
        answer = final_answer(response)
        if answer is None:
            return
        self._write([command.key, answer])
        if command.key in self.answers:
            self.repeats.append(Repeat(command, answer))
        else:
            self.answers[command.key] = answer

    @property
    def unanswered(self) -> list[Command]:
        return [command for key, command in self.commands.items() if key not in self.answers]

    @property
    def repeatable(self) -> list[Command]:
        """What was answered, and must be answered the same again."""
        return [self.commands[key] for key, answer in self.answers.items() if is_repeatable(self.commands[key], answer)]

    def acknowledged(self, *methods: str) -> Iterable[tuple[Command, dict[str, Any]]]:
        """The commands of ``methods`` that were answered ok, with their payloads."""
        for key, answer in self.answers.items():
            command = self.commands[key]
            if answer.payload is not None and command.method in methods:
                yield command, answer.payload

    def _write(self, line: object) -> None:
        with self._file.open("ab") as file:
            file.write(msgspec.json.encode(line) + b"\n")


def is_repeatable(command: Command, answer: Answer) -> bool:
    """What broke a rule is forgotten and judged anew, by the price there is then; so is a cancel that found nothing."""
    if command.method == "order.cancel":
        return (answer.payload or {}).get("status") == "cancelled"
    return answer.is_remembered


def final_answer(response: Response) -> Answer | None:
    if response.ok:
        assert isinstance(response.payload, msgspec.Raw)
        return Answer(msgspec.json.decode(response.payload), None)
    error = response.error
    assert isinstance(error, ErrorBody)
    return Answer(None, error) if error.code in FINAL_CODES else None
