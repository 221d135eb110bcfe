"""On a terminal a buy asks before it is sent."""

import asyncio
import os
import pty
import sys

import pytest

from tests.kit.client.documents import order, price
from tests.kit.client.scripted import ScriptedGateway


async def buy_on_a_terminal(gateway: ScriptedGateway, typed: bytes, *words: str) -> int:
    """Run ``kit buy`` with a terminal as its standard input, on which ``typed`` is typed."""
    keyboard, terminal = pty.openpty()
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", "from kit.cli.main import main; main()"),
            *("--url", gateway.url, "buy", "BTC/USDT", "100", *words),
            stdin=terminal,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        os.write(keyboard, typed)
        await process.communicate()
        assert process.returncode is not None
        return process.returncode
    finally:
        os.close(keyboard)
        os.close(terminal)


@pytest.mark.parametrize(
    ("typed", "words", "code", "orders"),
    [
        (b"y\n", (), 0, 1),
        (b"ja\n", (), 0, 1),
        (b"n\n", (), 1, 0),
        (b"\n", (), 1, 0),
        (b"perhaps\ny\n", (), 0, 1),
        (b"", ("--yes",), 0, 1),
    ],
    ids=["yes", "ja", "no", "enter is no", "asked again", "--yes"],
)
async def test_an_order_is_sent_only_after_a_yes(
    gateway: ScriptedGateway, typed: bytes, words: tuple[str, ...], code: int, orders: int
) -> None:
    gateway.plan("market.data", price())
    gateway.plan("trade.execute", order())
    assert await buy_on_a_terminal(gateway, typed, *words) == code
    assert len(gateway.requests("trade.execute")) == orders
