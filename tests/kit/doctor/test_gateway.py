"""What is told of a gateway, by what it answers."""

import asyncio
import socket
from pathlib import Path

import pytest
from msgspec.structs import replace

from kit.doctor.checks import exchanges
from kit.doctor.checks.gateway import condition, load, versions
from kit.doctor.report import Line
from kit.doctor.scene import Scene
from kit.doctor.visit import Visit, visit
from kit.version import kit_version
from kit.wire.frames import ErrorBody
from kit.wire.system import ExchangeHealth
from tests.kit.client.documents import health, hello, status
from tests.kit.client.scripted import ScriptedGateway, scripted_gateway
from tests.kit.doctor.scenes import examine, scene, shown

PONG = {"pong": True, "timestamp": "2026-03-01T12:00:00+00:00"}
VISIT = Visit(
    hello=replace(hello(), version=kit_version()),
    status=replace(status(), version=kit_version()),
    round_trip_s=0.001,
    ahead_s=0.0,
)


async def looked(gateway: ScriptedGateway, data_dir: Path, name: str = "gateway") -> list[Line]:
    return await asyncio.to_thread(examine, scene(data_dir, url=gateway.url, token="a-token-of-mine"), name)


async def test_a_gateway_that_answers_is_told_with_its_version_and_pace(tmp_path: Path) -> None:
    async with scripted_gateway() as gateway:
        gateway.hello = replace(hello(), version=kit_version())
        gateway.plan("ping", PONG)
        gateway.plan("status", status())
        (line,) = await looked(gateway, tmp_path)
        assert gateway.requests("connect")[0].params["auth"] == {"token": "a-token-of-mine"}
    assert line.level == "ok"
    assert line.detail.startswith(f"0.1.0 at {gateway.url}, up for 60 minutes, answers in ")
    assert line.detail.endswith("your role: full; other clients: 1")


@pytest.mark.parametrize(
    ("refusal", "detail", "advice"),
    [
        (
            ErrorBody("AUTH_FAILED", "the token is missing or wrong", retryable=False),
            "refuses the token: the token is missing or wrong",
            "give the right token with --token-file, or KIT_GATEWAY_TOKEN_FILE",
        ),
        (
            ErrorBody("INVALID_REQUEST", "1 to 1 leaves out 2", retryable=False, details={"protocol": 2}),
            "the gateway speaks protocol 2, and kit 1",
            "install the same version of kit on both sides, and start the gateway again",
        ),
        (
            ErrorBody("RATE_LIMITED", "50 clients are connected already", retryable=True),
            "has no room: 50 clients are connected already",
            "end clients that are not needed, or raise KIT_GATEWAY_MAX_CONNECTIONS",
        ),
    ],
)
async def test_a_refusal_is_a_problem_that_says_what_to_do(
    tmp_path: Path, refusal: ErrorBody, detail: str, advice: str
) -> None:
    async with scripted_gateway() as gateway:
        gateway.hello = refusal
        (line,) = await looked(gateway, tmp_path)
    assert (line.level, line.advice) == ("problem", advice)
    assert detail in line.detail
    assert "a-token-of-mine" not in line.detail


async def test_the_clock_and_the_exchanges_are_asked_of_the_same_gateway(tmp_path: Path) -> None:
    async with scripted_gateway() as gateway:
        gateway.hello = hello(simulated=True)
        gateway.plan("ping", PONG)
        gateway.plan("status", status())
        (clock,) = await looked(gateway, tmp_path, "clock")
        (exchange,) = await looked(gateway, tmp_path, "exchanges")
    assert clock.level == "warning"
    assert "behind this machine's" in clock.detail
    assert (exchange.level, exchange.detail) == ("ok", "paper answers in 1.5 ms: paper money, simulated prices")


async def test_a_port_that_takes_and_never_answers_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"ws://127.0.0.1:{silent.getsockname()[1]}"
        found = await asyncio.to_thread(visit, url, None, 0.2)
    assert str(found) == f"no gateway answers at {url}: no answer within 0.2 s"


def test_without_a_gateway_it_depends_on_whether_there_was_one(tmp_path: Path) -> None:
    (fresh,) = examine(scene(tmp_path), "gateway")
    assert (fresh.level, fresh.detail) == ("ok", "nothing here yet: start a gateway with: kit gateway")
    (named,) = examine(scene(tmp_path, url="ws://127.0.0.1:1"), "gateway")
    assert named.level == "problem"
    (tmp_path / "ledger.sqlite").touch()
    (stopped,) = examine(scene(tmp_path), "gateway")
    assert (stopped.level, stopped.advice) == ("warning", "start it with: kit gateway")


def test_a_file_that_moves_the_gateway_where_kit_does_not_look_is_warned_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("kit.toml").write_text("[gateway]\nport = 2\n")
    (found, _) = examine(Scene({"KIT_DATA_DIR": str(tmp_path)}), "gateway")
    assert found.level == "warning"
    assert found.advice == "set KIT_GATEWAY_URL=ws://127.0.0.1:2: kit's commands do not read the gateway's file"


def test_other_versions_and_protocols_are_told() -> None:
    assert list(versions(VISIT)) == []
    older = replace(VISIT, hello=replace(VISIT.hello, version="0.0.1"))
    assert shown(versions(older)) == [("warning", f"the gateway is version 0.0.1, and kit {kit_version()}")]
    foreign = replace(VISIT, hello=replace(VISIT.hello, protocol=0))
    assert shown(versions(foreign)) == [("problem", "the gateway speaks protocol 0, and kit 1")]


def test_what_the_gateway_says_of_itself_is_passed_on() -> None:
    ill = replace(health(), ok=False, problems=("exchange paper does not answer",), warnings=("no token is set",))
    snapshot = replace(VISIT.hello.snapshot, health=ill)
    told = shown(condition(replace(VISIT, hello=replace(VISIT.hello, snapshot=snapshot))))
    assert told == [("problem", "exchange paper does not answer"), ("warning", "no token is set")]


def test_a_gateway_that_is_nearly_full_or_slow_is_warned_about() -> None:
    busy = replace(VISIT, status=replace(status(), clients=41), round_trip_s=0.75)
    assert shown(load(busy, 50)) == [
        ("warning", "41 of at most 50 clients are connected"),
        ("warning", "the gateway takes 0.75 s to answer"),
    ]
    assert list(load(VISIT, 50)) == []


@pytest.mark.parametrize(
    ("exchange", "expected"),
    [
        (ExchangeHealth(connected=False, latency=None), ("problem", "x does not answer")),
        (ExchangeHealth(connected=True, latency=2_500.0), ("warning", "x takes 2500 ms to answer")),
        (ExchangeHealth(connected=True, latency=1.5), ("ok", "x answers in 1.5 ms: real money")),
        (
            ExchangeHealth(connected=True, latency=0.0, paper=True),
            ("ok", "x answers in 0 ms: paper money, given prices"),
        ),
    ],
)
def test_an_exchange_is_told_by_how_it_answers(exchange: ExchangeHealth, expected: tuple[str, str]) -> None:
    assert shown(exchanges.findings({"x": exchange})) == [expected]
