"""Waiting for what happens on the loop or on the journal's thread, without asserting how long it takes."""

import asyncio
from collections.abc import Callable
from typing import Final

PATIENCE_S: Final = 10.0


async def eventually(holds: Callable[[], object]) -> None:
    """Wait until ``holds`` says so.

    Raises:
        TimeoutError: it never did.
    """
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110 - What is waited for knows nothing of the test's events.
            await asyncio.sleep(0)
