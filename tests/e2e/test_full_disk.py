"""A disk that is full, made by a limit on how large the gateway's files may grow."""

import resource
from pathlib import Path
from typing import Any

from tests.e2e.gateway import PAGE_PRICES, Gateway, running
from tests.e2e.stranger import Stranger

DEPOSIT = {"asset": "USDT", "amount": 1, "note": "n" * 900}


def leave_room(gateway: Gateway, more_bytes: int) -> None:
    """Let the files of the gateway grow by this much beyond the largest of them."""
    largest = max(path.stat().st_size for path in gateway.data_dir.rglob("*") if path.is_file())
    resource.prlimit(gateway.process.pid, resource.RLIMIT_FSIZE, (largest + more_bytes, resource.RLIM_INFINITY))


def make_room(gateway: Gateway) -> None:
    resource.prlimit(gateway.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


async def deposits_until_full(client: Stranger) -> tuple[int, dict[str, Any]]:
    """How many deposits were taken before the first that was not, and its error."""
    taken = 0
    while True:
        answer = await client.call("account.deposit", **DEPOSIT, idempotencyKey=f"deposit-{taken}")
        if not answer["ok"]:
            return taken, answer["error"]
        taken += 1


async def test_a_full_disk_is_a_retryable_error_and_the_gateway_heals_by_itself(tmp_path: Path) -> None:
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            leave_room(gateway, 100_000)
            taken, error = await deposits_until_full(client)
            assert error["code"] == "INTERNAL_ERROR"
            assert error["retryable"] is True
            assert error["details"]["outcome"] == "none"
            assert str(tmp_path) not in error["message"]
            health = await client.ok("health")
            assert health["ok"] is False
            assert health["problems"]
            assert await total(client) == 10_000 + taken
            make_room(gateway)
            healed = await client.ok("account.deposit", **DEPOSIT, idempotencyKey=f"deposit-{taken}")
            assert "duplicate" not in healed
            assert (await client.ok("health"))["ok"] is True
        gateway.kill()
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            assert await total(client) == 10_000 + taken + 1


async def total(client: Stranger) -> int:
    balance = await client.ok("portfolio.snapshot", action="balance")
    value: int = balance["assets"][0]["total"]
    return value
