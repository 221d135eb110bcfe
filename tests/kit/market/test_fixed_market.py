"""The fixed market: prices stand still until they are set."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from kit.market.errors import PairNotListed
from kit.market.fixed import FixedMarket
from kit.market.protocol import Candle, Level

NOON = datetime(2026, 2, 9, 12, 0, 30, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def market(clock: Clock) -> FixedMarket:
    return FixedMarket({"BTC/USDT": Decimal(67_250), "ETH/USDT": Decimal(3_500)}, clock)


def test_bid_and_ask_are_exactly_the_price_and_the_book_is_deep(market: FixedMarket) -> None:
    ticker, book = market.ticker("BTC/USDT"), market.book("BTC/USDT", 10)
    assert {ticker.bid, ticker.last, ticker.ask} == {Decimal(67_250)}
    assert book.bids == book.asks == (Level(Decimal(67_250), Decimal(1_000_000)),)


def test_a_spread_and_a_depth_can_be_asked_for(clock: Clock) -> None:
    market = FixedMarket({"BTC/USDT": Decimal(67_250)}, clock, spread=Decimal(10), depth=Decimal("0.5"))
    book = market.book("BTC/USDT", 10)
    assert book.bids == (Level(Decimal(67_245), Decimal("0.5")),)
    assert book.asks == (Level(Decimal(67_255), Decimal("0.5")),)


def test_a_price_stays_until_it_is_set(market: FixedMarket, clock: Clock) -> None:
    clock.now += timedelta(days=3)
    assert market.ticker("BTC/USDT").last == 67_250
    market.set_price("BTC/USDT", Decimal(68_000))
    assert market.ticker("BTC/USDT").last == 68_000
    assert market.ticker("ETH/USDT").last == 3_500


def test_ticker_and_candles_remember_the_prices_that_were_set(market: FixedMarket, clock: Clock) -> None:
    clock.now += timedelta(minutes=1)
    market.set_price("BTC/USDT", Decimal(70_000))
    market.set_price("BTC/USDT", Decimal(66_000))
    clock.now += timedelta(seconds=1)
    ticker = market.ticker("BTC/USDT")
    assert (ticker.open, ticker.high) == (Decimal(67_250), Decimal(70_000))
    assert ticker.low == ticker.last == Decimal(66_000)
    before, first, second = market.candles("BTC/USDT", "1m", 3, include_open=True)
    minute = NOON.replace(second=0)
    still = (Decimal(67_250),) * 4
    assert before == Candle(minute - timedelta(minutes=1), *still, Decimal(0))
    assert first == Candle(minute, *still, Decimal("0.00001"))
    assert second == Candle(
        minute + timedelta(minutes=1),
        Decimal(67_250),
        Decimal(70_000),
        Decimal(66_000),
        Decimal(66_000),
        Decimal("0.00002"),
    )


def test_a_day_later_only_the_standing_price_counts(market: FixedMarket, clock: Clock) -> None:
    clock.now += timedelta(minutes=1)
    market.set_price("BTC/USDT", Decimal(70_000))
    clock.now += timedelta(days=2)
    ticker = market.ticker("BTC/USDT")
    assert ticker.open == ticker.high == ticker.low == Decimal(70_000)
    assert ticker.volume == 0


def test_each_setting_is_a_trade_of_the_smallest_amount(market: FixedMarket) -> None:
    market.set_price("BTC/USDT", Decimal(68_000))
    trades = market.trades("BTC/USDT", 5)
    assert [(trade.trade_id, trade.price, trade.amount) for trade in trades] == [
        ("1", Decimal(67_250), Decimal("0.00001")),
        ("3", Decimal(68_000), Decimal("0.00001")),
    ]
    assert market.trades("BTC/USDT", 1) == trades[1:]


async def test_ticks_yield_what_was_set_since_they_were_asked_for(market: FixedMarket) -> None:
    ticks = market.ticks()
    market.set_price("ETH/USDT", Decimal(3_600))
    market.set_price("BTC/USDT", Decimal(68_000))
    market.set_price("ETH/USDT", Decimal(3_700))
    async with asyncio.timeout(10):
        assert await anext(ticks) == ("ETH/USDT", "BTC/USDT")
        waiting = asyncio.ensure_future(anext(ticks))
        await asyncio.sleep(0)
        assert not waiting.done()
        market.set_price("BTC/USDT", Decimal(69_000))
        assert await waiting == ("BTC/USDT",)


@pytest.mark.parametrize("price", ["0", "-1", "67250.001", "NaN"])
def test_a_price_that_cannot_be_is_refused(market: FixedMarket, price: str) -> None:
    with pytest.raises(ValueError, match="of BTC/USDT must be above zero and a multiple of"):
        market.set_price("BTC/USDT", Decimal(price))
    assert market.ticker("BTC/USDT").last == 67_250


def test_only_the_pairs_with_a_price_are_listed(market: FixedMarket) -> None:
    assert set(market.instruments()) == {"BTC/USDT", "ETH/USDT"}
    assert market.instruments()["BTC/USDT"].amount_step == Decimal("0.00000001")
    with pytest.raises(PairNotListed, match="SOL/USDT is not listed on the fixed market"):
        market.set_price("SOL/USDT", Decimal(1))
    with pytest.raises(PairNotListed, match="SOL/USDT"):
        market.candles("SOL/USDT", "1h", 1)


def test_a_pair_we_know_nothing_of_gets_the_finest_steps(clock: Clock) -> None:
    market = FixedMarket({"FOO/EUR": Decimal("1.23456789")}, clock)
    assert market.instruments()["FOO/EUR"].price_tick == Decimal("0.00000001")
    with pytest.raises(ValueError, match="'FOO' must be written BASE/QUOTE"):
        FixedMarket({"FOO": Decimal(1)}, clock)


def test_its_prices_are_said_to_be_invented(market: FixedMarket) -> None:
    assert (market.source, market.simulated, market.now()) == ("fixed", True, NOON)
