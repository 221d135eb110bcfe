"""What an operator sees of a running gateway: its log and its metrics."""

import asyncio
import json
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from tests.e2e.gateway import PAGE_PRICES, Gateway, running

FULL = "a-full-token-of-some-length"
LOGGED = {"KIT_LOG_LEVEL": "info", "KIT_GATEWAY_TOKEN": FULL}


async def scraped(gateway: Gateway) -> dict[str, float]:
    """The metrics as a scraper reads them, by name and labels."""
    async with ClientSession() as session, session.get(f"{gateway.url}metrics") as page:
        lines = [line for line in (await page.text()).splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def entries(gateway: Gateway) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gateway.log.splitlines()]


async def test_gauges_are_as_of_the_scrape(tmp_path: Path) -> None:
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        for _ in range(3):
            async with await gateway.client() as one, await gateway.client():
                before = await scraped(gateway)
                deposit = await one.ok("account.deposit", asset="USDT", amount=1)
                after = await scraped(gateway)
            assert (before["kit_clients"], after["kit_clients"]) == (2, 2)
            assert after["kit_log_position"] == deposit["seq"]
            assert after["kit_events_total"] > before["kit_events_total"]
            while (await scraped(gateway))["kit_clients"]:  # noqa: ASYNC110 - Nobody announces it.
                await asyncio.sleep(0.01)


async def test_refusals_are_counted_under_the_method_that_was_asked_for(tmp_path: Path) -> None:
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            await client.error("trade.execute", action="beg")
            await client.error("account.withdraw", asset="USDT", amount=1_000_000)
            await client.error("no.such.method")
        found = await scraped(gateway)
    refused = {name: count for name, count in found.items() if name.startswith("kit_refusals_total")}
    assert refused == {
        'kit_refusals_total{code="INVALID_REQUEST",method="trade.execute"}': 1,
        'kit_refusals_total{code="INSUFFICIENT_FUNDS",method="account.withdraw"}': 1,
        'kit_refusals_total{code="NOT_FOUND",method="unknown"}': 1,
    }


async def test_the_log_tells_what_was_done_and_by_whom(tmp_path: Path) -> None:
    with running(tmp_path / "data", **PAGE_PRICES, **LOGGED) as gateway:
        async with await gateway.client(FULL) as client:
            await client.ok("account.deposit", asset="USDT", amount=1)
            await client.error("account.withdraw", asset="USDT", amount=1_000_000)
            for _ in range(20):
                await client.ok("ping")
            await client.ok("disconnect")
        assert await asyncio.to_thread(gateway.stop) == 0
        written = entries(gateway)
    assert [entry["event"] for entry in written] == [
        "exchange connected",
        "gateway started",
        "client connected",
        "command executed",
        "command refused",
        "client left",
        "gateway stopped",
    ]
    assert {entry["level"] for entry in written} == {"info"}
    done, refused = written[3:5]
    assert (done["method"], done["code"], refused["code"]) == ("account.deposit", "ok", "INSUFFICIENT_FUNDS")
    assert done["client"] == refused["client"] == written[2]["client"]
    assert done["request"] != refused["request"]
    assert FULL not in gateway.log
