"""Starting and stopping the process, as whoever runs it sees it."""

import asyncio
import socket
from pathlib import Path

import pytest

from domain.events import Entry
from domain.events.funds import AccountOpened
from kit.log.keys import keys_of
from kit.log.opening import open_log
from tests.e2e.gateway import PAGE_PRICES, Gateway, refused_start, running
from tests.kit.log.entries import MAIN, deposit, deposits, stamp
from tests.kit.log.vandalism import vandalise


async def test_a_stopping_gateway_tells_its_clients_and_exits_with_0(tmp_path: Path) -> None:
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            gateway.tell_to_stop()
            shutdown = await client.event("shutdown")
            assert shutdown["reason"]
            assert await client.closed() == 1001
        assert await asyncio.to_thread(gateway.ended) == 0


async def test_what_was_taken_before_the_stop_is_finished_and_answered(tmp_path: Path) -> None:
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            buy = {"action": "buy", "pair": "BTC/USDT", "type": "market", "amount": 50}
            keys = {await client.send("trade.execute", **buy, clientOrderId=f"key-{n}"): f"key-{n}" for n in range(100)}
            await client.event("trade:executed")
            gateway.tell_to_stop()
            assert await client.closed() == 1001
            answers = {key: answer for id_, key in keys.items() if (answer := client.answered(id_)) is not None}
            assert any(frame["event"] == "shutdown" for frame in client.events)
        assert await asyncio.to_thread(gateway.ended) == 0
    refused = [answer["error"] for answer in answers.values() if not answer["ok"]]
    assert {(error["code"], error["retryable"]) for error in refused} <= {("INTERNAL_ERROR", True)}
    assert {error["details"]["outcome"] for error in refused} <= {"none"}
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        async with await gateway.client() as client:
            orders = (await client.ok("order.list", limit=1_000))["orders"]
    assert {order["clientOrderId"] for order in orders} == {key for key, answer in answers.items() if answer["ok"]}
    assert {order["status"] for order in orders} == {"filled"}


async def test_a_second_gateway_on_the_same_ledger_names_the_first_and_leaves_it_alone(gateway: Gateway) -> None:
    second = await asyncio.to_thread(refused_start, gateway.data_dir, **PAGE_PRICES)
    assert second.returncode == 75
    assert str(gateway.process.pid) in second.stderr
    async with await gateway.client() as client:
        assert (await client.ok("health"))["ok"] is True


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"KIT_GATEWAY_HOST": "0.0.0.0"}, "KIT_GATEWAY_TOKEN"),
        ({"KIT_GATEWAY_HOST": "0.0.0.0", "KIT_GATEWAY_TOKEN": "short"}, "KIT_GATEWAY_TOKEN"),
        ({"KIT_GATEWAY_PORT": "http"}, "KIT_GATEWAY_PORT"),
        ({"KIT_MARKET": "fixed", "KIT_PRICES": "BTC/USDT=free"}, "KIT_PRICES"),
        ({"KIT_MARKET": "replay", "KIT_REPLAY": "BTC/USDT=/nowhere/at/all.csv"}, "/nowhere/at/all.csv"),
    ],
)
def test_a_wrong_setting_is_named_and_ends_with_78(tmp_path: Path, variables: dict[str, str], named: str) -> None:
    ended = refused_start(tmp_path / "data", **variables)
    assert ended.returncode == 78
    assert named in ended.stderr
    assert "Traceback" not in ended.stderr


async def test_a_taken_port_is_said_and_ends_with_69(gateway: Gateway, tmp_path: Path) -> None:
    ended = await asyncio.to_thread(refused_start, tmp_path / "data", KIT_GATEWAY_PORT=str(gateway.port))
    assert ended.returncode == 69
    assert str(gateway.port) in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_log_damaged_beyond_the_rows_that_every_start_decodes_is_named_and_ends_with_69(tmp_path: Path) -> None:
    ledger = open_log(tmp_path / "data")
    opened = AccountOpened(account="main", exchange="paper", paper=True)
    first = Entry(MAIN, 1, stamp(), opened)
    ledger.commit([first, *deposits(2, 1_600)], list(keys_of([deposit(2, key="k-1")])))
    ledger.close()
    vandalise(tmp_path / "data", "UPDATE stored_events SET topic = 'Nonsense' WHERE rowid = 2")
    refused = refused_start(tmp_path / "data")
    assert refused.returncode == 69
    assert "log is damaged at position 2" in refused.stderr


def test_a_gateway_that_cannot_have_its_port_leaves_no_line_in_the_log(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = refused_start(tmp_path / "data", KIT_GATEWAY_PORT=str(taken.getsockname()[1]))
    assert refused.returncode == 69
    ledger = open_log(tmp_path / "data")
    assert ledger.head() == 0
    ledger.close()


async def test_the_first_gateway_on_a_fresh_machine_has_paper_money_on_a_simulated_market(tmp_path: Path) -> None:
    with running(tmp_path / "data") as gateway:
        async with await gateway.client() as client:
            snapshot = await client.ok("portfolio.snapshot")
            order = await client.ok("trade.execute", action="buy", pair="BTC/USDT", type="market", amount=100)
            price = await client.ok("market.data", action="price", pair="BTC/USDT")
    assert snapshot["totalValueUsd"] == 10_000
    assert snapshot["simulated"] is True
    assert order["status"] == "filled"
    assert price["simulated"] is True
