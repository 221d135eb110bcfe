"""How a watch keeps itself current, against a gateway that does what it is told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from kit.cli.watch.board import Board
from kit.cli.watch.budget import PER_SECOND_MAX
from kit.cli.watch.feed import Feed, Scope
from kit.cli.watch.model import Model
from kit.client.backoff import Backoff
from kit.client.client import KitClient
from kit.client.errors import NotFound
from kit.wire.frames import ErrorBody
from kit.wire.orders import FillPage, OrderPage
from tests.kit.cli.watch.models import EMPTY, bought, quoted, resting
from tests.kit.client.documents import health, price, risk_status, snapshot, subscriptions
from tests.kit.client.scripted import SILENCE, ScriptedGateway, event

QUICK = Backoff(first_s=0.005, limit_s=0.02, jitter=lambda: 1.0)
EVERYTHING = Scope(None, None)
UNLISTED = ErrorBody("NOT_FOUND", "pairs: SOL/USDT is not listed on any exchange", retryable=False)


def planned(gateway: ScriptedGateway) -> None:
    gateway.plan("portfolio.snapshot", snapshot())
    gateway.plan("order.list", OrderPage(orders=[]))
    gateway.plan("fill.list", FillPage(fills=[]))
    gateway.plan("risk.status", risk_status())
    gateway.plan("health", health(position=9))
    gateway.plan("subscribe", subscriptions(market_price=["BTC/USDT"]))
    gateway.plan("market.data", price())


@asynccontextmanager
async def feeding(gateway: ScriptedGateway, model: Model = EMPTY, scope: Scope = EVERYTHING) -> AsyncIterator[Board]:
    """A board that is kept current until the end of the block."""
    board = Board(model)
    feed = Feed(
        lambda changed: KitClient(gateway.url, backoff=QUICK, on_connection=changed), board, scope, retry_s=0.01
    )
    async with feed.client:
        tasks = [asyncio.create_task(feed.listen(feed.client.events())), asyncio.create_task(feed.ask())]
        try:
            yield board
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def until(board: Board, true: Callable[[Model], bool]) -> Model:
    while not true(board.model):
        board.changed.clear()
        await board.changed.wait()
    return board.model


async def test_at_first_everything_is_asked_and_the_offered_pairs_subscribed_to(gateway: ScriptedGateway) -> None:
    planned(gateway)
    async with feeding(gateway) as board:
        await gateway.wait_for("market.data", 3)
        model = await until(board, lambda model: model.orders == () and model.fills == () and bool(model.quotes))
    assert model.portfolio == snapshot()
    assert model.seq == 7
    (subscribed,) = gateway.requests("subscribe")
    assert subscribed.params == {"channel": "market:price", "pairs": ["BTC/USDT", "ETH/USDT", "SOL/USDT"]}


async def test_with_positions_and_orders_their_pairs_are_watched_and_no_others(gateway: ScriptedGateway) -> None:
    planned(gateway)
    gateway.plan("portfolio.snapshot", snapshot(positions=[bought(pair="ETH/BTC")]))
    gateway.plan("order.list", OrderPage(orders=[resting(pair="XRP/USDT")]))
    async with feeding(gateway):
        await gateway.wait_for("market.data", 2)
    assert {tuple(seen.params["pairs"]) for seen in gateway.requests("subscribe")} == {("ETH/BTC",), ("XRP/USDT",)}


async def test_account_and_exchange_are_asked_for_where_they_were_given(gateway: ScriptedGateway) -> None:
    planned(gateway)
    async with feeding(gateway, scope=Scope("bot", "paper")):
        await gateway.wait_for("market.data", 1)
    for method in ("portfolio.snapshot", "order.list", "fill.list"):
        assert gateway.requests(method)[0].params.items() >= {"account": "bot", "exchange": "paper"}.items()
    assert gateway.requests("market.data")[0].params["exchange"] == "paper"


async def test_an_event_is_on_the_board_and_what_it_moved_is_asked_again(gateway: ScriptedGateway) -> None:
    planned(gateway)
    async with feeding(gateway) as board:
        await gateway.wait_for("market.data", 3)
        gateway.plan("order.list", OrderPage(orders=[resting()]))
        await gateway.push(event("trade:placed", resting(), 10))
        model = await until(board, lambda model: model.orders == (resting(),))
    assert [news.name for news in model.news] == ["trade:placed"]
    assert model.seq == 10


async def test_what_happens_while_an_answer_is_out_is_not_forgotten_when_it_comes(gateway: ScriptedGateway) -> None:
    planned(gateway)
    gateway.plan("order.list", SILENCE, OrderPage(orders=[]))
    async with feeding(gateway) as board:
        await gateway.wait_for("order.list", 1)
        await gateway.push(event("trade:placed", resting(), 10))
        await until(board, lambda model: model.seq == 10)
        await gateway.hang_up()  # The question is asked again on the next connection, and answered there.
        model = await until(board, lambda model: model.orders == ())
    assert [news.name for news in model.news] == ["trade:placed"]
    assert model.connection.up


async def test_a_flood_of_events_is_asked_about_no_more_often_than_the_budget_allows(gateway: ScriptedGateway) -> None:
    planned(gateway)
    async with feeding(gateway) as board:
        await gateway.wait_for("market.data", 3)
        before, began_s = len(gateway.seen), asyncio.get_running_loop().time()
        for seq in range(10, 1_010):
            await gateway.push(event("trade:placed", resting(f"o-{seq}"), seq))
        await until(board, lambda model: model.seq == 1_009)
        asked, took_s = len(gateway.seen) - before, asyncio.get_running_loop().time() - began_s
    assert asked <= PER_SECOND_MAX * (took_s + 1)


async def test_an_offered_pair_that_is_not_listed_is_left_out(gateway: ScriptedGateway) -> None:
    planned(gateway)
    listed = subscriptions(market_price=["BTC/USDT"])
    gateway.plan("subscribe", UNLISTED, listed, listed, UNLISTED)
    async with feeding(gateway) as board:
        await gateway.wait_for("subscribe", 4)
        await gateway.wait_for("market.data", 2)
        assert board.model.troubles == {}
    assert [seen.params["pair"] for seen in gateway.requests("market.data")] == ["BTC/USDT", "ETH/USDT"]


async def test_a_chosen_pair_that_is_not_listed_ends_the_watch(gateway: ScriptedGateway) -> None:
    planned(gateway)
    gateway.plan("subscribe", UNLISTED)
    board = Board(Model(url="", connection=EMPTY.connection, chosen=("SOL/USDT",)))
    feed = Feed(lambda changed: KitClient(gateway.url, on_connection=changed), board, EVERYTHING)
    async with feed.client:
        with pytest.raises(NotFound, match="SOL/USDT"):
            await feed.ask()


async def test_a_question_that_fails_is_a_trouble_until_it_is_answered(gateway: ScriptedGateway) -> None:
    planned(gateway)
    gateway.plan("order.list", ErrorBody("INVALID_REQUEST", "no", retryable=False))
    async with feeding(gateway) as board:
        await until(board, lambda model: model.troubles == {"orders": "no"})
        gateway.plan("order.list", OrderPage(orders=[]))
        await gateway.push(event("trade:placed", resting(), 10))
        await until(board, lambda model: model.orders == () and not model.troubles)


async def test_a_price_that_could_not_be_asked_for_is_a_trouble_and_asked_for_again(
    gateway: ScriptedGateway,
) -> None:
    planned(gateway)
    gateway.plan("subscribe", ErrorBody("INVALID_REQUEST", "busy", retryable=False), subscriptions())
    gateway.plan("market.data", ErrorBody("EXCHANGE_ERROR", "no answer", retryable=False), price())
    async with feeding(gateway) as board:
        await until(board, lambda model: model.troubles == {"price": "busy"})
        await until(board, lambda model: model.troubles == {"price": "no answer"})
        await until(board, lambda model: bool(model.quotes) and not model.troubles)


async def test_after_a_lost_connection_everything_is_asked_again(gateway: ScriptedGateway) -> None:
    planned(gateway)
    async with feeding(gateway) as board:
        await gateway.wait_for("market.data", 3)
        gateway.plan("market.data", quoted("BTC/USDT", "70000", timestamp=1807509123000))
        gateway.plan("portfolio.snapshot", snapshot(total_value_usd=1.0))
        await gateway.hang_up()
        await until(board, lambda model: not model.connection.up)
        await until(board, lambda model: model.connection.up)
        await until(board, lambda model: model.quotes["BTC/USDT"].now.price == 70_000)
        await until(board, lambda model: model.portfolio == snapshot(total_value_usd=1.0))
    again = {seen.method for seen in gateway.seen if seen.connection == 2}
    assert again >= {"connect", "subscribe", "portfolio.snapshot", "order.list", "fill.list", "market.data"}
