"""A real ``kit gateway`` process on a data directory, to be killed and started again."""

import asyncio
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

KIT_GATEWAY: Final = (sys.executable, "-c", "from kit.cli.main import main; main()", "gateway")
LISTENS: Final = re.compile(r"listens on ws://127\.0\.0\.1:(\d+)/")
ROOT: Final = Path(__file__).parents[2]
START_WAIT_S: Final = 30.0
STOP_WAIT_S: Final = 15.0


class GatewayFailed(Exception):
    """The process ended, or went silent, where it should have started or stopped."""


class Gateway:
    """A running gateway on a port of its own; its messages go to ``gateway.log`` beside the data."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.port = port
        self._process = process

    @classmethod
    async def start(cls, program: Sequence[str], data_dir: Path, *, market_seed: int) -> Self:
        """Start ``program`` on ``data_dir`` and wait until it listens.

        Raises:
            GatewayFailed: it did not get there.
        """
        with data_dir.with_name("gateway.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *program,
                cwd=ROOT,
                env=environment(data_dir, market_seed),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        try:
            async with asyncio.timeout(START_WAIT_S):
                return cls(process, await port_of(process))
        except (TimeoutError, GatewayFailed):
            await kill(process)
            raise GatewayFailed(f"no gateway came up; see {data_dir.with_name('gateway.log')}") from None

    async def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        await kill(self._process)

    async def stop(self) -> None:
        """SIGTERM, and wait until it has stopped in good order.

        Raises:
            GatewayFailed: it ended with another code than 0, or not in time.
        """
        self._process.terminate()
        try:
            async with asyncio.timeout(STOP_WAIT_S):
                code = await self._process.wait()
        except TimeoutError:
            await self.kill()
            raise GatewayFailed(f"the gateway did not stop in {STOP_WAIT_S:g} s") from None
        if code != 0:
            raise GatewayFailed(f"the gateway stopped with code {code}")


async def kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()


async def port_of(process: asyncio.subprocess.Process) -> int:
    """Read the greeting up to the port."""
    assert process.stdout is not None
    async for line in process.stdout:
        found = LISTENS.search(line.decode())
        if found is not None:
            return int(found[1])
    raise GatewayFailed("the greeting ended")


def environment(data_dir: Path, market_seed: int) -> dict[str, str]:
    """Ours without any setting of the gateway's, and the settings of the test."""
    settings = {
        "KIT_DATA_DIR": str(data_dir),
        "KIT_GATEWAY_PORT": "0",
        "KIT_GATEWAY_RATE_PER_SECOND": "100000",
        "KIT_GATEWAY_RATE_PER_MINUTE": "1000000",
        "KIT_MARKET": "simulated",
        "KIT_MARKET_SEED": str(market_seed),
        "KIT_LOG_LEVEL": "warning",
    }
    return {name: value for name, value in os.environ.items() if not name.startswith("KIT_")} | settings
