"""The gateway stops in good order."""

import asyncio

from msgspec.structs import replace

from tests.kit.gateway.desk import BUY
from tests.kit.gateway.serving import OPEN, UNPACED, serving
from tests.waiting import eventually


async def test_what_runs_is_finished_then_shutdown_is_said_and_1001_closes() -> None:
    async with serving() as served:
        caller = await served.client()
        await caller.send("1", "wait", BUY)
        await eventually(lambda: served.desk.begun["wait"] == 1)
        stopping = asyncio.create_task(served.edge.stop("SIGTERM"))
        await eventually(lambda: served.edge.stopping)
        error = (await caller.call("buy", BUY, "2"))["error"]
        assert (error["code"], error["retryable"]) == ("INTERNAL_ERROR", True)
        assert error["details"] == {"outcome": "none"}
        served.desk.gate.set()
        assert (await caller.frame())["ok"] is True
        assert await caller.frame() == {"type": "event", "event": "shutdown", "payload": {"reason": "SIGTERM"}}
        assert await caller.close_code() == 1001
        await stopping
        assert served.desk.done == {"wait": 1}


async def test_work_that_does_not_end_and_peers_that_do_not_read_are_not_waited_for() -> None:
    limits = replace(UNPACED, drain_s=0.1, close_s=0.1)
    async with serving(replace(OPEN, limits=limits)) as served:
        stuck = await served.client()
        await stuck.send("1", "wait", BUY)
        silent = await (await served.raw(receive_buffer=4096)).connected()
        half = await served.raw_tcp()
        half.writer.write(b"GET / HT")
        stranger = await served.stranger()
        async with asyncio.timeout(5):
            _, *codes = await asyncio.gather(
                served.edge.stop("SIGTERM"), stuck.close_code(), stranger.close_code(), silent.gone(), half.gone()
            )
        assert codes == [1001, 1001, True, True]
