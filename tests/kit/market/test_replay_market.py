"""The replay market: recordings played as if they happened now."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from kit.market.errors import PairNotListed, TimeframeTooFine, TimeframeUnknown
from kit.market.listings import LISTINGS
from kit.market.protocol import Candle, Level, MarketEnded
from kit.market.replay import ReplayMarket
from tests.kit.market.recorded import CANDLES, FAST, TRADES, at, moves, played, written


@pytest.fixture
def candles(tmp_path: Path) -> Path:
    return written(tmp_path, CANDLES)


@pytest.fixture
def trades(tmp_path: Path) -> Path:
    return written(tmp_path, TRADES, "trades.csv")


def replay(path: Path, start: datetime | None = None) -> ReplayMarket:
    return ReplayMarket({"BTC/USDT": path}, speed=FAST, start=start)


async def test_a_candle_is_played_from_its_open_over_the_nearer_extreme_and_the_other_to_its_close(
    candles: Path,
) -> None:
    market = replay(candles)
    assert market.ticker("BTC/USDT").last == Decimal(100)
    assert await played(market) == [
        (at(0, 15), Decimal("99.5")),
        (at(0, 30), Decimal(103)),
        (at(0, 45), Decimal(102)),
        (at(1, 15), Decimal("102.5")),
        (at(1, 30), Decimal(90)),
        (at(1, 45), Decimal(95)),
        (at(4, 0), Decimal(96)),
        (at(4, 15), Decimal(97)),
        (at(4, 30), Decimal(94)),
        (at(4, 45), Decimal("96.5")),
    ]


async def test_at_the_end_prices_stay_and_ticks_say_so_again_and_again(candles: Path) -> None:
    market = replay(candles)
    await played(market)
    assert market.now() == at(5)
    assert market.ticker("BTC/USDT").last == Decimal("96.5")
    with pytest.raises(MarketEnded, match="2022-01-01 00:05"):
        await anext(aiter(market.ticks()))


async def test_the_open_candle_is_made_of_what_was_played_and_closed_ones_are_as_recorded(candles: Path) -> None:
    market = replay(candles, start=at(1, 20))
    whole, half = market.candles("BTC/USDT", "1m", 5, include_open=True)
    assert whole == Candle(at(0), Decimal(100), Decimal(103), Decimal("99.5"), Decimal(102), Decimal(8))
    assert half == Candle(at(1), Decimal(102), Decimal("102.5"), Decimal(102), Decimal("102.5"), Decimal(2))
    assert market.candles("BTC/USDT", "1m", 5) == [whole]


async def test_nothing_is_known_before_it_is_played(candles: Path) -> None:
    market = replay(candles)
    lows = {}
    async for _ in market.ticks():
        lows[market.now()] = market.ticker("BTC/USDT").low
        assert all(trade.at <= market.now() for trade in market.trades("BTC/USDT", 100))
        assert all(candle.opened_at + timedelta(minutes=1) <= market.now() for candle in closed(market))
        if market.now() >= at(1, 45):
            break
    assert lows[at(1, 15)] == Decimal("99.5")
    assert lows[at(1, 30)] == Decimal(90)


def closed(market: ReplayMarket) -> list[Candle]:
    return market.candles("BTC/USDT", "1m", 100)


async def test_longer_candles_are_sums_and_minutes_without_a_recording_are_left_out(candles: Path) -> None:
    market = replay(candles)
    await played(market)
    assert [candle.opened_at for candle in closed(market)] == [at(0), at(1), at(2), at(4)]
    (five,) = market.candles("BTC/USDT", "5m", 1)
    assert five == Candle(at(0), Decimal(100), Decimal(103), Decimal(90), Decimal("96.5"), Decimal(13))
    assert market.candles("BTC/USDT", "1m", 2, since=at(1))[0].opened_at == at(1)
    assert len(market.candles("BTC/USDT", "1m", 2, since=at(1))) == 2


def test_the_ticker_looks_back_24_hours(tmp_path: Path) -> None:
    days = "timestamp,open,high,low,close,volume\n" + "".join(
        f"2022-01-0{day},{price},{price},{price},{price},4\n" for day, price in ((1, 50), (2, 60), (3, 70))
    )
    ticker = replay(written(tmp_path, days), start=datetime(2022, 1, 3, tzinfo=UTC)).ticker("BTC/USDT")
    assert (ticker.open, ticker.high) == (Decimal(60), Decimal(70))
    assert (ticker.low, ticker.last) == (Decimal(60), Decimal(70))
    assert ticker.volume == 4
    assert ticker.at == ticker.priced_at == datetime(2022, 1, 3, tzinfo=UTC)


def test_the_ticker_of_a_pair_that_nobody_trades_any_more_says_how_old_its_price_is(tmp_path: Path) -> None:
    market = ReplayMarket(
        {
            "BTC/USDT": written(tmp_path, "timestamp,price,amount\n2022-01-01T00:00:00Z,50,1\n", "btc.csv"),
            "ETH/USDT": written(
                tmp_path,
                "timestamp,price,amount\n2022-01-01T00:00:00Z,5,1\n2022-01-01T00:10:00Z,5,1\n",
                "eth.csv",
            ),
        },
        start=datetime(2022, 1, 1, 0, 10, tzinfo=UTC),
    )
    assert market.ticker("BTC/USDT").at - market.ticker("BTC/USDT").priced_at == timedelta(minutes=10)
    assert market.ticker("ETH/USDT").priced_at == market.now()


def test_bid_and_ask_are_the_recorded_price_unless_a_spread_is_asked_for(candles: Path) -> None:
    book = replay(candles).book("BTC/USDT", 2)
    assert book.bids == (Level(Decimal("100.0"), Decimal(2)), Level(Decimal("99.9"), Decimal(4)))
    assert book.asks == (Level(Decimal("100.0"), Decimal(2)), Level(Decimal("100.1"), Decimal(4)))
    wide = ReplayMarket({"BTC/USDT": candles}, spread_bps=100).ticker("BTC/USDT")
    assert (wide.bid, wide.last, wide.ask) == (Decimal("99.5"), Decimal(100), Decimal("100.5"))


async def test_every_trade_is_played_also_those_of_one_moment(trades: Path) -> None:
    market = replay(trades)
    moves = [price for _, price in await played(market)]
    assert moves == [Decimal("98.5"), Decimal("101.25"), Decimal(99)]
    assert [(trade.price, trade.amount, trade.side) for trade in market.trades("BTC/USDT", 2)] == [
        (Decimal("101.25"), Decimal("0.5"), "buy"),
        (Decimal(99), Decimal(4), "sell"),
    ]
    (minute,) = market.candles("BTC/USDT", "1m", 1)
    assert minute == Candle(at(0), Decimal(100), Decimal("101.25"), Decimal("98.5"), Decimal("101.25"), Decimal("3.5"))


async def test_two_recordings_are_played_in_the_order_of_their_times(tmp_path: Path, trades: Path) -> None:
    later = TRADES.replace("1640995200000", "1640995200001").replace("1640995261000", "1640995260000")
    other = written(tmp_path, later, "other.csv")
    market = ReplayMarket({"BTC/USDT": trades, "ETH/USDT": other}, speed=FAST)
    assert market.now() == at(0) + timedelta(milliseconds=1)
    assert [((now - at(0)).seconds, *pairs) async for now, pairs in moves(market)] == [
        (0, "BTC/USDT"),
        (0, "BTC/USDT"),
        (0, "ETH/USDT"),
        (0, "ETH/USDT"),
        (60, "ETH/USDT"),
        (61, "BTC/USDT"),
    ]


async def test_every_reader_sees_every_price(candles: Path) -> None:
    market = replay(candles)
    one, other = await asyncio.gather(played(market), played(market))
    assert len(one) == 10
    assert one == other


async def test_a_slow_reader_slows_the_recording_down_and_misses_nothing(candles: Path) -> None:
    market = replay(candles)
    assert len([await asyncio.sleep(0.002, now) async for now, _ in moves(market)]) == 10


async def test_prices_come_when_they_are_due(candles: Path) -> None:
    clock = 50.0
    market = ReplayMarket({"BTC/USDT": candles}, speed=15, monotonic=lambda: clock)
    ticks = aiter(market.ticks())
    first = asyncio.ensure_future(anext(ticks))
    await asyncio.sleep(0)
    assert not first.done()
    assert market.now() == at(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    clock = 51.0
    assert await anext(aiter(market.ticks())) == ("BTC/USDT",)
    assert market.now() == at(0, 15)


def test_the_tick_is_as_fine_as_the_recorded_prices_and_floats_lose_their_noise(tmp_path: Path) -> None:
    path = tmp_path / "eth.parquet"
    moment = datetime(2018, 1, 10, tzinfo=UTC)
    row = {"open": 0.0984, "high": 0.09969000000000001, "low": 0.09709011000000001, "close": 0.09946999000000001}
    pl.DataFrame([{"timestamp": moment, **row, "volume": 1820.544474}]).write_parquet(path)
    market = ReplayMarket({"ETH/BTC": path}, start=moment + timedelta(minutes=1))
    (candle,) = market.candles("ETH/BTC", "1m", 1)
    assert market.instruments()["ETH/BTC"].price_tick == Decimal("0.00000001")
    assert (candle.high, candle.low, candle.close) == (
        Decimal("0.09969"),
        Decimal("0.09709011"),
        Decimal("0.09946999"),
    )
    assert candle.volume == Decimal("1820.544474")


def test_given_rules_are_kept_and_prices_rounded_to_their_tick(candles: Path) -> None:
    rules = LISTINGS["BTC/USDT"]
    market = ReplayMarket({"BTC/USDT": candles}, instruments={"BTC/USDT": rules}, start=at(0, 20))
    assert market.instruments() == {"BTC/USDT": rules}
    assert str(market.ticker("BTC/USDT").last) == "99.50"


def test_a_volume_in_quote_becomes_one_in_base(tmp_path: Path) -> None:
    path = written(tmp_path, "timestamp,open,high,low,close,volume\n2022-01-01,50,50,50,50,2000\n")
    market = ReplayMarket({"BTC/USDT": path}, volume_in_quote=frozenset({"BTC/USDT"}), start=at(1))
    assert market.candles("BTC/USDT", "1m", 1)[0].volume == 40


def test_a_start_outside_of_the_recording_is_refused(candles: Path) -> None:
    with pytest.raises(ValueError, match="start 2021-12-31 00:00"):
        replay(candles, start=datetime(2021, 12, 31, tzinfo=UTC))
    with pytest.raises(ValueError, match="must be between 2022-01-01 00:00:00"):
        replay(candles, start=at(6))


@pytest.mark.parametrize("speed", [0, -1, float("inf"), float("nan")])
def test_a_speed_that_is_none_is_refused(candles: Path, speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        ReplayMarket({"BTC/USDT": candles}, speed=speed)


def test_a_replay_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="a replay needs a recording"):
        ReplayMarket({})


def test_candles_finer_than_the_recording_are_refused(tmp_path: Path) -> None:
    text = "timestamp,open,high,low,close,volume\n0,1,1,1,1,1\n300,1,1,1,1,1\n600,1,1,1,1,1\n"
    market = replay(written(tmp_path, text))
    with pytest.raises(TimeframeTooFine, match="1m candles of BTC/USDT cannot be made: one was recorded every 0:05:00"):
        market.candles("BTC/USDT", "1m", 1)
    with pytest.raises(TimeframeUnknown, match="'2m'"):
        market.candles("BTC/USDT", "2m", 1)
    with pytest.raises(PairNotListed, match="ETH/USDT is not listed on the replay market"):
        market.ticker("ETH/USDT")


def test_a_replay_does_not_call_itself_simulated(candles: Path) -> None:
    assert (replay(candles).source, replay(candles).simulated) == ("replay", False)
