"""Whoever comes back hears from the log exactly what was told live, from any position on."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from kit.gateway.announcer import Announcer
from kit.gateway.hub import Hub, Push
from kit.log.opening import open_log
from kit.trading.bookkeeper import Bookkeeper
from kit.trading.tasks import Task
from tests.kit.trading.asked import opening, ticking
from tests.kit.trading.histories import batches

NOBODY_KNOWS: Final = settings(max_examples=25, deadline=None)


class Ear:
    """A client that hears everything."""

    def __init__(self) -> None:
        self.heard: list[Push] = []

    def push(self, push: Push) -> None:
        self.heard.append(push)


def said(pushes: list[Push]) -> list[tuple[int | None, str, bytes]]:
    return [(push.seq, push.event, push.encoded) for push in pushes]


async def told_again(announcer: Announcer, after: int, limit: int) -> list[Push]:
    """All pages of history after a position."""
    pushes: list[Push] = []
    while True:
        page, reached = await announcer.history(after, limit)
        pushes += page
        if reached == after:
            return pushes
        after = reached


@NOBODY_KNOWS
@given(st.lists(batches, min_size=3, max_size=10), st.integers(1, 7), st.data())
def test_history_is_what_was_told_live_from_any_position_and_in_pages_of_any_size(
    history: list[list[Task]], limit: int, data: st.DataObject
) -> None:
    with TemporaryDirectory() as directory:
        log = open_log(Path(directory) / "data")
        books, hub, ear = Bookkeeper(log, ticking()), Hub(), Ear()
        hub.join(ear)
        announcer = Announcer(log, hub)
        for batch in [[opening(USDT="10000", BTC="0.1")], *history]:
            _, committed = books.process(batch)
            if committed.recorded:
                announcer.follow(committed)
        after = data.draw(st.integers(0, log.head()))
        expected = [push for push in ear.heard if (push.seq or 0) > after]
        told_by_the_same = asyncio.run(told_again(announcer, after, limit))
        told_after_a_restart = asyncio.run(told_again(Announcer(log, Hub()), after, limit))
        head = log.head()
        log.close()
    assert said(told_by_the_same) == said(told_after_a_restart) == said(expected)
    assert hub.position == head
