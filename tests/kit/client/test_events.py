"""Events: who gets them, in what form, and that none is lost or doubled over a reconnect."""

import asyncio
from typing import Any

import pytest

from kit import KitClient
from kit.client.errors import InvalidRequest, SubscriberTooSlow
from kit.client.happenings import Happening
from kit.client.waiting import Waiting
from kit.wire.frames import ErrorBody, EventFrame
from kit.wire.orders import Order, OrderEnded
from kit.wire.risk import RiskNotice
from tests.kit.client.conftest import Connected
from tests.kit.client.documents import hello, order, price, subscriptions
from tests.kit.client.scripted import ScriptedGateway, event


def placed(seq: int) -> EventFrame:
    return event("trade:placed", order(seq=seq), seq)


def cancelled(seq: int) -> EventFrame:
    return event("trade:cancelled", OrderEnded(order_id="o-1", reason="asked"), seq)


async def taken(stream: Any, number: int) -> list[tuple[str, int | None]]:
    happenings = [await anext(stream) for _ in range(number)]
    return [(happening.name, happening.seq) for happening in happenings]


async def test_a_handler_gets_the_payload_as_its_document(gateway: ScriptedGateway, client: KitClient) -> None:
    got: asyncio.Queue[Order] = asyncio.Queue()
    client.on("trade:placed", got.put_nowait)
    await gateway.push(cancelled(4))
    await gateway.push(placed(5))
    assert await got.get() == order()
    assert got.empty()


async def test_an_async_handler_may_use_the_client(gateway: ScriptedGateway, client: KitClient) -> None:
    gateway.plan("order.get", order(status="partial"))
    got: asyncio.Queue[Order] = asyncio.Queue()

    @client.on("trade:placed")
    async def look_up(placed_order: Order) -> None:
        got.put_nowait(await client.order(placed_order.order_id))

    await gateway.push(placed(5))
    assert (await got.get()).status == "partial"


async def test_a_halt_says_who_where_and_for_which_limit(gateway: ScriptedGateway, client: KitClient) -> None:
    got: asyncio.Queue[RiskNotice] = asyncio.Queue()
    client.on("risk:halted", got.put_nowait)
    notice = RiskNotice(
        reason="The loss of the day", account="main", exchange="paper", reduce_only=True, check="dailyLossPercent"
    )
    await gateway.push(event("risk:halted", notice, 9))
    assert await got.get() == notice


async def test_a_star_gets_everything_with_its_name(gateway: ScriptedGateway, client: KitClient) -> None:
    got: asyncio.Queue[Happening] = asyncio.Queue()
    client.on("*", got.put_nowait)
    await gateway.push(cancelled(4))
    await gateway.push(event("shutdown", {"reason": "update"}))
    assert await got.get() == Happening("trade:cancelled", OrderEnded(order_id="o-1", reason="asked"), 4)
    assert await got.get() == Happening("shutdown", {"reason": "update"}, None)


async def test_a_stream_has_the_events_since_it_was_made(gateway: ScriptedGateway, client: KitClient) -> None:
    stream = client.events("trade:placed", "trade:cancelled")
    await gateway.push(placed(5))
    await gateway.push(event("shutdown", {"reason": "update"}))
    await gateway.push(cancelled(6))
    assert await taken(stream, 2) == [("trade:placed", 5), ("trade:cancelled", 6)]
    assert client.last_seq == 6


async def test_a_stream_ends_with_the_client(gateway: ScriptedGateway, connected: Connected) -> None:
    client = await connected()
    stream = client.events()
    await gateway.push(placed(5))
    assert await taken(stream, 1) == [("trade:placed", 5)]
    await client.close()
    assert [happening async for happening in stream] == []
    assert [happening async for happening in client.events()] == []


async def test_a_handler_that_was_taken_off_is_called_no_more(gateway: ScriptedGateway, client: KitClient) -> None:
    got: list[Order] = []
    client.on("trade:placed", got.append)
    client.off("trade:placed", got.append)
    stream = client.events()
    await gateway.push(placed(5))
    await anext(stream)
    assert got == []


async def test_a_handler_that_fails_is_told_of_and_gets_the_next_event(
    gateway: ScriptedGateway, connected: Connected
) -> None:
    told: asyncio.Queue[Exception] = asyncio.Queue()
    client = await connected(on_error=told.put_nowait)

    @client.on("trade:placed")
    def fail(placed_order: Order) -> None:
        raise ValueError(placed_order.seq)

    await gateway.push(placed(5))
    await gateway.push(placed(6))
    assert [(await told.get()).args, (await told.get()).args] == [(5,), (6,)]


