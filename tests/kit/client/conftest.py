"""A scripted gateway, and clients of it that come back quickly."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any, TypeAlias

import pytest

from kit import KitClient
from kit.client.backoff import Backoff
from tests.kit.client.scripted import ScriptedGateway, scripted_gateway

QUICK = Backoff(first_s=0.005, limit_s=0.02, jitter=lambda: 1.0)

Connected: TypeAlias = Callable[..., Awaitable[KitClient]]


@pytest.fixture
async def gateway() -> AsyncIterator[ScriptedGateway]:
    async with scripted_gateway() as gateway:
        yield gateway


@pytest.fixture
async def connected(gateway: ScriptedGateway) -> AsyncIterator[Connected]:
    """Make connected clients of the gateway; they are closed after the test."""
    async with AsyncExitStack() as stack:

        async def connect(**options: Any) -> KitClient:
            return await stack.enter_async_context(KitClient(gateway.url, **{"backoff": QUICK} | options))

        yield connect


@pytest.fixture
async def client(connected: Connected) -> KitClient:
    return await connected()
