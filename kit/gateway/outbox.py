"""What waits to be sent to one client, in bounded memory."""

import asyncio
from collections import OrderedDict, deque
from typing import Final

from kit.gateway.refusals import SlowConsumer

LatestKey = tuple[str, str]  # (event, pair)


class Outbox:
    """Frames for one client: answers and ledger events in order, then the newest market event of each key.

    One task takes from it; anybody offers, without waiting, because one client must not hold up the log.
    """

    def __init__(self, bytes_max: int) -> None:
        self.bytes: int = 0
        self._bytes_max: Final = bytes_max
        self._frames: deque[bytes] = deque()
        self._latest: OrderedDict[LatestKey, bytes] = OrderedDict()
        self._offered = asyncio.Event()
        self._taken = asyncio.Event()

    def offer(self, frame: bytes) -> None:
        """Queue a frame that must not be lost; market events make room for it.

        Raises:
            SlowConsumer: there is no room.
        """
        while self._latest and self.bytes + len(frame) > self._bytes_max:
            self._drop_oldest_latest()
        if self.bytes + len(frame) > self._bytes_max:
            raise SlowConsumer
        self._frames.append(frame)
        self._count(len(frame))

    def offer_latest(self, key: LatestKey, frame: bytes) -> None:
        """Queue a market event in place of the older one with its key; where there is no room it is dropped."""
        if (older := self._latest.get(key)) is not None:
            self.bytes -= len(older)
            del self._latest[key]
        if self.bytes + len(frame) <= self._bytes_max:
            self._latest[key] = frame
            self._count(len(frame))

    async def take(self) -> bytes:
        """Wait for a frame and return it; it no longer counts."""
        while (frame := self.take_now()) is None:
            self._offered.clear()
            await self._offered.wait()
        return frame

    def take_now(self) -> bytes | None:
        if self._frames:
            frame = self._frames.popleft()
        elif self._latest:
            _, frame = self._latest.popitem(last=False)
        else:
            return None
        self.bytes -= len(frame)
        self._taken.set()
        return frame

    async def until_below(self, low: int) -> None:
        """Wait until at most ``low`` bytes are left."""
        while self.bytes > low:
            self._taken.clear()
            await self._taken.wait()

    def _drop_oldest_latest(self) -> None:
        _, frame = self._latest.popitem(last=False)
        self.bytes -= len(frame)

    def _count(self, size: int) -> None:
        self.bytes += size
        self._offered.set()
