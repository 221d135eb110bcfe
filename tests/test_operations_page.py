"""docs/operations.md says what is so: what a start says, how it ends, and that a backup made so is one."""

import asyncio
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from kit.gateway.answer_log import SLOW_S
from kit.gateway.limits import Limits
from kit.gateway.main import EXIT_CONFIGURATION, EXIT_IN_USE, EXIT_OK, EXIT_UNAVAILABLE, EXIT_UNKNOWN_OUTCOME
from kit.log.log import CHECKED_ROWS
from kit.log.opening import LOCK_TIMEOUT_S
from kit.settings import documented
from kit.trading.background import PAUSE_FIRST_S, PAUSE_MAX_S, STEADY_S
from kit.version import kit_version
from tests.e2e.gateway import PAGE_PRICES, Gateway, refused_start, running
from tests.e2e.stranger import Stranger
from tests.test_docs import ROOT, blocks

PAGE: Final = ROOT / "docs" / "operations.md"
SECTION: Final = re.compile(r"^## Backup and restore\n(.*?)^## ", re.DOTALL | re.MULTILINE)
SQLITE, PYTHON, CHECK, FOLDER, COPY, START = range(6)


def commands() -> list[str]:
    """What a reader is told to type about backups, in that order."""
    found = SECTION.search(PAGE.read_text("utf-8"))
    assert found is not None
    return [line.removeprefix("$ ") for line in found[1].splitlines() if line.startswith("$ ")]


def typed(command: str, folder: Path) -> str:
    """Type the command as it stands, ``python3`` being this Python; returns what it prints."""
    literally = re.sub(r"^python3\b", shlex.quote(sys.executable), command)
    done = subprocess.run(literally, shell=True, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def deposit_until(ended: asyncio.Event, client: Stranger) -> int:
    """Deposit one after another; returns how many were acknowledged."""
    taken = 0
    while not ended.is_set():
        await client.ok("account.deposit", asset="USDT", amount=1)
        taken += 1
    return taken


async def copied_at_work(gateway: Gateway, backup: str) -> tuple[int, int]:
    """Make the backup while a client trades; returns the balance before it began, and after it had ended."""
    async with await gateway.client() as client, await gateway.client() as other:
        before, ended = await balance(client), asyncio.Event()
        working = asyncio.create_task(deposit_until(ended, other))
        await asyncio.to_thread(typed, backup, gateway.data_dir.parent)
        ended.set()
        assert await working > 0
        return before, await balance(client)


async def balance(client: Stranger) -> int:
    total: int = (await client.ok("portfolio.snapshot", action="balance"))["assets"][0]["total"]
    return total


@pytest.mark.parametrize("way", [SQLITE, PYTHON], ids=["sqlite3", "python"])
async def test_a_backup_made_while_the_gateway_works_is_checked_and_restored_as_the_page_says(
    tmp_path: Path, way: int
) -> None:
    lines = commands()
    assert len(lines) == 6
    if way == SQLITE and shutil.which("sqlite3") is None:
        pytest.skip("there is no sqlite3 here")
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        before, after = await copied_at_work(gateway, lines[way])
    if shutil.which("sqlite3") is not None:
        verdict, last = typed(lines[CHECK], tmp_path).split()
        assert verdict == "ok"
        assert int(last) > 0
    typed(lines[FOLDER], tmp_path)
    typed(lines[COPY], tmp_path)
    assert lines[START] == "kit gateway --data-dir restored"
    with closing(sqlite3.connect(tmp_path / "backup.sqlite")) as backup:
        (position,) = backup.execute("SELECT max(rowid) FROM stored_events").fetchone()
    with running(tmp_path / "restored", **PAGE_PRICES) as restored:
        async with await restored.client(resumeFrom=position) as client:
            assert before <= await balance(client) <= after
            await client.ok("account.deposit", asset="USDT", amount=1)
        async with await restored.stranger() as late:
            error = await late.error("connect", client={"id": "me", "version": "1"}, resumeFrom=position + 100_000)
    assert error["code"] == "INVALID_REQUEST"


async def test_a_key_that_is_newer_than_the_backup_is_carried_out_again_after_the_restore(tmp_path: Path) -> None:
    deposit = {"asset": "USDT", "amount": 5, "idempotencyKey": "after-the-backup"}
    lines = commands()
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            await asyncio.to_thread(typed, lines[PYTHON], tmp_path)
            assert "duplicate" not in await client.ok("account.deposit", **deposit)
            assert (await client.ok("account.deposit", **deposit))["duplicate"] is True
    typed(lines[FOLDER], tmp_path)
    typed(lines[COPY], tmp_path)
    with running(tmp_path / "restored", **PAGE_PRICES) as restored:
        async with await restored.client() as client:
            assert "duplicate" not in await client.ok("account.deposit", **deposit)
            assert await balance(client) == 10_005


def test_a_start_greets_as_shown_and_the_exit_codes_are_those_of_the_code(tmp_path: Path) -> None:
    with running(tmp_path / "data") as gateway:
        greeting = gateway.greeting
    shown = blocks(PAGE, "console")[0].splitlines()[1:]
    changed = {"0.1.0": kit_version(), "18800": str(gateway.port), "  data": f"  {tmp_path / 'data'}"}
    for before, after in changed.items():
        shown = [line.replace(before, after) for line in shown]
    assert greeting[: len(shown) - 1] == shown[:-1]
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE.read_text("utf-8"), re.MULTILINE)}
    assert told == {EXIT_OK, EXIT_UNAVAILABLE, EXIT_UNKNOWN_OUTCOME, EXIT_IN_USE, EXIT_CONFIGURATION}


def test_the_service_sets_what_there_is_to_set_and_is_not_started_in_vain() -> None:
    (unit,) = blocks(PAGE, "ini")
    variables = re.findall(r"KIT_[A-Z_]+", unit)
    assert set(variables) <= {setting.name for setting in documented()}
    (prevented,) = re.findall(r"RestartPreventExitStatus=(.*)", unit)
    assert {int(code) for code in prevented.split()} == {EXIT_IN_USE, EXIT_CONFIGURATION}


async def test_a_log_that_is_removed_while_the_gateway_runs_ends_it_with_70_and_an_unknown_outcome(
    tmp_path: Path,
) -> None:
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            (tmp_path / "data" / "ledger.sqlite").rename(tmp_path / "elsewhere")
            error = await client.error("account.deposit", asset="USDT", amount=1)
            assert (error["code"], error["details"]["outcome"]) == ("INTERNAL_ERROR", "unknown")
        assert await asyncio.to_thread(gateway.ended) == 70
    assert "it cannot know what is in its log" in gateway.log
    refused = await asyncio.to_thread(refused_start, tmp_path / "data", **PAGE_PRICES)
    assert refused.returncode == 69
    assert "ledger.sqlite-wal is there" in refused.stderr


def test_the_numbers_on_the_page_are_those_of_the_code() -> None:
    text = " ".join(PAGE.read_text("utf-8").split())
    assert f"after {PAUSE_FIRST_S} s, then after twice as long each time, at most {PAUSE_MAX_S:.0f} s" in text
    assert STEADY_S == 5.0
    assert "once it has run for five seconds" in text
    assert f"A start checks the last {CHECKED_ROWS:,} rows" in text
    assert LOCK_TIMEOUT_S == 5
    assert "holds the write lock for more than five seconds" in text
    assert f"for at most {Limits().drain_s:.0f} seconds" in text
    assert SLOW_S == 1.0
    assert "an answer that took more than a second" in text
