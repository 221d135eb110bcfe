"""docs/security.md says what is so: its examples work, and what it says of an attacker holds."""

import shlex
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from kit.cli.commands.gateway import gateway as gateway_command
from kit.doctor.whole_log import read_whole
from kit.gateway.auth import DELAY_FIRST_S, DELAY_MAX_S
from kit.gateway.limits import MIB, Limits
from kit.log.errors import LogDamaged
from kit.log.files import LOG_FILE
from kit.log.keys import KeyRow
from kit.log.opening import open_log
from kit.settings.rules import TOKEN_CHARS_MIN
from tests.e2e.gateway import PAGE_PRICES, Gateway, running
from tests.e2e.stranger import Stranger
from tests.e2e.test_doctor import examined
from tests.kit.doctor.scenes import examine, levels, scene
from tests.kit.log.entries import MAIN, deposits
from tests.kit.log.vandalism import vandalise
from tests.reverse_proxy import proxied
from tests.test_docs import ROOT, blocks

PAGE: Final = ROOT / "docs" / "security.md"
TOKEN: Final = "a-token-that-may-do-everything"
NAME: Final = "kit.example.org"
ORIGIN: Final = f"https://{NAME}"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """As the page has it behind a proxy: a token in a file, and the proxy's name."""
    folder = tmp_path_factory.mktemp("security")
    (folder / "token").write_text(TOKEN)
    (folder / "token").chmod(0o600)
    variables = {"KIT_GATEWAY_TOKEN_FILE": "token", "KIT_GATEWAY_HOSTS": NAME, "KIT_LOG_LEVEL": "debug"}
    with running(folder / "data", **PAGE_PRICES, **variables) as gateway:
        yield gateway


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A closed log of 1,500 entries."""
    log = open_log(tmp_path)
    log.commit(deposits(1, 1_500), [KeyRow(MAIN, "command", "k-1", "d-1", 1)])
    log.close()
    return tmp_path


def test_the_numbers_on_the_page_are_those_of_the_code() -> None:
    text, limits = " ".join(PAGE.read_text("utf-8").split()), Limits()
    assert f"{limits.clients_max} × {limits.outbox_bytes_max // MIB} MiB" in text
    assert f"{limits.requests_per_minute} commands a minute" in text
    assert f"pings every {limits.heartbeat_s:.0f} s" in text
    assert f"after {DELAY_FIRST_S} s" in text
    assert f"at most {DELAY_MAX_S:.0f} s" in text
    assert f"{TOKEN_CHARS_MIN} characters" in text


def test_the_token_made_as_shown_opens_the_gateway_and_the_doctor_finds_no_fault(tmp_path: Path) -> None:
    making, starting, asking = (line.removeprefix("$ ") for line in blocks(PAGE, "console")[0].splitlines())
    subprocess.run(making.replace("python3", shlex.quote(sys.executable)), shell=True, check=True, cwd=tmp_path)
    assert "KIT_GATEWAY_TOKEN_FILE=token" in starting
    assert asking == "kit --token-file token doctor"
    with running(tmp_path / "data", **PAGE_PRICES, KIT_GATEWAY_TOKEN_FILE="token") as gateway:
        done = examined(gateway.data_dir, "--url", gateway.url, KIT_GATEWAY_TOKEN_FILE="token")
    assert done.returncode == 0, done.stdout
    assert "your role: full" in done.stdout
    assert "no token is set" not in done.stdout


async def test_the_nginx_configuration_hands_a_client_on_and_hides_the_pages(gateway: Gateway) -> None:
    (configuration,) = blocks(PAGE, "nginx")
    async with proxied(configuration, gateway.port) as url, ClientSession() as session:
        for headers in ({"Host": NAME}, {"Host": NAME, "Origin": ORIGIN}):
            socket = await session.ws_connect(url, headers=headers)
            async with Stranger(ClientSession(), socket) as client:
                await client.connect(TOKEN)
                assert client.hello["role"] == "full"
        for page in ("healthz", "metrics"):
            async with session.get(f"{url}{page}", headers={"Host": NAME}) as hidden:
                assert hidden.status == 404


@pytest.mark.parametrize(
    ("left_out", "headers", "status"),
    [
        ('proxy_set_header Connection "upgrade";', {"Host": NAME}, 400),
        ("proxy_set_header Upgrade $http_upgrade;", {"Host": NAME}, 200),
        ("", {"Host": "evil.example"}, 421),
        ("", {"Host": NAME, "Origin": "https://evil.example"}, 403),
        ("proxy_set_header Host $host;", {"Host": NAME, "Origin": ORIGIN}, 403),
        ("proxy_set_header Host $host;", {"Host": "evil.example"}, 101),
    ],
)
async def test_each_line_for_the_proxy_is_needed_and_the_rules_hold_behind_it(
    gateway: Gateway, left_out: str, headers: dict[str, str], status: int
) -> None:
    (configuration,) = blocks(PAGE, "nginx")
    assert left_out in configuration
    async with proxied(configuration.replace(left_out, ""), gateway.port) as url, ClientSession() as session:
        try:
            socket = await session.ws_connect(url, headers=headers)
            await socket.close()
            got = 101
        except WSServerHandshakeError as refused:
            got = refused.status
    assert got == status


async def test_no_page_can_read_an_answer_and_plain_http_changes_nothing(gateway: Gateway) -> None:
    async with ClientSession() as session:
        for page in ("", "healthz", "metrics"):
            async with session.get(f"{gateway.url}{page}") as answer:
                assert answer.status == 200
                assert not [name for name in answer.headers if name.lower().startswith("access-control")]
                assert "Set-Cookie" not in answer.headers
            for method in ("POST", "PUT", "DELETE", "OPTIONS"):
                async with session.request(method, f"{gateway.url}{page}") as answer:
                    assert answer.status == 405


def test_a_token_in_a_file_shows_neither_in_the_environment_nor_in_the_process_list(gateway: Gateway) -> None:
    process = Path("/proc") / str(gateway.process.pid)
    if not process.exists():
        pytest.skip("only Linux shows processes as files")
    assert TOKEN.encode() not in (process / "environ").read_bytes()
    assert TOKEN.encode() not in (process / "cmdline").read_bytes()
    (core,) = [line for line in (process / "limits").read_text().splitlines() if line.startswith("Max core file size")]
    assert core.split()[4:6] == ["0", "0"]


def test_the_gateway_takes_no_token_as_an_option() -> None:
    assert not [option for param in gateway_command.params for option in param.opts if "token" in option]


async def test_the_ledger_has_no_token_and_no_address_and_the_log_has_no_amount(gateway: Gateway) -> None:
    async with await gateway.client(TOKEN) as client:
        await client.ok("account.deposit", asset="USDT", amount="4711.0815", note="a note for the ledger")
    stored = b"".join(file.read_bytes() for file in sorted(gateway.data_dir.glob(f"{LOG_FILE}*")))
    assert b"a note for the ledger" in stored
    assert b"4711.0815" in stored
    assert TOKEN.encode() not in stored
    assert b"127.0.0.1" not in stored
    assert "127.0.0.1" in gateway.log
    assert "4711.0815" not in gateway.log


def test_what_the_gateway_makes_is_for_its_user_alone_whatever_the_umask(tmp_path: Path) -> None:
    making = "import os, sys; os.umask(0); from pathlib import Path; from kit.log.opening import open_log as o"
    subprocess.run([sys.executable, "-c", f"{making}; o(Path(sys.argv[1])).close()", tmp_path / "new"], check=True)
    (tmp_path / "old").mkdir()
    (tmp_path / "old").chmod(0o755)
    open_log(tmp_path / "old").close()
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "old").stat().st_mode) == 0o755
    for file in tmp_path.rglob("*/*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


@pytest.mark.parametrize(
    ("statement", "started"),
    [
        ("UPDATE stored_events SET topic = 'Nonsense' WHERE rowid = {seq}", "Nonsense"),
        ("UPDATE stored_events SET state = replace(state, '-100', '-101') WHERE rowid = {seq}", "leave -1 USDT over"),
        ("DELETE FROM stored_events WHERE rowid = {seq}", "the row is missing"),
    ],
)
def test_an_event_that_cannot_be_right_is_noticed_by_a_start_near_the_end_and_by_the_doctor_everywhere(
    data_dir: Path, statement: str, started: str
) -> None:
    vandalise(data_dir, statement.format(seq=3))
    open_log(data_dir).close()
    assert len(read_whole(data_dir / LOG_FILE, lambda _: None)) == 1
    vandalise(data_dir, statement.format(seq=1_400))
    with pytest.raises(LogDamaged, match=f"position 1400: .*{started}"):
        open_log(data_dir)


def test_the_last_events_removed_are_noticed_unless_the_count_is_set_back(data_dir: Path) -> None:
    vandalise(data_dir, "DELETE FROM stored_events WHERE rowid > 1490")
    with pytest.raises(LogDamaged, match="position 1491"):
        open_log(data_dir)
    assert "problem" in levels(examine(scene(data_dir), "log"))
    with closing(sqlite3.connect(data_dir / LOG_FILE, isolation_level=None)) as connection:
        connection.execute("UPDATE sqlite_sequence SET seq = 1490 WHERE name = 'stored_events'")
    open_log(data_dir).close()
    assert levels(examine(scene(data_dir, full=True), "log")) == ["ok"]


def test_removed_triggers_are_noticed_until_a_start_puts_them_back(data_dir: Path) -> None:
    vandalise(data_dir)
    assert levels(examine(scene(data_dir), "log")) == ["problem"] * 3
    open_log(data_dir).close()
    assert levels(examine(scene(data_dir), "log")) == ["ok"]


def test_a_change_that_decodes_and_balances_is_noticed_by_nobody_but_differs_from_the_backup(data_dir: Path) -> None:
    before = (data_dir / LOG_FILE).read_bytes()
    vandalise(data_dir, "UPDATE stored_events SET state = replace(state, '100', '900') WHERE rowid = 1400")
    open_log(data_dir).close()
    assert levels(examine(scene(data_dir, full=True), "log")) == ["ok"]
    assert (data_dir / LOG_FILE).read_bytes() != before


async def test_clients_notice_a_ledger_that_is_older_than_what_they_saw(gateway: Gateway) -> None:
    async with await gateway.stranger() as client:
        connect = {"client": {"id": "me", "version": "1"}, "auth": {"token": TOKEN}}
        error = await client.error("connect", **connect, resumeFrom=1_000_000)
    assert error["code"] == "INVALID_REQUEST"
    assert "it is not the log you knew" in error["message"]


def test_every_package_is_pinned() -> None:
    pins = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if line and not line.startswith("#")]
    assert pins
    assert all("==" in pin for pin in pins)
    for file in ("Makefile", "Dockerfile"):
        assert "constraints.txt" in (ROOT / file).read_text(), file
