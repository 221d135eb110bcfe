"""One gateway for all tests that need no other, and for each test an account of its own on it."""

from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest

from tests.e2e.gateway import PAGE_PRICES, Gateway, running
from tests.e2e.stranger import Stranger


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """On the page's prices, which never move."""
    with running(tmp_path_factory.mktemp("shared") / "data", **PAGE_PRICES) as gateway:
        yield gateway


@pytest.fixture
async def client(gateway: Gateway) -> AsyncIterator[Stranger]:
    async with await gateway.client() as client:
        yield client


@pytest.fixture
async def account(client: Stranger) -> str:
    """The name of a new account that holds 10,000 USDT."""
    name = f"test-{uuid4().hex[:12]}"
    await client.ok("account.deposit", account=name, asset="USDT", amount=10_000)
    return name
