"""The command line around its commands: help, tokens, exit codes, and what it costs to start."""

import subprocess
import sys
from pathlib import Path

import pytest

from kit.cli.commands.gateway import environment
from kit.cli.endpoint import Endpoint, url_from
from kit.cli.main import COMMANDS
from kit.wire.frames import ErrorBody
from tests.kit.cli.command_line import run, run_at
from tests.kit.client.documents import status
from tests.kit.client.scripted import SILENCE, ScriptedGateway


async def test_help_documents_the_exit_codes_and_every_command_has_a_help() -> None:
    shown = await run_at("ws://127.0.0.1:1", "--help")
    assert "3  no gateway reachable" in shown.out
    names = [line.split()[0] for line in shown.out.split("Commands:\n")[1].split("\n\n")[0].splitlines()]
    assert names == list(COMMANDS)
    for name in names:
        assert (await run_at("ws://127.0.0.1:1", name, "--help")).code == 0, name


async def test_without_a_gateway_it_says_how_to_start_one() -> None:
    done = await run_at("ws://127.0.0.1:1", "status")
    assert done.code == 3
    assert done.err == "No gateway at ws://127.0.0.1:1. Start one with: kit gateway\n"
    assert (
        '"message":"no gateway answers at ws://127.0.0.1:1: connection refused"'
        in (await run_at("ws://127.0.0.1:1", "status", "--json")).err
    )


async def test_what_is_no_address_is_told_how_one_begins() -> None:
    done = await run_at("127.0.0.1:18800", "status")
    assert done.code == 3
    assert done.err.startswith("No gateway at 127.0.0.1:18800 (an address begins with ws:// or wss://).")


async def test_a_sale_offers_nothing_that_would_guard_a_position() -> None:
    shown = await run_at("ws://127.0.0.1:1", "sell", "--help")
    assert [name for name in ("--risk", "--stop-loss", "--take-profit", "--trailing-stop") if name in shown.out] == []
    refused = await run_at("ws://127.0.0.1:1", "sell", "BTC/USDT")
    assert (refused.code, "Missing argument 'AMOUNT'" in refused.err) == (2, True)


async def test_a_gateway_that_does_not_answer_a_question_is_none_that_is_reachable(gateway: ScriptedGateway) -> None:
    gateway.plan("status", SILENCE)
    done = await run(gateway, "--timeout", "0.2", "status")
    assert (done.code, done.err) == (3, "No answer within 0.2 s.\n")


async def test_a_wrong_token_says_where_to_put_the_right_one(gateway: ScriptedGateway) -> None:
    gateway.hello = ErrorBody("AUTH_FAILED", "the token is missing or wrong", retryable=False)
    done = await run(gateway, "status")
    assert done.code == 1
    assert "KIT_GATEWAY_TOKEN" in done.err


async def test_a_refusal_with_json_is_one_document_on_standard_error(gateway: ScriptedGateway) -> None:
    gateway.plan("status", ErrorBody("INVALID_REQUEST", "no", retryable=False, details={"field": "x"}))
    done = await run(gateway, "status", "--json")
    assert (done.code, done.out) == (1, "")
    assert done.err == '{"code":"INVALID_REQUEST","message":"no","retryable":false,"details":{"field":"x"}}\n'


async def test_the_token_comes_from_the_option_the_variable_or_a_file(gateway: ScriptedGateway, tmp_path: Path) -> None:
    gateway.plan("status", status())
    file = tmp_path / "token"
    file.write_text("from-file\n")
    await run(gateway, "--token", "from-option", "status")
    await run(gateway, "status", KIT_GATEWAY_TOKEN="from-variable")
    await run(gateway, "status", KIT_GATEWAY_TOKEN_FILE=str(file))
    sent = [seen.params["auth"]["token"] for seen in gateway.requests("connect")]
    assert sent == ["from-option", "from-variable", "from-file"]


def test_no_text_made_of_an_endpoint_holds_its_token() -> None:
    assert "s3cret" not in repr(Endpoint("ws://127.0.0.1:1", "s3cret", 1.0))


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({}, "ws://127.0.0.1:18800"),
        ({"KIT_GATEWAY_HOST": "0.0.0.0", "KIT_GATEWAY_PORT": "19000"}, "ws://127.0.0.1:19000"),
        ({"KIT_GATEWAY_HOST": "::"}, "ws://[::1]:18800"),
        ({"KIT_GATEWAY_HOST": "ledger.example"}, "ws://ledger.example:18800"),
    ],
)
def test_the_gateway_is_looked_for_where_the_same_environment_starts_it(environ: dict[str, str], url: str) -> None:
    assert url_from(environ) == url


def test_the_options_of_gateway_override_the_environment() -> None:
    options = {"host": None, "port": 19000, "data_dir": "ledger", "speed": 60.0, "seed": 0}
    assert environment({"KIT_GATEWAY_HOST": "::1", "KIT_GATEWAY_PORT": "1"}, (), options) == {
        "KIT_GATEWAY_HOST": "::1",
        "KIT_GATEWAY_PORT": "19000",
        "KIT_DATA_DIR": "ledger",
        "KIT_REPLAY_SPEED": "60.0",
        "KIT_MARKET_SEED": "0",
    }


def test_a_recording_means_the_replay_market() -> None:
    assert environment({"KIT_MARKET": "simulated"}, ("BTC/USDT=a.csv", "ETH/USDT=b.csv"), {"market": None}) == {
        "KIT_MARKET": "replay",
        "KIT_REPLAY": "BTC/USDT=a.csv,ETH/USDT=b.csv",
    }


def test_the_help_loads_no_client_no_tables_and_no_gateway() -> None:
    program = "import sys; from kit.cli.main import kit; kit(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded & {"aiohttp", "rich", "msgspec.json", "polars", "ccxt", "kit.gateway", "kit.client.client"} == set()
