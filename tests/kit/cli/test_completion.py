"""The shell completes commands, options, choices and what the running gateway knows; it is never kept waiting."""

import asyncio
import shutil
import socket
import sys
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from kit.wire.frames import ErrorBody
from kit.wire.orders import OrderPage
from kit.wire.portfolio import Account, Accounts, Balances, Positions
from tests.kit.cli.command_line import run_at
from tests.kit.client.documents import NOON, asset, order
from tests.kit.client.scripted import SILENCE, ScriptedGateway

NOWHERE: Final = "ws://127.0.0.1:1"
# What bash does when the tab key is pressed behind the last of the words.
PRESS_TAB: Final = """
eval "$(kit completion bash)"
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_kit_completion kit
[ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
"""


class Offered(NamedTuple):
    words: list[str]
    complaints: str


@pytest.fixture
def kit_on_path(tmp_path: Path) -> Path:
    """A folder with a program ``kit``, as an installation has one."""
    program = tmp_path / "kit"
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'from kit.cli.main import main; main()' \"$@\"\n")
    program.chmod(0o755)
    return tmp_path


async def tab(folder: Path, url: str, *typed: str) -> Offered:
    """What a real bash offers once ``typed`` stands there, the last word unfinished."""
    process = await asyncio.create_subprocess_exec(
        *("bash", "--norc", "--noprofile", "-c", PRESS_TAB, "bash", "kit", *typed),
        env={"PATH": f"{folder}:/usr/bin:/bin", "KIT_GATEWAY_URL": url, "PYTHONPATH": ":".join(sys.path)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return Offered(out.decode().split(), err.decode())


needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")


@needs_bash
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (("or",), ["orders", "order"]),
        (("market", "t"), ["ticker", "trades"]),
        (("help", "market", "p"), ["price"]),
        (("completion", ""), ["bash", "zsh", "fish"]),
        (("orders", "--status", "p"), ["pending", "partial"]),
        (("buy", "--st"), ["--stop", "--stop-loss"]),
        (("--tok",), ["--token", "--token-file"]),
    ],
)
async def test_bash_completes_commands_options_and_choices_without_a_gateway(
    kit_on_path: Path, typed: tuple[str, ...], offered: list[str]
) -> None:
    assert await tab(kit_on_path, NOWHERE, *typed) == Offered(offered, "")


@pytest.fixture
def known(gateway: ScriptedGateway) -> ScriptedGateway:
    """A gateway that knows two orders, two assets and two accounts."""
    orders = [order(order_id="o-2", pair="ETH/USDT"), order(order_id="o-1"), order(order_id="p-1")]
    gateway.plan("order.list", OrderPage(orders=orders))
    gateway.plan("portfolio.snapshot", Positions(positions=[], timestamp=NOON, state_version=7))
    accounts = [Account(account=name, exchange="paper", paper=True) for name in ("main", "second")]
    gateway.plan("account.list", Accounts(accounts=accounts))
    return gateway


@needs_bash
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (("order", "o-"), ["o-2", "o-1"]),
        (("buy", ""), ["ETH/USDT", "BTC/USDT"]),
        (("orders", "--pair", "E"), ["ETH/USDT"]),
        (("orders", "--account", "s"), ["second"]),
        (("sell", "BTC/USDT", "--exchange", ""), ["paper"]),
    ],
)
async def test_bash_completes_what_the_gateway_knows(
    kit_on_path: Path, known: ScriptedGateway, typed: tuple[str, ...], offered: list[str]
) -> None:
    assert await tab(kit_on_path, known.url, *typed) == Offered(offered, "")


@needs_bash
async def test_only_open_orders_are_offered_for_cancelling(kit_on_path: Path, known: ScriptedGateway) -> None:
    await tab(kit_on_path, known.url, "cancel", "")
    assert [asked.params["status"] for asked in known.requests("order.list")] == ["open"]


@needs_bash
async def test_assets_are_those_that_are_held(kit_on_path: Path, known: ScriptedGateway) -> None:
    known.plan("portfolio.snapshot", Balances(assets=[asset()], timestamp=NOON, state_version=7))
    assert await tab(kit_on_path, known.url, "deposit", "U") == Offered(["USDT"], "")


@needs_bash
async def test_where_nobody_answers_nothing_is_offered_and_nothing_said(kit_on_path: Path) -> None:
    assert await tab(kit_on_path, NOWHERE, "order", "") == Offered([], "")


@needs_bash
async def test_a_gateway_that_hangs_is_asked_once_and_keeps_nobody_waiting(
    kit_on_path: Path, known: ScriptedGateway
) -> None:
    known.plan("order.list", SILENCE)
    assert await tab(kit_on_path, known.url, "order", "") == Offered([], "")
    assert len(known.requests("connect")) == 1


@needs_bash
async def test_what_accepts_a_connection_and_says_nothing_keeps_nobody_waiting(kit_on_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert await tab(kit_on_path, f"ws://127.0.0.1:{port}", "order", "") == Offered([], "")


@needs_bash
async def test_a_gateway_that_refuses_is_not_complained_about(kit_on_path: Path, known: ScriptedGateway) -> None:
    known.hello = ErrorBody("AUTH_FAILED", "the token is missing or wrong", retryable=False)
    assert await tab(kit_on_path, known.url, "order", "") == Offered([], "")


@needs_bash
@pytest.mark.parametrize("file", ["missing", "binary"])
async def test_a_token_file_that_cannot_be_read_is_not_complained_about(
    kit_on_path: Path, known: ScriptedGateway, file: str
) -> None:
    (kit_on_path / "binary").write_bytes(b"\xff\xfe")
    typed = ("--token-file", str(kit_on_path / file), "order", "x")
    assert await tab(kit_on_path, known.url, *typed) == Offered([], "")


@pytest.mark.parametrize(
    ("shell", "mark"), [("bash", "complete -o nosort -F"), ("zsh", "#compdef kit"), ("fish", "complete --no-files")]
)
async def test_there_is_a_script_for_each_shell_that_asks_kit_itself(shell: str, mark: str) -> None:
    done = await run_at(NOWHERE, "completion", shell)
    assert (done.code, done.err) == (0, "")
    assert mark in done.out
    assert f"_KIT_COMPLETE={shell}_complete" in done.out


async def test_there_is_no_script_for_another_shell() -> None:
    assert (await run_at(NOWHERE, "completion", "tcsh")).code == 2
