"""One visit to the gateway: everything that it says of itself, over one connection, in bounded time."""

import asyncio
import time
from datetime import UTC, datetime
from statistics import median
from typing import Final

from msgspec import Struct

from kit.client.client import KitClient
from kit.client.errors import GatewayUnreachable, KitError
from kit.wire.system import Health, Hello, Status

VISIT_S: Final = 5.0
PINGS: Final = 3


class Answered(Struct, frozen=True):
    """A ping: its round trip, and how far the gateway's clock is ahead of ours, give or take half of that."""

    round_trip_s: float
    ahead_s: float


class Visit(Struct, frozen=True, kw_only=True):
    """What a gateway answered; ``round_trip_s`` is the median, ``ahead_s`` that of the quickest ping."""

    hello: Hello
    status: Status
    round_trip_s: float
    ahead_s: float

    @property
    def health(self) -> Health:
        return self.hello.snapshot.health


def visit(url: str, token: str | None, within_s: float = VISIT_S) -> Visit | KitError:
    """Connect, ask, leave; an error is what kept it from doing so."""
    try:
        return asyncio.run(_bounded(url, token, within_s))
    except KitError as error:
        return error


async def _bounded(url: str, token: str | None, within_s: float) -> Visit:
    try:
        async with asyncio.timeout(within_s):
            return await _asked(url, token)
    except TimeoutError:
        raise GatewayUnreachable(url, f"no answer within {within_s:g} s") from None


async def _asked(url: str, token: str | None) -> Visit:
    async with KitClient(url, token, client_id="kit-doctor", timeout_s=None, retries_max=0) as client:
        pings = [await _ping(client) for _ in range(PINGS)]
        quickest = min(pings, key=lambda ping: ping.round_trip_s)
        return Visit(
            hello=client.hello,
            status=await client.status(),
            round_trip_s=median(ping.round_trip_s for ping in pings),
            ahead_s=quickest.ahead_s,
        )


async def _ping(client: KitClient) -> Answered:
    sent, started_s = datetime.now(UTC), time.perf_counter()
    pong = await client.call("ping")
    round_trip_s = time.perf_counter() - started_s
    ahead = datetime.fromisoformat(pong["timestamp"]) - sent
    return Answered(round_trip_s, ahead.total_seconds() - round_trip_s / 2)
