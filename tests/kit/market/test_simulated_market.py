"""The simulated market: one path, read at any time and resolution."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.money import is_multiple
from kit.market.errors import PairNotListed, TimeframeUnknown
from kit.market.protocol import TIMEFRAMES, Candle
from kit.market.simulated import SimulatedMarket

PAIRS = ("BTC/USDT", "ETH/USDT", "SOL/USDT", "BNB/USDT", "XRP/USDT", "ETH/BTC")
NOON = datetime(2026, 2, 9, 12, 0, 30, tzinfo=UTC)
BEGINNING = datetime(2017, 1, 1, tzinfo=UTC)

KNOWN_PRICES = {
    "BTC/USDT": Decimal("83340.26"),
    "ETH/USDT": Decimal("2414.73"),
    "ETH/BTC": Decimal("0.02897"),
    "SOL/USDT": Decimal("134.56"),
    "BNB/USDT": Decimal("850.67"),
    "XRP/USDT": Decimal("1.6742"),
}
KNOWN_HOUR = Candle(
    opened_at=datetime(2026, 2, 9, 11, tzinfo=UTC),
    open=Decimal("83386.44"),
    high=Decimal("83462.49"),
    low=Decimal("82695.38"),
    close=Decimal("83462.49"),
    volume=Decimal("638.44234"),
)

pairs = st.sampled_from(PAIRS)
moments = st.integers(0, 20 * 365 * 86_400).map(lambda seconds: BEGINNING + timedelta(days=2, seconds=seconds))
seeds = st.integers(0, 3)
few = settings(max_examples=25)


def market_at(now: datetime, seed: int = 7) -> SimulatedMarket:
    return SimulatedMarket(seed, lambda: now)


def summed(candles: list[Candle]) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
    high, low = max(candle.high for candle in candles), min(candle.low for candle in candles)
    return candles[0].open, high, low, candles[-1].close, sum((candle.volume for candle in candles), Decimal(0))


def values(candle: Candle) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
    return candle.open, candle.high, candle.low, candle.close, candle.volume


def test_a_known_seed_has_a_known_price_on_every_machine() -> None:
    market = market_at(NOON, seed=1)
    assert {pair: market.ticker(pair).last for pair in PAIRS} == KNOWN_PRICES
    assert market.candles("BTC/USDT", "1h", 1) == [KNOWN_HOUR]


@few
@given(pair=pairs, at=moments, seed=seeds)
def test_an_hour_is_exactly_its_sixty_minutes(pair: str, at: datetime, seed: int) -> None:
    market = market_at(at + timedelta(hours=3), seed)
    (hour,) = market.candles(pair, "1h", 1, since=at)
    minutes = market.candles(pair, "1m", 60, since=hour.opened_at)
    assert len(minutes) == 60
    assert values(hour) == summed(minutes)


@few
@given(pair=pairs, at=moments, seed=seeds)
def test_a_minute_is_exactly_its_sixty_trades(pair: str, at: datetime, seed: int) -> None:
    closed = at.replace(second=59)
    market = market_at(closed, seed)
    trades = market.trades(pair, 60)
    (minute,) = market.candles(pair, "1m", 1, include_open=True)
    prices = [trade.price for trade in trades]
    volume = sum((trade.amount for trade in trades), Decimal(0))
    assert [trade.at for trade in trades] == [minute.opened_at + timedelta(seconds=n) for n in range(60)]
    assert values(minute) == (prices[0], max(prices), min(prices), prices[-1], volume)


@few
@given(pair=pairs, at=moments, timeframe=st.sampled_from(["5m", "30m", "4h", "12h", "1d", "1w"]))
def test_a_candle_of_any_length_is_the_sum_of_those_it_is_made_of(pair: str, at: datetime, timeframe: str) -> None:
    finer = {"5m": "1m", "30m": "3m", "4h": "2h", "12h": "6h", "1d": "1h", "1w": "1d"}[timeframe]
    market = market_at(at + timedelta(days=15))
    (candle,) = market.candles(pair, timeframe, 1, since=at)
    parts = market.candles(pair, finer, TIMEFRAMES[timeframe] // TIMEFRAMES[finer], since=candle.opened_at)
    assert values(candle) == summed(parts)


@few
@given(pair=pairs, at=moments, seed=seeds)
def test_the_last_price_is_the_close_of_every_open_candle(pair: str, at: datetime, seed: int) -> None:
    market = market_at(at, seed)
    last = market.ticker(pair).last
    assert last == market.trades(pair, 1)[0].price
    assert {market.candles(pair, timeframe, 1, include_open=True)[0].close for timeframe in TIMEFRAMES} == {last}


@few
@given(pair=pairs, at=moments, later=st.integers(1, 4 * 365))
def test_a_closed_candle_never_changes(pair: str, at: datetime, later: int) -> None:
    now = market_at(at + timedelta(hours=2)).candles(pair, "1h", 1, since=at)
    assert now == market_at(at + timedelta(days=later)).candles(pair, "1h", 1, since=at)


@few
@given(pair=pairs, at=moments)
def test_what_was_asked_before_changes_no_answer(pair: str, at: datetime) -> None:
    busy = market_at(at)
    busy.candles(pair, "1m", 300)
    busy.candles(pair, "1d", 100)
    fresh = market_at(at)
    assert busy.ticker(pair) == fresh.ticker(pair)
    assert busy.book(pair, 10) == fresh.book(pair, 10)


@few
@given(at=moments, seed=seeds)
def test_ether_in_bitcoin_is_ether_over_bitcoin_to_the_tick(at: datetime, seed: int) -> None:
    market = market_at(at, seed)
    bitcoin, ether, cross = (market.trades(pair, 60) for pair in ("BTC/USDT", "ETH/USDT", "ETH/BTC"))
    for btc, eth, both in zip(bitcoin, ether, cross, strict=True):
        assert abs(both.price - eth.price / btc.price) <= Decimal("0.000005")


@few
@given(pair=pairs, at=moments, seed=seeds, depth=st.integers(1, 120))
def test_a_book_is_ordered_on_the_tick_and_around_the_last_price(
    pair: str, at: datetime, seed: int, depth: int
) -> None:
    market = market_at(at, seed)
    instrument, book, ticker = market.instruments()[pair], market.book(pair, depth), market.ticker(pair)
    bids, asks = [level.price for level in book.bids], [level.price for level in book.asks]
    assert bids == sorted(set(bids), reverse=True)
    assert asks == sorted(set(asks))
    assert bids[0] < asks[0]
    assert (bids[0], asks[0]) == (ticker.bid, ticker.ask)
    assert ticker.last in (bids[0], asks[0])
    assert len(asks) == min(depth, 100)
    for level in (*book.bids, *book.asks):
        assert level.price > 0
        assert level.amount > 0
        assert is_multiple(level.price, instrument.price_tick)
        assert is_multiple(level.amount, instrument.amount_step)


@few
@given(pair=pairs, at=moments)
def test_the_ticker_sums_up_the_last_24_hours(pair: str, at: datetime) -> None:
    market = market_at(at.replace(second=59))
    minutes = market.candles(pair, "1m", 1_440, include_open=True)
    ticker = market.ticker(pair)
    assert (ticker.open, ticker.high, ticker.low, ticker.last, ticker.volume) == summed(minutes)


def test_the_book_is_finite_and_holds_more_further_away() -> None:
    book = market_at(NOON).book("BTC/USDT", 1_000)
    assert len(book.bids) == len(book.asks) == 100
    assert sum(level.amount for level in book.asks[50:]) > sum(level.amount for level in book.asks[:50])


def test_prices_move_as_much_as_those_of_a_volatile_asset() -> None:
    days = market_at(NOON).candles("BTC/USDT", "1d", 700)
    moves = [abs(float(candle.close / candle.open) - 1) for candle in days]
    assert 0.01 < sum(moves) / len(moves) < 0.05
    assert max(moves) < 0.5


def test_prices_of_recent_years_are_close_to_those_that_were_seen() -> None:
    weeks = market_at(NOON).candles("BTC/USDT", "1w", 100)
    assert all(Decimal(25_000) < week.low and week.high < Decimal(200_000) for week in weeks)


def test_seeds_differ() -> None:
    assert market_at(NOON, seed=1).ticker("BTC/USDT").last != market_at(NOON, seed=2).ticker("BTC/USDT").last


def test_more_is_traded_in_the_afternoon_than_at_night_and_less_at_weekends() -> None:
    market = market_at(NOON)
    hours = market.candles("BTC/USDT", "1h", 24 * 300)
    night = sum(hour.volume for hour in hours if hour.opened_at.hour in (3, 4, 5))
    afternoon = sum(hour.volume for hour in hours if hour.opened_at.hour in (13, 14, 15))
    weekend = sum(hour.volume for hour in hours if hour.opened_at.weekday() >= 5)
    assert afternoon > night * Decimal("1.5")
    assert weekend < sum(hour.volume for hour in hours) * 2 / 7


def test_candles_come_oldest_first_without_the_open_one() -> None:
    market = market_at(NOON)
    candles = market.candles("BTC/USDT", "1h", 3)
    assert [candle.opened_at.hour for candle in candles] == [9, 10, 11]
    assert [candle.opened_at.hour for candle in market.candles("BTC/USDT", "1h", 3, include_open=True)] == [10, 11, 12]
    for before, after in pairwise(candles):
        assert after.open == before.close


def test_candles_since_a_time_start_with_the_first_that_opens_then() -> None:
    since = datetime(2026, 2, 9, 8, 0, 0, 1, tzinfo=UTC)
    candles = market_at(NOON).candles("BTC/USDT", "1h", 2, since=since)
    assert [candle.opened_at.hour for candle in candles] == [9, 10]
    assert market_at(NOON).candles("BTC/USDT", "1h", 9, since=NOON) == []


def test_weeks_open_on_mondays() -> None:
    weeks = market_at(NOON).candles("BTC/USDT", "1w", 2)
    assert [week.opened_at for week in weeks] == [datetime(2026, 1, 26, tzinfo=UTC), datetime(2026, 2, 2, tzinfo=UTC)]


def test_history_reaches_back_to_2017_and_not_further_than_the_week_before() -> None:
    market = market_at(NOON)
    (day,) = market.candles("BTC/USDT", "1d", 1, since=BEGINNING)
    assert day.opened_at == BEGINNING
    (first,) = market.candles("BTC/USDT", "1d", 1, since=datetime(2010, 1, 1, tzinfo=UTC))
    assert first.opened_at == datetime(2016, 12, 26, tzinfo=UTC)
    with pytest.raises(ValueError, match="2016-12-26"):
        market_at(datetime(2016, 12, 25, tzinfo=UTC)).ticker("BTC/USDT")


def test_it_says_that_it_is_simulated() -> None:
    market = market_at(NOON)
    assert (market.source, market.simulated) == ("simulated", True)


def test_bitcoin_is_traded_in_hundred_millionths_from_five_dollars_on() -> None:
    bitcoin = market_at(NOON).instruments()["BTC/USDT"]
    assert (bitcoin.price_tick, bitcoin.amount_step) == (Decimal("0.01"), Decimal("0.00000001"))
    assert (bitcoin.notional_min, bitcoin.fees.maker, bitcoin.fees.taker) == (
        Decimal(5),
        Decimal("0.001"),
        Decimal("0.001"),
    )


def test_unknown_pairs_and_timeframes_are_named() -> None:
    market = market_at(NOON)
    with pytest.raises(PairNotListed, match="DOGE/USDT is not listed on the simulated market"):
        market.ticker("DOGE/USDT")
    with pytest.raises(TimeframeUnknown, match="'2m' is not a timeframe"):
        market.candles("BTC/USDT", "2m", 1)


async def test_ticks_yield_the_pairs_that_moved() -> None:
    now = NOON

    def clock() -> datetime:
        nonlocal now
        now += timedelta(seconds=20)
        return now

    ticks = SimulatedMarket(7, clock, cadence=timedelta(milliseconds=1)).ticks()
    async with asyncio.timeout(10):
        moved = await anext(aiter(ticks))
    assert "BTC/USDT" in moved
    assert set(moved) <= set(PAIRS)
