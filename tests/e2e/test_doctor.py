"""``kit doctor`` beside a real gateway, without one, and where everything is broken."""

import asyncio
import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from tests.e2e.gateway import PAGE_PRICES, Gateway, environment, running
from tests.e2e.test_full_disk import make_room

DOCTOR: Final = (sys.executable, "-c", "from kit.cli.main import main; main()")
CHECKS: Final = [
    *("settings", "secrets", "directory", "space", "lock", "log", "clock", "gateway", "exchanges", "versions"),
    *("dependencies", "terminal"),
]


def examined(data_dir: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """``kit doctor`` as whoever runs the gateway would call it."""
    before, after = ([], list(words)) if not words or words[0] != "--url" else (list(words[:2]), list(words[2:]))
    return subprocess.run(
        [*DOCTOR, *before, "doctor", *after],
        env=environment(data_dir, **variables),
        cwd=data_dir.parent,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


async def report(data_dir: Path, *words: str, **variables: str) -> dict[str, Any]:
    """The document of ``--json``, whose verdict the exit code repeats."""
    done = await asyncio.to_thread(examined, data_dir, *words, "--json", **variables)
    assert "Traceback" not in done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (0 if found["ok"] else 1)
    assert list(dict.fromkeys(line["check"] for line in found["findings"])) == CHECKS
    return found


def of(found: dict[str, Any], check: str, level: str) -> list[str]:
    return [line["detail"] for line in found["findings"] if (line["check"], line["level"]) == (check, level)]


def problems(found: dict[str, Any]) -> list[str]:
    return [line["check"] for line in found["findings"] if line["level"] == "problem"]


def contents(gateway: Gateway) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in gateway.data_dir.iterdir() if not file.name.endswith("-shm")}


def test_a_fresh_machine_has_no_problem_and_nothing_is_made_on_it(tmp_path: Path) -> None:
    found = asyncio.run(report(tmp_path / "data", KIT_GATEWAY_PORT="1"))
    assert problems(found) == []
    assert "nothing here yet" in of(found, "gateway", "ok")[0]
    assert list(tmp_path.iterdir()) == []


async def test_a_running_gateway_is_well_and_its_ledger_stays_as_it_is(tmp_path: Path) -> None:
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            await client.ok("account.deposit", asset="USDT", amount=1)
        before = contents(gateway)
        found = await report(gateway.data_dir, "--url", gateway.url, "--full")
        after = contents(gateway)
        # The gateway itself may have written in between, which it does at the end of this file.
        assert all(content.startswith(before[name]) for name, content in after.items())
        async with await gateway.client() as client:
            await client.ok("account.deposit", asset="USDT", amount=1)
    assert problems(found) == []
    assert f"pid {gateway.process.pid} on " in of(found, "lock", "ok")[0]
    assert "all read and whole" in of(found, "log", "ok")[0]
    assert gateway.url in of(found, "gateway", "ok")[0]
    assert of(found, "gateway", "warning") == ["no token is set: every program on this machine may trade"]


async def test_a_gateway_that_was_killed_leaves_a_ledger_that_is_well(tmp_path: Path) -> None:
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        gateway.kill()
    found = await report(tmp_path / "data", KIT_GATEWAY_PORT="1")
    assert problems(found) == []
    assert of(found, "lock", "ok")[0].startswith(f"nobody has the ledger; pid {gateway.process.pid} ")
    assert of(found, "gateway", "warning") == ["no gateway answers at ws://127.0.0.1:1: connection refused"]


async def test_a_gateway_that_is_looked_for_at_the_wrong_port_is_a_problem(tmp_path: Path) -> None:
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        found = await report(gateway.data_dir, KIT_GATEWAY_PORT="1")
    assert problems(found) == ["gateway"]
    assert f"pid {gateway.process.pid} has the ledger" in of(found, "gateway", "problem")[0]


async def test_a_gateway_with_another_ledger_is_told(gateway: Gateway, tmp_path: Path) -> None:
    found = await report(tmp_path / "data", "--url", gateway.url)
    assert f"the gateway at {gateway.url} has another ledger" in of(found, "lock", "warning")[0]


async def test_a_wrong_token_is_a_problem_and_the_right_one_is_not_shown(tmp_path: Path) -> None:
    token = {"KIT_GATEWAY_TOKEN": "the-right-token-of-ours"}
    with running(tmp_path / "data", **PAGE_PRICES, **token) as gateway:
        wrong = await report(gateway.data_dir, "--url", gateway.url, KIT_GATEWAY_TOKEN="a-wrong-token-of-mine")
        right = await report(gateway.data_dir, "--url", gateway.url, **token)
    assert problems(wrong) == ["gateway"]
    assert problems(right) == []
    for found in (wrong, right):
        assert "token-of" not in json.dumps(found)


async def test_a_full_disk_is_a_problem_that_the_gateway_itself_tells(tmp_path: Path) -> None:
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            # No room at all: not even what was written before can be written over.
            resource.prlimit(gateway.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
            await client.error("account.deposit", asset="USDT", amount=1)
            found = await report(gateway.data_dir, "--url", gateway.url)
        make_room(gateway)
    assert problems(found) == ["gateway"]
    assert "the ledger cannot be written" in of(found, "gateway", "problem")[0]
    assert "read and whole" in of(found, "log", "ok")[0]


async def test_where_everything_is_broken_everything_is_told(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir(mode=0o777)
    data_dir.chmod(0o777)
    (data_dir / "ledger.sqlite").write_text("this is no database")
    (data_dir / "kit.lock").write_text("and this no lock")
    broken = {"KIT_CONFIG": "nowhere.toml", "KIT_GATEWAY_TOKEN_FILE": "missing", "KIT_GATEWAY_PORT": "http"}
    found = await report(data_dir, "--url", "ws://127.0.0.1:1", **broken)
    assert set(problems(found)) == {"settings", "directory", "log", "gateway"}
    assert len(of(found, "settings", "problem")) == 3


def test_on_a_terminal_every_check_is_a_line_and_every_fault_says_what_to_do(tmp_path: Path) -> None:
    done = examined(tmp_path / "data", KIT_GATEWAY_PORT="1", KIT_LOG_LEVEL="loud")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0] == "settings       problem  KIT_LOG_LEVEL is 'loud': must be one of debug, info, warning, error"
    assert lines[1].strip() == "→ mend it: the gateway does not start like this (docs/configuration.md)"
    assert list(dict.fromkeys(line.split()[0] for line in lines[:-1] if line[0] != " ")) == CHECKS
    assert lines[-1].startswith("Not fit to trade on. Problems: 1, warnings: ")


def test_a_terminal_that_cannot_show_an_arrow_is_no_hindrance(tmp_path: Path) -> None:
    done = examined(tmp_path / "data", KIT_GATEWAY_PORT="1", KIT_LOG_LEVEL="loud", PYTHONIOENCODING="latin-1")
    assert done.returncode == 1
    assert r"\u2192 mend it" in done.stdout
