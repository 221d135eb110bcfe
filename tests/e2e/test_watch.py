"""``kit watch`` on a real terminal and a real gateway, while another client trades."""

import asyncio
import json
import signal
from pathlib import Path

import pytest

from tests.e2e.gateway import PAGE_PRICES, Gateway, running
from tests.e2e.recordings import recorded, replaying
from tests.e2e.terminal import KIT, Terminal
from tests.e2e.test_watching import scraped

BUY = {"action": "buy", "pair": "BTC/USDT", "type": "market", "amount": 100}
REST = {"action": "buy", "pair": "ETH/USDT", "type": "limit", "amount": "0.5", "price": 3400}


def watching(gateway: Gateway, *words: str, width: int = 80, height: int = 24) -> Terminal:
    return Terminal("--url", gateway.url.replace("http", "ws"), "watch", *words, width=width, height=height)


async def test_what_another_client_trades_is_shown(gateway: Gateway, account: str) -> None:
    async with await gateway.client() as client, watching(gateway, "--account", account, width=120) as terminal:
        await terminal.shows("10,000.00 USD", "● connected", "BTC/USDT 67,250.00", "none open", "q quit")
        order = await client.ok("trade.execute", **REST, account=account)
        await terminal.shows("ETH/USDT buy limit 0.5", "3,400.00", "-2.86 %", "trade:placed")
        await client.ok("trade.execute", **BUY, account=account)
        shown = await terminal.shows("0.00148698", "trade:executed", "position:opened", "BTC 0.00148698")
        assert "0.00 USDT" in shown  # The position stands where it was bought.
        await client.ok("order.cancel", orderId=order["orderId"], account=account)
        await terminal.shows("trade:cancelled buy 0.5 ETH/USDT, limit at 3,400.00: cancelled on request")
        await terminal.until(lambda text: text.count("none open") == 1)
        snapshot = await client.ok("portfolio.snapshot", account=account)
        await terminal.shows(f"{snapshot['totalValueUsd']:,.2f} USD", f"seq {snapshot['stateVersion']:,}")


async def test_keys_choose_scroll_pause_and_end_and_leave_the_terminal_as_it_was(
    gateway: Gateway, account: str
) -> None:
    async with watching(gateway, "--account", account) as terminal:
        await terminal.shows("1 Prices", "6 Events", "10,000.00 USD")
        terminal.press("2")
        await terminal.until(lambda text: "2 Portfolio" in text and "1 Prices" not in text)
        terminal.press("\t")
        await terminal.until(lambda text: "3 Positions" in text and "2 Portfolio" not in text)
        terminal.press("0?")
        await terminal.shows("this help", "Nothing here trades")
        terminal.press("xp")
        await terminal.shows("1 Prices", "paused at")
        terminal.press("pq")
        assert await terminal.ended() == 0
        assert terminal.is_as_it_was


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_signals_end_it_well(gateway: Gateway, ending: signal.Signals) -> None:
    async with watching(gateway) as terminal:
        await terminal.shows("● connected")
        terminal.send(ending)
        assert await terminal.ended() == 0
        assert terminal.is_as_it_was


async def test_ctrl_c_ends_it_well(gateway: Gateway) -> None:
    async with watching(gateway) as terminal:
        await terminal.shows("● connected")
        terminal.press("\x03")
        assert await terminal.ended() == 0
        assert terminal.is_as_it_was


async def test_a_resized_window_is_drawn_anew(gateway: Gateway, account: str) -> None:
    async with watching(gateway, "--account", account) as terminal:
        await terminal.shows("6 Events", "10,000.00 USD")
        terminal.resize(40, 10)
        await terminal.until(lambda text: "2 Portfolio" in text and "6 Events" not in text and "q quit" in text)
        terminal.resize(160, 40)
        await terminal.shows("6 Events", "Locked", "Exchange")
        terminal.resize(5, 2)
        terminal.resize(80, 24)
        await terminal.shows("6 Events", "1 Prices")


