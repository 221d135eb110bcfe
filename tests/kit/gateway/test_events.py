"""Events reach whom they are for."""

import pytest

from kit.gateway.hub import Push
from tests.kit.gateway.desk import Done
from tests.kit.gateway.serving import Caller, Served, serving

HELLO = Done(text="hello")


async def events(served: Served, caller: Caller, *pushes: Push) -> list[str]:
    """Publish and return the names of the events that ``caller`` gets."""
    served.hub.publish(pushes)
    await caller.send("end", "ping")
    names = []
    while (frame := await caller.frame())["type"] == "event":
        names.append(frame["event"])
    return names


async def test_an_event_of_the_ledger_goes_to_every_client_with_its_seq() -> None:
    async with serving() as served:
        clients = [await served.client() for _ in range(3)]
        served.hub.publish([Push("trade:executed", HELLO, seq=7)])
        for caller in clients:
            assert await caller.frame() == {
                "type": "event",
                "event": "trade:executed",
                "payload": {"text": "hello"},
                "seq": 7,
            }
        assert served.hub.position == 7


async def test_a_stranger_gets_no_events() -> None:
    async with serving() as served:
        stranger = await served.stranger()
        served.hub.publish([Push("trade:executed", HELLO, seq=1)])
        assert (await stranger.connect())["type"] == "res"


async def test_prices_go_to_subscribers_of_their_pair_only() -> None:
    async with serving() as served:
        caller = await served.client()
        bitcoin, ether = (Push("market:price", HELLO, pair=pair) for pair in ("BTC/USDT", "ETH/USDT"))
        assert await events(served, caller, bitcoin, ether) == []
        answer = await caller.call("subscribe", {"channel": "market:price", "pairs": ["BTC/USDT"]})
        assert answer["payload"]["channels"]["market:price"] == ["BTC/USDT"]
        assert await events(served, caller, bitcoin, ether) == ["market:price"]
        await caller.call("subscribe", {"channel": "market", "pairs": ["ETH/USDT"]})
        assert await events(served, caller, bitcoin, ether) == ["market:price", "market:price"]
        await caller.call("unsubscribe", {"channel": "market:price", "pairs": ["BTC/USDT"]})
        assert await events(served, caller, bitcoin) == []
        await caller.call("unsubscribe", {"channel": "market"})
        assert await events(served, caller, ether) == []


async def test_a_client_can_leave_and_join_groups_and_single_events() -> None:
    async with serving() as served:
        caller = await served.client()
        both = (Push("trade:executed", HELLO, seq=1), Push("trade:placed", HELLO, seq=2))
        assert await events(served, caller, *both) == ["trade:executed", "trade:placed"]
        answer = await caller.call("unsubscribe", {"channel": "trade"})
        assert "trade:executed" not in answer["payload"]["channels"]
        assert await events(served, caller, *both) == []
        answer = await caller.call("subscribe", {"channel": "trade:placed"})
        assert answer["payload"]["channels"]["trade:placed"] is None
        assert await events(served, caller, *both) == ["trade:placed"]


async def test_an_event_for_one_client_goes_to_that_one() -> None:
    async with serving() as served:
        starter, other = await served.client(), await served.client()
        progress = Push("backtest:progress", HELLO, to=starter.hello["clientId"])
        assert await events(served, starter, progress) == ["backtest:progress"]
        assert await events(served, other, progress) == []


@pytest.mark.parametrize(
    ("method", "params", "code", "names"),
    [
        ("subscribe", {"channel": "trades"}, "INVALID_REQUEST", "'trades' is none of trade, position, market"),
        ("unsubscribe", {"channel": "x"}, "INVALID_REQUEST", "none of trade"),
        ("subscribe", {"channel": "market"}, "INVALID_REQUEST", "pairs: missing"),
        ("subscribe", {"channel": "market", "pairs": []}, "INVALID_REQUEST", "pairs: "),
        ("subscribe", {"channel": "market", "pairs": ["DOGE/XYZ"]}, "NOT_FOUND", "DOGE/XYZ is not listed"),
        ("unsubscribe", {"channel": "trade", "pairs": ["BTC/USDT"]}, "INVALID_REQUEST", "all pairs"),
        ("subscribe", {}, "INVALID_REQUEST", "channel: missing"),
    ],
)
async def test_a_subscription_that_cannot_be_says_why(method: str, params: object, code: str, names: str) -> None:
    async with serving() as served:
        caller = await served.client()
        error = (await caller.call(method, params))["error"]
        assert error["code"] == code
        assert names in error["message"]
