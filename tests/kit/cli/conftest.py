"""A scripted gateway for the command line."""

from collections.abc import AsyncIterator

import pytest

from tests.kit.client.scripted import ScriptedGateway, scripted_gateway


@pytest.fixture
async def gateway() -> AsyncIterator[ScriptedGateway]:
    async with scripted_gateway() as gateway:
        yield gateway
