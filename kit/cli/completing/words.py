"""Words for the shell from the running gateway: within a moment or not at all, and never an error in the prompt."""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from threading import Thread
from typing import Final

import click
from click.shell_completion import CompletionItem

from kit.cli.completing.known import Known
from kit.cli.endpoint import Endpoint, endpoint_from
from kit.client.client import KitClient
from kit.client.errors import KitError

DEADLINE_S: Final = 1.0  # Who waits longer for a word types it.


class Named(click.ParamType[str]):
    """Something that the gateway knows by name; what is typed is passed on as it is."""

    def __init__(self, name: str, known: Known) -> None:
        self.name = name
        self._known = known

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        return completions(ctx, self._known, incomplete)


def completions(ctx: click.Context, known: Known, incomplete: str) -> list[CompletionItem[str]]:
    """What the gateway knows that begins so; nothing where there is no answer in time."""
    endpoint = endpoint_from(ctx.find_root().params)
    return [CompletionItem(word) for word in words_of(endpoint, known) if word.startswith(incomplete)]


def words_of(endpoint: Endpoint, known: Known) -> list[str]:
    """Asked in a thread of its own, since closing a connection that hangs takes longer than there is time."""
    words: list[str] = []
    logging.disable()  # Warnings of the client would land in the prompt.
    asking = Thread(target=lambda: words.extend(asyncio.run(asked(endpoint, known))), daemon=True)
    asking.start()
    asking.join(DEADLINE_S)
    if not asking.is_alive():
        logging.disable(logging.NOTSET)
    return words


async def asked(endpoint: Endpoint, known: Known) -> Iterable[str]:
    """One connection and one attempt: a gateway that is not there is no reason to look for it again."""
    with suppress(KitError, OSError, TimeoutError, click.BadParameter):  # The last one is the token file's.
        async with (
            asyncio.timeout(DEADLINE_S),
            KitClient(endpoint.url, endpoint.token, client_id="kit-completion", timeout_s=DEADLINE_S) as client,
        ):
            return await known(client)
    return ()