async def test_a_handler_that_never_returns_holds_up_nobody_and_close_does_not_wait_for_ever(
    gateway: ScriptedGateway, connected: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kit.client.subscribers.FINISH_S", 0.05)
    client = await connected()
    began = asyncio.Event()

    @client.on("trade:placed")
    async def stuck(_: Order) -> None:
        began.set()
        await asyncio.Event().wait()

    stream = client.events()
    for seq in range(5, 105):
        await gateway.push(placed(seq))
    assert len(await taken(stream, 100)) == 100
    await began.wait()
    await client.close()


async def test_what_a_handler_already_has_is_finished_by_close(gateway: ScriptedGateway, connected: Connected) -> None:
    client = await connected()
    done: list[int] = []

    @client.on("trade:placed")
    async def slowly(placed_order: Order) -> None:
        await asyncio.sleep(0.01)
        done.append(placed_order.seq)

    stream = client.events()
    for seq in (5, 6, 7):
        await gateway.push(placed(seq))
    await taken(stream, 3)
    await client.close()
    assert done == [5, 6, 7]


async def test_a_reconnect_resumes_before_the_newest_event_and_drops_the_copies(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    gateway.hello = hello(position=8)
    gateway.push_after_hello([placed(6), cancelled(7), event("position:new", {"id": "p"}, 7), placed(8)])
    stream = client.events()
    await gateway.push(placed(6))
    await gateway.push(cancelled(7))
    assert await taken(stream, 2) == [("trade:placed", 6), ("trade:cancelled", 7)]
    await gateway.hang_up()
    assert await taken(stream, 2) == [("position:new", 7), ("trade:placed", 8)]
    assert gateway.requests("connect")[1].params["resumeFrom"] == 6


async def test_a_reconnect_before_the_first_event_resumes_from_where_the_log_then_ended(
    gateway: ScriptedGateway, connected: Connected
) -> None:
    gateway.hello = hello(position=40)
    client = await connected()
    gateway.push_after_hello([placed(41)])
    stream = client.events()
    await gateway.hang_up()
    assert await taken(stream, 1) == [("trade:placed", 41)]
    assert gateway.requests("connect")[1].params["resumeFrom"] == 40


async def test_a_program_that_was_restarted_says_from_where_it_resumes(
    gateway: ScriptedGateway, connected: Connected
) -> None:
    gateway.hello = hello(position=40)
    await connected(resume_from=17)
    assert gateway.requests("connect")[0].params["resumeFrom"] == 17


async def test_a_log_that_is_not_the_one_the_client_knew_ends_the_client(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    stream = client.events()
    gateway.hello = ErrorBody("INVALID_REQUEST", "resumeFrom: 499 is beyond the log, which is at 3", retryable=False)
    await gateway.push(placed(500))
    await anext(stream)
    await gateway.hang_up()
    with pytest.raises(InvalidRequest, match="beyond the log"):
        await anext(stream)


async def test_subscriptions_are_asked_for_again_on_the_next_connection(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    gateway.plan("subscribe", subscriptions(trade_placed=None, market_price=["BTC/USDT"]))
    gateway.plan("unsubscribe", subscriptions(trade_placed=None), subscriptions())
    stream = client.events("market:price")
    await client.unsubscribe("alert:triggered")
    await client.unsubscribe("exchange")
    await client.subscribe("market:price", ["BTC/USDT"])
    await gateway.hang_up()
    await gateway.wait_for("subscribe", 2)
    assert [seen.params for seen in gateway.requests("unsubscribe")[2:]] == [
        {"channel": "alert:triggered"},
        {"channel": "exchange"},
    ]
    assert gateway.requests("subscribe")[1].params == {"channel": "market:price", "pairs": ["BTC/USDT"]}
    await gateway.push(event("market:price", price()))
    assert await taken(stream, 1) == [("market:price", None)]


async def test_one_event_of_a_group_that_was_left_is_joined_again_after_the_group_is_left_again(
    gateway: ScriptedGateway, client: KitClient
) -> None:
    gateway.plan("unsubscribe", subscriptions(risk_halted=None))
    gateway.plan("subscribe", subscriptions(risk_halted=None, trade_executed=None))
    await client.unsubscribe("trade")
    await client.subscribe("trade:executed")
    await gateway.hang_up()
    await gateway.wait_for("subscribe", 2)
    again = [(seen.method, seen.params) for seen in gateway.seen if seen.connection == 2][1:]
    assert again == [("unsubscribe", {"channel": "trade"}), ("subscribe", {"channel": "trade:executed"})]


async def test_who_falls_too_far_behind_is_told_which_event_was_the_first_one_missed() -> None:
    waiting = Waiting(ledger_events_max=2)
    for seq in (5, 6, 7, 8):
        waiting.offer(Happening("trade:placed", None, seq))
    assert [(await waiting.take()), (await waiting.take())] == [
        Happening("trade:placed", None, 5),
        Happening("trade:placed", None, 6),
    ]
    with pytest.raises(SubscriberTooSlow) as slow:
        await waiting.take()
    assert slow.value.seq == 7


async def test_of_market_events_the_newest_are_kept_and_the_order_stays() -> None:
    waiting = Waiting(passing_events_max=2)
    for number in (1, 2, 3):
        waiting.offer(Happening("market:price", number, None))
        waiting.offer(Happening("trade:placed", number, number))
    waiting.end()
    got = []
    while (happening := await waiting.take()) is not None:
        got.append((happening.name, happening.payload))
    assert got == [
        ("trade:placed", 1),
        ("market:price", 2),
        ("trade:placed", 2),
        ("market:price", 3),
        ("trade:placed", 3),
    ]
