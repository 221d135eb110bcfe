"""Feeds keep what their readers have not read."""

import gc

from kit.exchanges.feeds import Feeds


async def test_items_come_in_order_and_a_newer_one_replaces_one_with_its_key() -> None:
    feeds: Feeds[int] = Feeds()
    feed = feeds.subscribe()
    for key, item in (("a", 1), ("b", 2), ("a", 3)):
        feeds.offer(key, item)
    feeds.close()
    assert [item async for item in feed] == [3, 2]


async def test_a_subscriber_gets_what_is_offered_after_it_came() -> None:
    feeds: Feeds[int] = Feeds()
    feeds.offer("a", 1)
    feed = feeds.subscribe()
    feeds.offer("a", 2)
    assert await anext(feed) == 2


async def test_a_feed_that_its_reader_dropped_is_forgotten() -> None:
    feeds: Feeds[int] = Feeds()
    kept, dropped = feeds.subscribe(), feeds.subscribe()
    del dropped
    gc.collect()
    feeds.offer("a", 1)
    assert await anext(kept) == 1
    assert len(feeds._feeds) == 1


async def test_what_nobody_heard_waits_for_the_next_subscriber_if_it_is_to_be_kept() -> None:
    feeds: Feeds[int] = Feeds(keep_unheard=True)
    feeds.offer("a", 1)
    first, other = feeds.subscribe(), feeds.subscribe()
    feeds.close()
    assert [item async for item in first] == [1]
    assert [item async for item in other] == []