async def test_while_the_gateway_is_away_nothing_looks_live_and_then_all_is_as_it_is(tmp_path: Path) -> None:
    data_dir, port = tmp_path / "data", {}
    with running(data_dir, **PAGE_PRICES) as first:
        port = {"KIT_GATEWAY_PORT": str(first.port)}
        async with await first.client() as client:
            await client.ok("trade.execute", **REST)
        async with watching(first) as terminal:
            await terminal.shows("● connected", "ETH/USDT buy limit", "3,500.00")
            first.kill()
            lost = await terminal.shows("○ reconnecting", "1 Prices as of", "4 Orders as of")
            assert "ETH/USDT buy limit" in lost
            with running(data_dir, **PAGE_PRICES, **port) as second:
                async with await second.client() as client:
                    await client.ok("order.cancelAll")
                    await client.ok("trade.execute", **BUY)
                await terminal.shows("● connected", "trade:executed", "0.00148698")
                await terminal.until(lambda text: "as of" not in text and "ETH/USDT buy limit" not in text)
                terminal.press("q")
                assert await terminal.ended() == 0


async def test_without_a_gateway_it_says_how_to_start_one_and_leaves_the_terminal_alone() -> None:
    async with Terminal("--url", "ws://127.0.0.1:1", "watch") as terminal:
        assert await terminal.ended() == 3
        assert terminal.text.startswith("No gateway at ws://127.0.0.1:1. Start one with: kit gateway")
        assert b"\x1b" not in terminal.written


async def test_a_pair_that_is_not_listed_ends_it_with_a_sentence(gateway: Gateway) -> None:
    async with watching(gateway, "XYZ/USDT") as terminal:
        assert await terminal.ended() == 1
        assert "Refused (NOT_FOUND): pairs: XYZ/USDT is not listed on any exchange" in " ".join(terminal.lines)
        assert terminal.is_as_it_was


async def test_it_never_asks_more_than_the_gateway_answers(tmp_path: Path) -> None:
    """Prices move twenty times a second and another client trades without a pause, at the protocol's own limits."""
    prices = recorded(tmp_path / "btc.csv", [str(60_000 + step) for step in range(100)], times=100)
    paced = {"KIT_GATEWAY_RATE_PER_SECOND": "10", "KIT_GATEWAY_RATE_PER_MINUTE": "300"}
    with running(tmp_path / "data", **replaying({"BTC/USDT": prices}, 20), **paced) as gateway:
        async with watching(gateway, "BTC/USDT") as terminal, await gateway.client() as client:
            await terminal.shows("● connected", "10,000.00 USD")
            for _ in range(40):
                answer = await client.call("trade.execute", **BUY | {"amount": 10})
                if not answer["ok"]:
                    assert answer["error"]["code"] == "RATE_LIMITED"
                    await asyncio.sleep(answer["error"]["retryAfterMs"] / 1000)
            await terminal.shows("trade:executed")
            counted = await scraped(gateway)
            terminal.press("q")
            assert await terminal.ended() == 0
    reading = {name for name in counted if "kit_refusals_total" in name and "trade.execute" not in name}
    assert reading == set()


async def test_one_look_is_one_screen(gateway: Gateway, account: str) -> None:
    url = gateway.url.replace("http", "ws")
    looked = await asyncio.create_subprocess_exec(
        *(*KIT, "--url", url, "watch", "--once", "--account", account), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await looked.communicate()
    assert looked.returncode == 0
    assert "10,000.00 USD" in out.decode()
    assert "67,250.00" in out.decode()
    assert "\x1b" not in out.decode()


@pytest.mark.parametrize("words", [(), ("--json",)], ids=["plain", "json"])
async def test_a_pipe_gets_a_line_for_each_event(gateway: Gateway, account: str, words: tuple[str, ...]) -> None:
    url = gateway.url.replace("http", "ws")
    watch = await asyncio.create_subprocess_exec(
        *(*KIT, "--url", url, "watch", *words), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert watch.stdout is not None
    assert watch.stderr is not None
    assert (await watch.stderr.readline()).endswith(b"connected\n")
    async with await gateway.client() as client:
        order = await client.ok("trade.execute", **BUY, account=account)
    lines = [(await watch.stdout.readline()).decode() for _ in range(3)]
    watch.send_signal(signal.SIGINT)
    assert await watch.wait() == 0
    if words:
        frames = [json.loads(line) for line in lines]
        assert [frame["event"] for frame in frames] == ["trade:placed", "trade:executed", "position:opened"]
        assert frames[1]["payload"]["orderId"] == order["orderId"]
        assert frames[1]["seq"] == order["seq"]
    else:
        assert f"  {order['seq']}  trade:executed  buy 0.00148698 BTC/USDT at 67,250.00" in lines[1]
