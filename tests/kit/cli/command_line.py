"""Runs ``kit`` as a user would, against a scripted gateway in the test's own loop."""

import asyncio
from typing import NamedTuple

import click
from click.testing import CliRunner

from kit.cli.language import VARIABLES
from kit.cli.main import kit
from tests.kit.client.scripted import ScriptedGateway


class Run(NamedTuple):
    code: int
    out: str
    err: str


async def run(gateway: ScriptedGateway, *words: str, **environ: str) -> Run:
    return await run_at(gateway.url, *words, **environ)


async def run_at(url: str, *words: str, **environ: str) -> Run:
    """In a thread, since the command has a loop of its own; standard input is no terminal."""
    without_user = dict.fromkeys(("KIT_GATEWAY_TOKEN", "KIT_GATEWAY_TOKEN_FILE", *VARIABLES))
    result = await asyncio.to_thread(
        CliRunner().invoke, kit, list(words), env={**without_user, "KIT_GATEWAY_URL": url, **environ}
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Run(result.exit_code, result.stdout, result.stderr)


def squeezed(text: str) -> list[str]:
    """The lines without the spaces that align columns."""
    return [" ".join(line.split()) for line in text.splitlines()]


def check_arguments(command: click.Command, name: str, arguments: list[str]) -> None:
    """Have click read the arguments, of the command within a group too, without doing anything."""
    with command.make_context(name, list(arguments)) as context:
        if isinstance(command, click.Group):
            rest = [*context._protected_args, *context.args]
            if command.invoke_without_command and not rest:
                return
            found, inner, rest = command.resolve_command(context, rest)
            assert inner is not None
            check_arguments(inner, found or "", rest)
