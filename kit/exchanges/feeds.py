"""Feeds: what an exchange tells each of its subscribers, whenever they come to read it."""

import asyncio
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar
from weakref import WeakSet

T = TypeVar("T")


class Feed(Generic[T]):
    """Items for one subscriber, oldest first; a newer item takes the place of one with the same key.

    So a feed holds at most one item a key. It ends after its last item once it is closed.
    """

    def __init__(self) -> None:
        self._items: OrderedDict[Hashable, T] = OrderedDict()
        self._wake = asyncio.Event()
        self._closed = False

    def offer(self, key: Hashable, item: T) -> None:
        self._items[key] = item
        self._wake.set()

    def close(self) -> None:
        self._closed = True
        self._wake.set()

    def __aiter__(self) -> "Feed[T]":
        return self

    async def __anext__(self) -> T:
        while not self._items:
            if self._closed:
                raise StopAsyncIteration
            self._wake.clear()
            await self._wake.wait()
        return self._items.popitem(last=False)[1]


class Feeds(Generic[T]):
    """All feeds of one kind. A subscriber that drops its feed is forgotten with it.

    With ``keep_unheard``, what is offered while nobody subscribes waits for the next who does.
    """

    def __init__(self, *, keep_unheard: bool = False) -> None:
        self._feeds: WeakSet[Feed[T]] = WeakSet()
        self._keep_unheard = keep_unheard
        self._unheard: list[tuple[Hashable, T]] = []

    def subscribe(self) -> Feed[T]:
        """Return a feed of what is offered from this call on, and of what nobody has heard."""
        feed: Feed[T] = Feed()
        for key, item in self._unheard:
            feed.offer(key, item)
        self._unheard.clear()
        self._feeds.add(feed)
        return feed

    def offer(self, key: Hashable, item: T) -> None:
        for feed in self._feeds:
            feed.offer(key, item)
        if self._keep_unheard and not self._feeds:
            self._unheard.append((key, item))

    def close(self) -> None:
        for feed in self._feeds:
            feed.close()
        self._feeds.clear()
