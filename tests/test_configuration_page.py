"""docs/configuration.md says what is so: its examples are typed as they stand, and do what the page says."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.e2e.gateway import PAGE_PRICES, running
from tests.e2e.stranger import held
from tests.test_docs import ROOT, blocks

PAGE: Final = ROOT / "docs" / "configuration.md"
KIT: Final = f"{shlex.quote(sys.executable)} -m kit"


def commands(first: str) -> list[str]:
    """What the page tells a reader to type, in the block whose first command begins so."""
    (block,) = [block for block in blocks(PAGE, "console") if block.startswith(f"$ {first}")]
    return [line.removeprefix("$ ") for line in block.splitlines()]


def typed(command: str, folder: Path, **variables: str) -> str:
    """Type the command as it stands; returns what it prints."""
    line = command.replace("python3", shlex.quote(sys.executable))
    line = f"{KIT} {line.removeprefix('kit ')}" if line.startswith("kit ") else line
    done = subprocess.run(
        line, shell=True, cwd=folder, env=os.environ | variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


async def test_a_gateway_starts_with_the_file_shown(tmp_path: Path) -> None:
    (shown,) = blocks(PAGE, "toml")
    (tmp_path / "kit.toml").write_text(shown.replace("/etc/kit", str(tmp_path)))
    for name in ("token", "read-token"):
        (tmp_path / name).write_text(f"{name}-of-our-own\n")
    assert commands("KIT_CONFIG") == ["KIT_CONFIG=/etc/kit/kit.toml kit gateway"]
    with running(tmp_path / "data", KIT_CONFIG=str(tmp_path / "kit.toml")) as gateway:
        async with await gateway.client("token-of-our-own") as client:
            assert await held(client) == {"USDT": (10_000, 0), "BTC": (0.5, 0)}
        async with await gateway.client("read-token-of-our-own") as reader:
            assert reader.hello["role"] == "read"


def test_the_token_made_as_shown_lets_the_command_line_in(tmp_path: Path) -> None:
    making, starting, asking = commands("python3")
    typed(making, tmp_path)
    assert starting == "KIT_GATEWAY_TOKEN_FILE=token kit gateway"
    assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600
    with running(tmp_path / "data", **PAGE_PRICES, KIT_GATEWAY_TOKEN_FILE="token") as gateway:
        assert "running" in typed(asking, tmp_path, KIT_GATEWAY_URL=gateway.url)


async def test_paper_funds_count_once_and_then_the_ledger_is_changed_as_shown(tmp_path: Path) -> None:
    with running(tmp_path / "data", **PAGE_PRICES, KIT_PAPER_FUNDS="USDT=1000"):
        pass
    with running(tmp_path / "data", **PAGE_PRICES, KIT_PAPER_FUNDS="USDT=5000") as gateway:
        for command in commands("kit deposit"):
            typed(command, tmp_path, KIT_GATEWAY_URL=gateway.url)
        async with await gateway.client() as client:
            assert await held(client) == {"USDT": (1_300, 0)}
