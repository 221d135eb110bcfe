"""How much one client may do, and how many there may be."""

import asyncio
import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e import page_errors
from tests.e2e.gateway import Gateway, running
from tests.e2e.shapes import differences

SHIPPED = {"KIT_GATEWAY_RATE_PER_SECOND": "10", "KIT_GATEWAY_RATE_PER_MINUTE": "300"}


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Gateway]:
    """With the limits that a gateway has unless told otherwise."""
    with running(tmp_path / "data", **SHIPPED) as gateway:
        yield gateway


async def test_the_eleventh_request_within_a_second_is_refused_as_on_the_page(limited: Gateway) -> None:
    async with await limited.client() as client:
        ids = [await client.send("ping") for _ in range(30)]
        answers = [await client.answer(request_id) for request_id in ids]
        refused = [answer for answer in answers if not answer["ok"]]
        assert len(refused) >= 15
        assert {answer["error"]["code"] for answer in refused} == {"RATE_LIMITED"}
        assert list(differences(json.loads(page_errors.RATE_LIMITED), refused[-1])) == []
        assert refused[-1]["error"]["retryable"] is True
        # The wait is exact: that long, and the next one is taken.
        await asyncio.sleep(refused[-1]["error"]["retryAfterMs"] / 1_000)
        assert (await client.call("ping"))["ok"] is True


async def test_one_clients_hurry_is_not_another_clients_wait(limited: Gateway) -> None:
    async with await limited.client() as hurried, await limited.client() as calm:
        ids = [await hurried.send("ping") for _ in range(30)]
        assert (await calm.call("portfolio.snapshot"))["ok"] is True
        assert not all([(await hurried.answer(request_id))["ok"] for request_id in ids])


async def test_who_does_not_stop_is_sent_away(limited: Gateway) -> None:
    async with await limited.client() as client:
        with contextlib.suppress(ConnectionError):  # It may be over before all are sent.
            for _ in range(150):
                await client.send("ping")
        assert await client.closed() == 1008


async def test_one_client_too_many_is_told_to_come_again(tmp_path: Path) -> None:
    with running(tmp_path / "data", KIT_GATEWAY_MAX_CONNECTIONS="2") as gateway:
        async with await gateway.client() as first, await gateway.client(), await gateway.stranger() as third:
            error = await third.error("connect", client={"id": "late", "version": "1"})
            assert error["code"] == "RATE_LIMITED"
            assert error["retryable"] is True
            assert error["retryAfterMs"] > 0
            assert await third.closed() == 1013
            await first.ok("disconnect")
            assert await first.closed() == 1000
            async with await gateway.client() as fourth:
                assert (await fourth.ok("status"))["clients"] == 2


async def test_what_is_no_text_frame_of_a_right_size_ends_the_connection(gateway: Gateway) -> None:
    async with await gateway.client() as client:
        await client.send_bytes(b'{"type":"req","id":"1","method":"ping"}')
        assert await client.closed() == 1003
    async with await gateway.client() as client:
        await client.send("ping", padding="x" * 70_000)
        assert await client.closed() == 1009
