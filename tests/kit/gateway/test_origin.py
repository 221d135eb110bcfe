"""Web pages stay out."""

import pytest
from aiohttp import WSServerHandshakeError
from msgspec.structs import replace
from structlog.testing import capture_logs

from tests.kit.gateway.serving import OPEN, serving

NAMED = replace(OPEN, hosts=("kit.lan",), origins=("https://desk.example",))


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:18800", 200),
        ("localhost:1", 200),
        ("LOCALHOST", 200),
        ("[::1]:18800", 200),
        ("127.1.2.3", 200),
        ("kit.lan:18800", 200),
        ("desk.example", 200),
        ("evil.example", 421),
        ("evil.example:18800", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example", 421),
        ("192.168.1.9", 421),
        ("[::1", 421),
        ("", 421),
    ],
)
async def test_only_our_own_host_names_are_served(host: str, status: int) -> None:
    async with serving(NAMED) as served, served.http.get(served.url, headers={"Host": host}) as response:
        assert response.status == status


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:3000", "file://", ""])
async def test_a_page_of_another_origin_gets_403_before_the_upgrade(origin: str) -> None:
    async with serving(NAMED) as served:
        with pytest.raises(WSServerHandshakeError) as refused:
            await served.stranger(headers={"Origin": origin})
        assert refused.value.status == 403


async def test_a_configured_origin_and_our_own_page_may_upgrade() -> None:
    async with serving(NAMED) as served:
        own = f"http://127.0.0.1:{served.edge.port}"
        for origin in ("https://desk.example", own):
            caller = await served.stranger(headers={"Origin": origin})
            assert (await caller.connect())["ok"] is True


async def test_a_plain_get_says_how_to_connect() -> None:
    async with serving() as served, served.http.get(served.url) as response:
        assert response.status == 200
        assert '"method":"connect"' in await response.text()


async def test_a_token_in_the_address_is_warned_about_and_not_written_down() -> None:
    async with serving() as served:
        with capture_logs() as logged:
            async with served.http.get(served.url + "?token=hunter2"):
                pass
        assert logged[0]["log_level"] == "warning"
        assert "hunter2" not in str(logged)
