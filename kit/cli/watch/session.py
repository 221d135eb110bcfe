"""A watch from connecting to its end, in each of its forms."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Final, NamedTuple

from kit.cli.endpoint import Endpoint
from kit.cli.screen import screen
from kit.cli.watch.board import Board, clock
from kit.cli.watch.drawing import Drawing
from kit.cli.watch.feed import Feed, Scope
from kit.cli.watch.frame import Size, frame
from kit.cli.watch.lines import print_connection, print_events
from kit.cli.watch.model import Connection, Model
from kit.cli.watch.notices import Notices
from kit.cli.watch.terminal import Terminal
from kit.cli.watch.view import View
from kit.client.backoff import Backoff
from kit.client.client import KitClient
from kit.market.listings import LISTINGS

OFFERED_MAX: Final = 3
BACKOFF: Final = Backoff(limit_s=5.0)  # Somebody waits at the screen for the gateway to come back.
ROWS_OF_A_PIPE: Final = 60
DEFAULT_ACCOUNT: Final = "main"


class Wish(NamedTuple):
    """What to watch: pairs in the user's order, none for those that matter; whose; and how often to draw it."""

    endpoint: Endpoint
    pairs: tuple[str, ...]
    scope: Scope
    refresh_s: float

    def model(self) -> Model:
        return Model(
            url=self.endpoint.url,
            connection=Connection(False, clock()),
            account=self.scope.account or DEFAULT_ACCOUNT,
            chosen=tuple(dict.fromkeys(self.pairs)),
            offered=tuple(LISTINGS)[:OFFERED_MAX],
        )


async def watch_on_a_terminal(wish: Wish) -> None:
    """Draw until a key or a signal ends it; the terminal is left as it was.

    Raises:
        KitError: nobody answers at first, or the gateway refuses this client then or later.
    """
    async with fed(wish) as (feed, board):
        events = feed.client.events()
        await feed.client.connect()
        with Notices(board) as notices, Terminal() as terminal:
            drawing = Drawing(terminal, board, notices, wish.refresh_s)
            await until_one_ends(drawing.run(), feed.listen(events), feed.ask())


async def watch_once(wish: Wish) -> None:
    """Print one screen, with everything that is asked for at first."""
    async with fed(wish) as (feed, board):
        await feed.client.connect()
        await feed.ask_once()
    console = screen()
    rows = console.height if sys.stdout.isatty() else ROWS_OF_A_PIPE
    lines = frame(board.model, View(), Size(console.width, rows), clock())[:-1]  # The last one is about keys.
    while lines and not lines[-1].plain.strip():
        del lines[-1]
    for line in lines:
        line.rstrip()
        console.print(line, end="\n")


async def watch_lines(wish: Wish, *, as_json: bool) -> None:
    """Print a line for each event until interrupted."""
    client = client_of(wish, print_connection)
    try:
        events = client.events()
        await client.connect()
        await print_events(client, events, wish.model(), as_json=as_json)
    finally:
        await client.close()


@asynccontextmanager
async def fed(wish: Wish) -> AsyncIterator[tuple[Feed, Board]]:
    """A feed that is not connected yet, and the board that it keeps current."""
    board = Board(wish.model())
    feed = Feed(partial(client_of, wish), board, wish.scope)
    try:
        yield feed, board
    finally:
        await feed.client.close()


def client_of(wish: Wish, on_connection: Callable[[bool], None]) -> KitClient:
    return KitClient(
        wish.endpoint.url,
        wish.endpoint.token,
        client_id="kit-watch",
        timeout_s=wish.endpoint.timeout_s,
        backoff=BACKOFF,
        on_connection=on_connection,
    )


async def until_one_ends(*parts: Coroutine[Any, Any, None]) -> None:
    """Run them beside each other until the first one ends; what it raised is raised."""
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
