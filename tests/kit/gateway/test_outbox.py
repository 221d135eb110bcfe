"""What waits for one client."""

import pytest

from kit.gateway.outbox import Outbox
from kit.gateway.refusals import SlowConsumer


def rest(outbox: Outbox) -> list[bytes]:
    return list(iter(outbox.take_now, None))


def test_frames_leave_in_order_and_market_events_after_them_newest_only() -> None:
    outbox = Outbox(100)
    outbox.offer_latest(("market:price", "BTC/USDT"), b"old")
    outbox.offer(b"1")
    outbox.offer_latest(("market:price", "ETH/USDT"), b"ether")
    outbox.offer_latest(("market:price", "BTC/USDT"), b"new")
    outbox.offer(b"2")
    assert outbox.bytes == 10
    assert rest(outbox) == [b"1", b"2", b"ether", b"new"]
    assert outbox.bytes == 0


def test_market_events_make_room_and_beyond_that_the_client_is_too_slow() -> None:
    outbox = Outbox(10)
    outbox.offer_latest(("market:price", "BTC/USDT"), b"xxxxx")
    outbox.offer(b"123456")
    outbox.offer_latest(("market:price", "BTC/USDT"), b"xxxxx")
    outbox.offer(b"7890")
    with pytest.raises(SlowConsumer):
        outbox.offer(b"1")
    assert rest(outbox) == [b"123456", b"7890"]
