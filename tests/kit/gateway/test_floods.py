"""No client can stop another."""

import asyncio

import pytest
from msgspec.structs import replace

from kit.gateway.config import EdgeConfig
from kit.gateway.hub import Push
from tests.kit.gateway.desk import Done
from tests.kit.gateway.serving import OPEN, UNPACED, serving
from tests.kit.gateway.wire import framed, request_frame
from tests.waiting import eventually

PACED = EdgeConfig(port=0)
FLOOD = 5_000  # Tiny frames: 35 kB, which one read takes in.


@pytest.mark.parametrize(
    "frame", [framed(9, b""), framed(10, b""), framed(1, b"x"), request_frame("1", "ping")], ids=["9", "10", "1", "req"]
)
async def test_a_flood_of_small_frames_is_cut_while_others_are_answered(frame: bytes) -> None:
    async with serving(PACED) as served:
        other = await served.client()
        flooder = await (await served.raw()).connected()
        flooder.writer.write(frame * 20_000)
        async with asyncio.timeout(5):
            assert (await other.call("ping"))["ok"] is True
            assert await flooder.gone()
        assert served.edge.clients == 1


async def test_a_ping_is_answered_in_the_middle_of_another_client_s_flood() -> None:
    async with serving() as served:  # Unpaced: the flood is read to its end.
        other = await served.client()
        flooder = await (await served.raw()).connected()
        served.counted.answers.clear()
        flooder.writer.write(framed(1, b"x") * FLOOD)
        while not served.counted.answers:  # noqa: ASYNC110 - The flood has begun with the first of them.
            await asyncio.sleep(0)
        assert (await other.call("ping"))["ok"] is True
        assert len(served.counted.answers) < FLOOD / 2
        await eventually(lambda: served.counted.answers.count(("unknown", "INVALID_REQUEST")) == FLOOD)


async def test_a_client_that_asks_and_never_reads_is_cut_at_its_bound() -> None:
    limits = replace(UNPACED, outbox_bytes_max=200_000, close_s=0.1)
    async with serving(replace(OPEN, limits=limits)) as served:
        other = await served.client()
        silent = await (await served.raw(receive_buffer=4096)).connected()
        for number in range(100):
            silent.writer.write(request_frame(str(number), "text", {"size": 100_000}))
        async with asyncio.timeout(10):
            while served.edge.clients > 1:
                assert (await other.call("ping"))["ok"] is True
                await asyncio.sleep(0.01)


async def test_a_subscriber_that_never_reads_is_closed_with_1013_and_the_others_get_everything() -> None:
    limits = replace(UNPACED, outbox_bytes_max=200_000, close_s=0.1)
    async with serving(replace(OPEN, limits=limits)) as served:
        reader = await served.client()
        await (await served.raw(receive_buffer=4096)).connected()
        for seq in range(1, 121):
            served.hub.publish([Push("trade:executed", Done(text="x" * 50_000), seq=seq)])
            assert (await reader.frame())["seq"] == seq
        async with asyncio.timeout(10):
            await eventually(lambda: served.edge.clients == 1)


async def test_a_slow_reader_loses_prices_only_and_sees_the_newest() -> None:
    limits = replace(UNPACED, outbox_bytes_max=200_000)
    async with serving(replace(OPEN, limits=limits)) as served:
        slow = await (await served.raw(receive_buffer=4096)).connected()
        slow.writer.write(request_frame("1", "subscribe", {"channel": "market", "pairs": ["BTC/USDT"]}))
        assert (await slow.json())["ok"] is True
        for number in range(2_000):
            price = Done(text=f"{number} {'x' * 1_000}")
            served.hub.publish([Push("market:price", price, pair="BTC/USDT")])
            if number % 100 == 0:
                served.hub.publish([Push("trade:executed", Done(text="fill"), seq=number + 1)])
                await asyncio.sleep(0)
        seqs, last = [], ""
        while not last.startswith("1999 "):
            frame = await slow.json()
            if frame["event"] == "market:price":
                last = frame["payload"]["text"]
            else:
                seqs.append(frame["seq"])
        assert seqs == list(range(1, 2_000, 100))


async def test_the_51st_client_is_rate_limited_and_closed_with_1013() -> None:
    async with serving() as served:
        clients = [await served.client() for _ in range(50)]
        late = await served.stranger()
        error = (await late.connect())["error"]
        assert (error["code"], error["retryable"]) == ("RATE_LIMITED", True)
        assert await late.close_code() == 1013
        await clients[0].socket.close()
        await eventually(lambda: served.edge.clients == 49)
        assert (await (await served.stranger()).connect())["ok"] is True


async def test_fifty_clients_that_come_at_once_are_all_let_in() -> None:
    async with serving(replace(OPEN, limits=replace(UNPACED, stranger_grace_s=10.0))) as served:
        strangers = await asyncio.gather(*(served.stranger() for _ in range(50)))
        answers = await asyncio.gather(*(stranger.connect() for stranger in strangers))
        assert all(answer["ok"] for answer in answers)


async def test_strangers_that_say_nothing_make_room_for_a_client() -> None:
    async with serving(replace(OPEN, limits=replace(UNPACED, stranger_grace_s=0.0))) as served:
        first = asyncio.create_task((await served.stranger()).close_code())
        last = [await served.stranger() for _ in range(69)][-1]
        assert await first == 1013
        assert (await (await served.stranger()).connect())["ok"] is True
        assert (await last.connect())["ok"] is True


@pytest.mark.parametrize("start", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: 1"])
async def test_half_a_handshake_is_not_held(start: bytes) -> None:
    async with serving(replace(OPEN, limits=replace(UNPACED, connect_s=0.2))) as served:
        half = await served.raw_tcp()
        half.writer.write(start)
        async with asyncio.timeout(5):
            assert await half.gone()


async def test_half_a_handshake_that_trickles_on_is_not_held_either() -> None:
    async with serving(replace(OPEN, limits=replace(UNPACED, connect_s=0.2))) as served:
        slow = await served.raw_tcp()
        slow.writer.write(b"GET / HTTP/1.1\r\n")

        async def trickle() -> None:
            while True:
                slow.writer.write(b"X: 1\r\n")
                await asyncio.sleep(0.02)

        trickling = asyncio.create_task(trickle())
        async with asyncio.timeout(5):
            assert await slow.gone()
        trickling.cancel()


async def test_hundreds_of_half_handshakes_hold_no_more_sockets_than_allowed_and_no_client_back() -> None:
    async with serving(replace(OPEN, limits=replace(UNPACED, sockets_max=100))) as served:
        early = await served.client()
        halves = [await served.raw_tcp() for _ in range(300)]
        assert (await (await served.client()).call("ping"))["ok"] is True
        assert (await early.call("ping"))["ok"] is True
        async with asyncio.timeout(5):
            assert all([await half.gone() for half in halves[:199]])


async def test_a_peer_that_answers_no_ping_is_gone() -> None:
    async with serving(replace(OPEN, limits=replace(UNPACED, heartbeat_s=0.8, close_s=0.1))) as served:
        await (await served.raw()).connected()
        alive = await served.client()
        async with asyncio.timeout(5):
            reading = asyncio.create_task(alive.socket.receive())
            await eventually(lambda: served.edge.clients == 1)
        reading.cancel()
        assert not alive.socket.closed
