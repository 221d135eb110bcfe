"""Ctrl-C while an order is out."""

import asyncio
import signal
import sys

from tests.kit.client.documents import price
from tests.kit.client.scripted import SILENCE, ScriptedGateway


async def test_an_order_that_is_interrupted_has_an_unknown_outcome_and_says_its_key(gateway: ScriptedGateway) -> None:
    gateway.plan("market.data", price())
    gateway.plan("trade.execute", SILENCE)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from kit.cli.main import main; main()"),
        *("--url", gateway.url, "buy", "BTC/USDT", "100", "--yes", "--key", "k-1"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    await gateway.wait_for("trade.execute", 1)
    process.send_signal(signal.SIGINT)
    _, said = await process.communicate()
    assert process.returncode == 4
    assert said.decode().endswith("Repeat the command with: --key k-1\n")
