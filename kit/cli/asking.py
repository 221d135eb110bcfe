"""One question to the gateway, from connecting to the answer."""

import asyncio
import sys
from typing import Any, Final, Generic, TypeVar

import click
from msgspec import Raw, Struct

from kit.cli.endpoint import Endpoint
from kit.cli.exit_codes import REFUSED
from kit.cli.failures import failure
from kit.cli.language import text as _
from kit.client.answers import read_answer
from kit.client.client import KitClient
from kit.client.command import Command, command_for
from kit.client.errors import KitError, OutcomeUnknown
from kit.wire.system import Hello

T = TypeVar("T")


class Answer(Struct, Generic[T], frozen=True):
    """A payload as it came, and as it is typed; ``simulated`` says that the gateway invents prices."""

    text: str
    document: T
    simulated: bool


def ask(endpoint: Endpoint, kind: type[T], method: str, *, as_json: bool, **params: object) -> Answer[T]:
    """Connect, call, close.

    Raises:
        Failed: no answer, or a refusal; with the exit code that the help documents.
    """
    try:
        command = command_for(method, params)
        payload, hello = answered(endpoint, command)
        document = read_answer(payload, kind)
    except KitError as error:
        raise failure(error, url=endpoint.url, as_json=as_json) from error
    simulated = any(exchange.simulated for exchange in hello.snapshot.health.exchanges.values())
    return Answer(bytes(payload).decode(), document, simulated)


class YesOrNo(click.ParamType[bool]):
    """What is typed to say yes or no, in either language: whoever reads one may be used to the other."""

    name = "yes or no"
    ANSWERS: Final = {"y": True, "yes": True, "j": True, "ja": True, "n": False, "no": False, "nein": False}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> bool:
        answer = self.ANSWERS.get(str(value).strip().lower())
        if answer is None:
            self.fail(_("{value!r} is neither yes nor no", value=value), param, ctx)
        return answer


def confirmed(question: str, *, yes: bool, as_json: bool) -> None:
    """Ask ``question`` where there is somebody to ask and ``yes`` did not answer it; ends the command at a no."""
    if not yes and sys.stdin.isatty() and not agreed(question, as_json=as_json):
        click.echo(_("Nothing was sent."), err=True)
        sys.exit(REFUSED)


def agreed(question: str, *, as_json: bool) -> bool:
    """Asked on standard error where the answer on standard output is for a program; enter alone is no."""
    answer: bool = click.prompt(
        f"{question} {_('[y/N]')}", default="n", show_default=False, type=YesOrNo(), err=as_json
    )
    return answer


def answered(endpoint: Endpoint, command: Command) -> tuple[Raw, Hello]:
    try:
        return asyncio.run(carried_out(endpoint, command))
    except KeyboardInterrupt as interrupt:
        if not command.changes:
            raise
        raise OutcomeUnknown(command.method, command.key, "interrupted") from interrupt


async def carried_out(endpoint: Endpoint, command: Command) -> tuple[Raw, Hello]:
    client = KitClient(endpoint.url, endpoint.token, client_id="kit-cli", timeout_s=endpoint.timeout_s)
    async with client:
        return await client.perform(command), client.hello
