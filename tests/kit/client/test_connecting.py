"""Connecting: who a client says it is, and what it hears when that fails."""

import asyncio

import pytest

from kit import KitClient, KitError
from kit.client.errors import AuthFailed, ClientClosed, GatewayUnreachable, RateLimited
from kit.wire.frames import ErrorBody
from tests.kit.client.conftest import Connected
from tests.kit.client.documents import hello, status
from tests.kit.client.scripted import ScriptedGateway


async def test_connect_says_who_the_client_is_and_returns_the_hello(gateway: ScriptedGateway) -> None:
    async with KitClient(url=gateway.url, token="s3cret", client_id="my-bot", display_name="My Bot") as client:
        assert client.hello == hello()
    (connect,) = gateway.requests("connect")
    assert connect.id == "1"
    assert connect.params["client"]["id"] == "my-bot"
    assert connect.params["client"]["displayName"] == "My Bot"
    assert connect.params["auth"] == {"token": "s3cret"}
    assert "resumeFrom" not in connect.params


async def test_ids_count_from_one_on_each_connection(gateway: ScriptedGateway, connected: Connected) -> None:
    gateway.plan("status", status())
    for _ in range(2):
        client = await connected()
        await client.status()
    assert [(seen.connection, seen.id) for seen in gateway.seen] == [(1, "1"), (1, "2"), (2, "1"), (2, "2")]


async def test_where_nobody_listens_the_url_is_named(gateway: ScriptedGateway) -> None:
    with pytest.raises(GatewayUnreachable, match=r"ws://127\.0\.0\.1:1\b"):
        await KitClient("ws://127.0.0.1:1").connect()


async def test_a_server_that_is_no_gateway_is_unreachable_too(gateway: ScriptedGateway) -> None:
    with pytest.raises(GatewayUnreachable, match="HTTP 404"):
        await KitClient(gateway.url + "/elsewhere").connect()


async def test_a_url_that_is_none_is_unreachable_too() -> None:
    with pytest.raises(GatewayUnreachable):
        await KitClient("not a url").connect()


async def test_a_wrong_token_is_an_auth_failed(gateway: ScriptedGateway) -> None:
    gateway.hello = ErrorBody("AUTH_FAILED", "the token is wrong", retryable=False)
    with pytest.raises(AuthFailed, match="the token is wrong"):
        await KitClient(gateway.url, token="wrong").connect()


async def test_one_connection_too_many_says_when_to_come_back(gateway: ScriptedGateway) -> None:
    gateway.hello = ErrorBody("RATE_LIMITED", "50 connections are open", retryable=True, retry_after_ms=1000)
    with pytest.raises(RateLimited) as refused:
        await KitClient(gateway.url).connect()
    assert refused.value.retry_after_ms == 1000


async def test_before_connect_and_after_close_nothing_is_sent(gateway: ScriptedGateway) -> None:
    client = KitClient(gateway.url)
    with pytest.raises(ClientClosed):
        await client.status()
    await client.connect()
    await client.close()
    with pytest.raises(ClientClosed):
        await client.status()
    with pytest.raises(KitError):
        await client.connect()
    assert [seen.method for seen in gateway.seen] == ["connect"]


async def test_no_text_made_of_a_client_holds_its_token(gateway: ScriptedGateway) -> None:
    client = KitClient(gateway.url, token="s3cret")
    assert "s3cret" not in repr(client) + repr(vars(client))


async def test_who_made_the_client_is_told_of_each_connection_and_of_its_loss(
    gateway: ScriptedGateway, connected: Connected
) -> None:
    told: asyncio.Queue[bool] = asyncio.Queue()
    await connected(on_connection=told.put_nowait)
    assert await told.get() is True
    await gateway.hang_up()
    assert [await told.get(), await told.get()] == [False, True]


async def test_what_is_raised_over_a_connection_does_not_end_it(gateway: ScriptedGateway, connected: Connected) -> None:
    gateway.plan("status", status())
    errors: asyncio.Queue[Exception] = asyncio.Queue()

    def complain(connected: bool) -> None:
        raise ValueError(f"connected: {connected}")

    client = await connected(on_connection=complain, on_error=errors.put_nowait)
    await gateway.hang_up()
    assert [str(await errors.get()) for _ in range(3)] == ["connected: True", "connected: False", "connected: True"]
    assert await client.status() == status()
