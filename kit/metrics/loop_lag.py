"""How late the event loop is: what every client waits before anything is done for it."""

import asyncio
from collections.abc import Callable
from typing import Final, NoReturn

LOOP_LAG_INTERVAL_S: Final = 0.5


async def measure_loop_lag(record: Callable[[float], None], interval_s: float = LOOP_LAG_INTERVAL_S) -> NoReturn:
    """Sleep ``interval_s`` again and again, and record by how many seconds each sleep was too long; until cancelled."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + interval_s
        await asyncio.sleep(interval_s)
        record(max(0.0, loop.time() - due))
