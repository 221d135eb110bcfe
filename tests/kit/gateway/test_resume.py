"""A client that comes back misses nothing and sees nothing out of order."""

import asyncio
from collections.abc import Sequence

from msgspec.structs import replace

from kit.gateway.hub import Push
from tests.kit.gateway.desk import Done
from tests.kit.gateway.serving import OPEN, UNPACED, Caller, serving


class Log:
    """Pushed events by position. Every tenth position pushes nothing, every seventh two frames."""

    def __init__(self, size: int, chars: int = 1) -> None:
        self.chars = chars
        self.pushes: list[Push] = []
        self.position = 0
        self.reads = 0
        self.grow(size)

    def grow(self, count: int) -> list[Push]:
        added = [push for seq in range(self.position + 1, self.position + count + 1) for push in self._at(seq)]
        self.pushes += added
        self.position += count
        return added

    def _at(self, seq: int) -> list[Push]:
        names = [] if seq % 10 == 0 else ["trade:executed", "position:opened"] if seq % 7 == 0 else ["trade:executed"]
        return [Push(name, Done(text="x" * self.chars), seq=seq) for name in names]

    async def after(self, seq: int, limit: int) -> tuple[Sequence[Push], int]:
        self.reads += 1
        await asyncio.sleep(0)
        last = min(seq + limit, self.position)
        page = [push for push in self.pushes if push.seq is not None and seq < push.seq <= last]
        await asyncio.sleep(0.001)
        return page, last


async def received(caller: Caller, count: int) -> list[tuple[int, str]]:
    frames = [await caller.frame() for _ in range(count)]
    return [(frame["seq"], frame["event"]) for frame in frames]


def expected(log: Log, after: int) -> list[tuple[int | None, str]]:
    return [(push.seq, push.event) for push in log.pushes if push.seq is not None and push.seq > after]


async def test_what_was_missed_comes_first_and_then_what_happens() -> None:
    log = Log(1_000)
    async with serving(history=log.after, position=1_000) as served:
        caller = await served.client(resumeFrom=3)
        missed = expected(log, 3)
        assert await received(caller, len(missed)) == missed
        served.hub.publish(log.grow(3), position=log.position)
        assert await received(caller, 4) == expected(log, 1_000)


async def test_nothing_is_lost_doubled_or_disordered_while_the_log_grows() -> None:
    log = Log(500)
    async with serving(history=log.after, position=500) as served:
        caller = await served.client(resumeFrom=0)

        async def grow() -> None:
            for _ in range(150):
                added = log.grow(10)
                await asyncio.sleep(0.0005)  # Durable before it is published: history may be ahead.
                served.hub.publish(added, position=log.position)

        growing = asyncio.create_task(grow())
        everything = Log(2_000).pushes
        got = await received(caller, len(everything))
        await growing
        assert got == [(push.seq, push.event) for push in everything]
        assert (await caller.call("ping"))["ok"] is True


async def test_a_client_that_does_not_read_holds_no_more_than_a_little_history() -> None:
    log = Log(5_000, chars=2_000)
    limits = replace(UNPACED, resume_frames_max=20, resume_bytes_low=50_000, outbox_bytes_max=200_000)
    async with serving(replace(OPEN, limits=limits), history=log.after, position=5_000) as served:
        slow = await (await served.raw(receive_buffer=4096)).connected(resumeFrom=0)
        other = await served.client()
        for _ in range(50):
            await other.call("ping")
        await asyncio.sleep(0.2)
        assert log.reads < 250  # The rest is not read yet: the socket's own buffers hold some megabytes.
        assert served.edge.clients == 2
        got: list[int] = []
        while not got or got[-1] < 4_999:
            got.append((await slow.json())["seq"])
        assert sorted(set(got)) == [seq for seq in range(1, 5_000) if seq % 10]


async def test_history_that_cannot_be_read_ends_the_session_with_1011() -> None:
    async def broken(seq: int, limit: int) -> tuple[Sequence[Push], int]:
        raise OSError("no such file")

    async with serving(history=broken, position=5) as served:
        caller = await served.client(resumeFrom=0)
        assert await caller.close_code() == 1011
