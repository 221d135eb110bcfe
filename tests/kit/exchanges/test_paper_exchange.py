"""The paper exchange over a market that the test sets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from kit.exchanges import paper
from kit.exchanges.paper import PaperExchange
from kit.exchanges.protocol import Exchange, ExchangeError, OrderRequest, RestingOrder, UnknownPair
from tests.kit.exchanges.orders import NOON, PAIR, cuts, order, second
from tests.kit.exchanges.tiny_market import TinyMarket
from tests.waiting import eventually


@asynccontextmanager
async def paper_exchange(market: TinyMarket) -> AsyncIterator[PaperExchange]:
    exchange = PaperExchange("paper", market)
    await exchange.connect()
    try:
        yield exchange
    finally:
        await exchange.close()


def accepted(request: OrderRequest) -> RestingOrder:
    return RestingOrder(
        request=request,
        exchange_order_id=f"paper-{request.client_order_id}",
        filled_amount=Decimal(0),
        fill_count=0,
    )


async def test_it_is_an_exchange_that_says_it_is_paper_and_simulated() -> None:
    exchange: Exchange = PaperExchange("paper", TinyMarket())
    assert (exchange.id, exchange.paper, exchange.simulated) == ("paper", True, True)
    assert await exchange.ping() == 0.0
    assert list(exchange.instruments()) == [PAIR]


async def test_a_market_order_is_filled_at_the_market_s_present_and_its_time() -> None:
    market = TinyMarket()
    market.set_price("67250")
    async with paper_exchange(market) as exchange:
        report = await exchange.place(order("buy", "1"))
    assert (report.state, cuts(report)) == ("filled", ["1@67250.01"])
    assert report.fills[0].occurred_at == second(1)


async def test_placing_never_suspends_so_no_tick_comes_between() -> None:
    market = TinyMarket()
    market.set_price("100")
    placing = PaperExchange("paper", market).place(order("buy"))
    with pytest.raises(StopIteration) as finished:
        placing.send(None)
    assert finished.value.value.state == "filled"


async def test_a_tick_fills_a_resting_order_and_every_subscriber_hears_of_it() -> None:
    market = TinyMarket()
    market.set_price("100")
    async with paper_exchange(market) as exchange:
        first, other = exchange.reports(), exchange.reports()
        await exchange.place(order("buy", "1", "90"))
        market.set_price("89")
        report = await anext(first)
        assert (report.state, cuts(report)) == ("filled", ["1@90"])
        assert await anext(other) == report


async def test_an_order_that_was_there_first_is_filled_before_one_that_sees_the_move_before_the_tick() -> None:
    market = TinyMarket()
    market.set_book(asks="100×9", last="100")
    exchange = PaperExchange("paper", market)
    reports = exchange.reports()
    await exchange.place(order("buy", "2", "90", id="resting"))
    market.set_book(asks="90×3", last="90")
    assert cuts(await exchange.place(order("buy", "3", id="new"))) == ["1@90"]
    assert cuts(await anext(reports)) == ["2@90"]


async def test_the_tick_of_a_move_that_a_placement_saw_gives_nothing_twice() -> None:
    market = TinyMarket()
    market.set_book(asks="100×1", last="100")
    exchange = PaperExchange("paper", market)
    await exchange.place(order("buy", "3", "100"))
    exchange.tick((PAIR,))
    assert [cuts(report) for report in await exchange.open_orders()] == [["1@100"]]


async def test_prices_reach_each_subscriber_and_the_newest_takes_the_place_of_one_not_yet_read() -> None:
    market = TinyMarket()
    async with paper_exchange(market) as exchange:
        prices = exchange.prices()
        for price in ("100", "101", "102"):
            market.set_price(price)
            exchange.tick((PAIR,))
        assert (await anext(prices)).last == 102


async def test_reports_are_never_dropped() -> None:
    market = TinyMarket()
    market.set_book(asks="100×1", last="100")
    exchange = PaperExchange("paper", market)
    reports = exchange.reports()
    await exchange.place(order("buy", "500", "50"))
    for _ in range(300):
        market.set_book(asks="50×1", last="50")
        exchange.tick((PAIR,))
    await exchange.close()
    assert [report.fills[0].trade_id async for report in reports] == [f"paper-a-{n}" for n in range(1, 301)]


async def test_an_order_expires_in_its_time_though_no_price_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "EXPIRE_EVERY_S", 0.001)
    market = TinyMarket()
    market.set_price("100")
    async with paper_exchange(market) as exchange:
        reports = exchange.reports()
        await exchange.place(order("buy", "1", "90", tif="GTD", expires=2))
        market.stand_still_until(second(2))
        assert (await anext(reports)).reason == "expired at 2026-03-01T12:00:02+00:00"


async def test_an_expired_order_is_told_to_have_expired_and_neither_amended_nor_cancelled() -> None:
    market = TinyMarket()
    market.set_price("100")
    exchange = PaperExchange("paper", market)
    request = order("buy", "1", "90", tif="GTD", expires=2)
    await exchange.place(request)
    market.stand_still_until(second(2))
    amended = await exchange.amend(replace(request, amount=Decimal(2)))
    cancelled = await exchange.cancel(request.client_order_id, PAIR)
    for report in (amended, cancelled):
        assert (report.state, report.reason) == ("cancelled", "expired at 2026-03-01T12:00:02+00:00")
    assert amended.amended is False


async def test_an_order_of_a_pair_that_stands_still_expires_with_any_tick() -> None:
    market = TinyMarket()
    market.set_price("100")
    exchange = PaperExchange("paper", market)
    reports = exchange.reports()
    await exchange.place(order("buy", "1", "90", tif="GTD", expires=2))
    market.set_price("100")
    exchange.tick(())
    assert (await anext(reports)).reason == "expired at 2026-03-01T12:00:02+00:00"


async def test_when_the_market_ends_orders_rest_and_can_be_cancelled() -> None:
    market = TinyMarket()
    async with paper_exchange(market) as exchange:
        market.set_price("100")
        await exchange.place(order("buy", "1", "90"))
        with capture_logs() as logged:
            market.end()
            await eventually(lambda: logged)
        assert (logged[0]["event"], logged[0]["market"]) == (
            "a market has ended: prices stop and open orders rest",
            "tiny",
        )
        assert await exchange.ping() == 0.0
        assert len(await exchange.open_orders(PAIR)) == 1
        assert (await exchange.cancel("a", PAIR)).state == "cancelled"


async def test_a_market_that_fails_is_logged_and_shows_in_ping() -> None:
    market = TinyMarket()
    async with paper_exchange(market) as exchange:
        with capture_logs() as logged:
            market.fail(ValueError("a torn file"))
            await eventually(lambda: logged)
        assert (logged[0]["event"], logged[0]["exchange"]) == ("a market is lost: prices stand still", "paper")
        with pytest.raises(ExchangeError, match="paper has lost its market: a torn file"):
            await exchange.ping()


async def test_closing_ends_the_subscriptions_and_closing_again_is_nothing() -> None:
    exchange = PaperExchange("paper", TinyMarket())
    await exchange.connect()
    await exchange.connect()
    prices, reports = exchange.prices(), exchange.reports()
    await exchange.close()
    await exchange.close()
    assert [price async for price in prices] == []
    assert [report async for report in reports] == []


async def test_a_waiting_subscriber_is_woken_by_the_close() -> None:
    exchange = PaperExchange("paper", TinyMarket())
    prices = exchange.prices()

    async def read_all() -> list[Decimal]:
        return [price.last async for price in prices]

    reading = asyncio.create_task(read_all())
    await asyncio.sleep(0)
    await exchange.close()
    assert await reading == []


async def test_restored_orders_rest_and_fill_with_the_ids_they_would_have_had() -> None:
    market = TinyMarket()
    exchange = PaperExchange("paper", market)
    exchange.restore((accepted(order("buy", "1", "90")), accepted(order("buy", spend="100", id="cut-off"))))
    reports = exchange.reports()
    assert (await anext(reports)).reason == "interrupted by a restart: a market order never rests"
    market.set_price("89")
    exchange.tick((PAIR,))
    assert (await anext(reports)).fills[0].trade_id == "paper-a-1"


async def test_a_restored_order_of_a_pair_that_is_not_listed_is_warned_about() -> None:
    exchange = PaperExchange("paper", TinyMarket())
    request = OrderRequest(
        client_order_id="a", pair="ETH/BTC", side="buy", type="limit", amount=Decimal(1), price=Decimal(1)
    )
    with capture_logs() as logged:
        exchange.restore((accepted(request),))
    assert (logged[0]["event"], logged[0]["pair"]) == ("an order of an unlisted pair rests unmatched", "ETH/BTC")
    assert (await exchange.cancel("a", "ETH/BTC")).state == "cancelled"


async def test_orders_and_fills_can_be_looked_up() -> None:
    market = TinyMarket()
    market.set_price("100")
    exchange = PaperExchange("paper", market)
    report = await exchange.place(order("buy"))
    assert await exchange.order("a", PAIR) == report
    assert await exchange.order("b", PAIR) is None
    assert await exchange.fills_since(NOON) == list(report.fills)


async def test_market_data_is_the_market_s() -> None:
    market = TinyMarket()
    market.set_price("100")
    exchange = PaperExchange("paper", market)
    assert await exchange.ticker(PAIR) == market.ticker(PAIR)
    assert await exchange.book(PAIR, 1) == market.book(PAIR, 1)
    assert await exchange.trades(PAIR, 1) == market.trades(PAIR, 1)
    assert await exchange.candles(PAIR, "1m", 1, since=NOON) == market.candles(PAIR, "1m", 1, since=NOON)


async def test_an_unknown_pair_is_refused_by_everything_that_takes_one() -> None:
    exchange = PaperExchange("paper", TinyMarket())
    for asking in (
        exchange.ticker("X/Y"),
        exchange.book("X/Y", 1),
        exchange.trades("X/Y", 1),
        exchange.candles("X/Y", "1m", 1),
        exchange.place(OrderRequest(client_order_id="a", pair="X/Y", side="buy", type="market", amount=Decimal(1))),
    ):
        with pytest.raises(UnknownPair, match="X/Y is not listed on paper"):
            await asking


async def test_after_a_tick_that_failed_the_next_ones_are_followed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "FOLLOW_AGAIN_S", 0.001)
    market = TinyMarket()
    exchange = PaperExchange("paper", market)
    await exchange.connect()
    prices = exchange.prices()
    market.fail(ValueError("a torn file"))
    await asyncio.sleep(0.01)
    market.set_price("90")
    async with asyncio.timeout(10):
        assert (await anext(prices)).last == 90
    assert await exchange.ping() == 0
    await exchange.close()
