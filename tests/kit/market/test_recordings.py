"""Files of candles and trades: what is understood, and how a bad one is refused."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from kit.market.recordings.errors import BadRecording, BadValue, ColumnMissing
from kit.market.recordings.reading import read
from kit.market.recordings.tape import Tape
from tests.kit.market.recorded import written

HEAD = "timestamp,open,high,low,close,volume\n"
GOOD = "2022-01-01T00:00:00Z,100,103,99,102,8\n"
MIDNIGHT = 1_640_995_200_000_000


@pytest.mark.parametrize(
    "text",
    [
        "1640995200",
        "1640995200.0",
        "1640995200000",
        "1640995200000000",
        "1640995200000000000",
        "2022-01-01",
        "2022-01-01 00:00",
        "2022-01-01 00:00:00",
        "2022-01-01 00:00:00 UTC",
        "2022-01-01T00:00:00Z",
        "2022-01-01T00:00:00.000Z",
        "2022-01-01T01:00:00+01:00",
        "2021-12-31 19:00:00-05:00",
    ],
)
def test_a_time_is_understood_in_any_unit(tmp_path: Path, text: str) -> None:
    assert read(written(tmp_path, f"{HEAD}{text},100,103,99,102,8\n"))["at"].to_list() == [MIDNIGHT]


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
@pytest.mark.parametrize("zone", ["UTC", None])
def test_parquet_times_are_understood_in_any_unit(tmp_path: Path, unit: str, zone: str | None) -> None:
    path = tmp_path / "recording.parquet"
    times = pl.Series("date", [datetime(2022, 1, 1, tzinfo=UTC)]).cast(pl.Datetime("us", "UTC"))
    kept = times.dt.replace_time_zone(zone).cast(pl.Datetime(unit, zone))  # type: ignore[arg-type]
    prices = {name: [Decimal("100.25")] for name in ("Open", "High", "Low", "Close", "Volume")}
    pl.DataFrame({"date": kept, **prices}).write_parquet(path)
    frame = read(path)
    assert frame["at"].to_list() == [MIDNIGHT]
    assert frame["open"].to_list() == [100.25]


@pytest.mark.parametrize(
    "head",
    ["Date,Open,High,Low,Close,Volume", "open_time,o,h,l,c,v", "unix, open ,HIGH,low,close,vol", "t,open,h,l,c,volume"],
)
def test_common_column_names_are_understood(tmp_path: Path, head: str) -> None:
    frame = read(written(tmp_path, f"{head}\n{GOOD}"))
    assert frame.row(0) == (MIDNIGHT, 100.0, 103.0, 99.0, 102.0, 8.0)


def test_columns_that_are_not_needed_are_left_alone(tmp_path: Path) -> None:
    text = "symbol,timestamp,open,high,low,close,volume,count\nBTC,1640995200,100,103,99,102,8,x\n"
    assert read(written(tmp_path, text)).columns == ["at", "open", "high", "low", "close", "volume"]


def test_trades_may_have_no_side(tmp_path: Path) -> None:
    frame = read(written(tmp_path, "ts,price,size\n1640995200,100.5,2\n"))
    assert frame.row(0, named=True) == {"at": MIDNIGHT, "price": 100.5, "amount": 2.0}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2022-01-01T00:00:00Z,100,103,99,102,8", "row 2: timestamp '2022-01-01T00:00:00Z' must be later than the row"),
        ("2021-12-31T00:00:00Z,100,103,99,102,8", "row 2: timestamp '2021-12-31T00:00:00Z' must be later than the row"),
        ("yesterday,100,103,99,102,8", "row 2: timestamp 'yesterday' must be a time"),
        ("2022-01-01T00:01:00Z,NaN,103,99,102,8", "row 2: open 'NaN' must be a number"),
        ("2022-01-01T00:01:00Z,100,inf,99,102,8", "row 2: high 'inf' must be a number"),
        ("2022-01-01T00:01:00Z,100,103,99,,8", "row 2: close None must be a number"),
        ("2022-01-01T00:01:00Z,100,103,low,102,8", "row 2: low 'low' must be a number"),
        ("2022-01-01T00:01:00Z,0,103,0,102,8", "row 2: open '0' must be above zero"),
        ("2022-01-01T00:01:00Z,100,103,-1,102,8", "row 2: low '-1' must be above zero"),
        ("2022-01-01T00:01:00Z,100,103,99,102,-8", "row 2: volume '-8' must not be negative"),
        ("2022-01-01T00:01:00Z,100,98,99,98,8", "row 2: high '98' must be the highest price of its row"),
        ("2022-01-01T00:01:00Z,100,103,101,102,8", "row 2: low '101' must be the lowest price of its row"),
    ],
)
def test_a_bad_candle_is_refused_by_its_file_row_and_value(tmp_path: Path, row: str, message: str) -> None:
    path = written(tmp_path, f"{HEAD}{GOOD}{row}\n")
    with pytest.raises(BadValue) as refused:
        read(path)
    assert str(refused.value).startswith(f"{path}: {message}")


def test_the_first_bad_row_is_the_one_that_is_named(tmp_path: Path) -> None:
    text = f"{HEAD}{GOOD}2022-01-01T00:01:00Z,100,103,99,102,-8\n2022-01-01T00:00:30Z,0,103,99,102,8\n"
    with pytest.raises(BadValue, match="row 2: volume"):
        read(written(tmp_path, text))


def test_a_bad_trade_is_refused_and_two_of_one_moment_are_not(tmp_path: Path) -> None:
    head = "timestamp,price,amount,side\n1640995200,1,1,BUY\n1640995200,1,1,sell\n"
    assert read(written(tmp_path, head))["side"].to_list() == ["buy", "sell"]
    with pytest.raises(BadValue, match="row 3: side 'both' must be buy or sell"):
        read(written(tmp_path, f"{head}1640995200,1,1,both\n"))
    with pytest.raises(BadValue, match="row 3: timestamp '1640995199' must not be earlier than the row before"):
        read(written(tmp_path, f"{head}1640995199,1,1,buy\n"))


def test_a_missing_column_is_named_with_those_that_were_found(tmp_path: Path) -> None:
    path = written(tmp_path, "timestamp,open,high,low,volume\n0,1,1,1,1\n")
    with pytest.raises(ColumnMissing, match="no column for close among timestamp, open, high, low, volume"):
        read(path)


@pytest.mark.parametrize("text", ["", HEAD])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BadRecording, match=r"recording\.csv"):
        read(path)


def test_a_file_that_is_not_there_or_no_parquet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRecording, match=r"nothing\.csv: it cannot be read"):
        read(tmp_path / "nothing.csv")
    with pytest.raises(BadRecording, match=r"text\.parquet: it cannot be read"):
        read(written(tmp_path, "no parquet", "text.parquet"))


def test_prices_are_whole_multiples_of_the_finest_that_was_written(tmp_path: Path) -> None:
    text = f"{HEAD}0,100.5,103,99.25,102,8\n60,100,103,99,102,0.125\n"
    tape = Tape("BTC/USDT", written(tmp_path, text))
    assert (tape.price_unit, tape.amount_unit) == (Decimal("0.01"), Decimal("0.001"))
    assert tape.ticks["price"].head(4).to_list() == [10050, 9925, 10300, 10200]
    assert tape.ticks["amount"].to_list() == [2000, 2000, 2000, 2000, 31, 31, 31, 32]


def test_a_low_as_near_as_the_high_comes_first(tmp_path: Path) -> None:
    tape = Tape("BTC/USDT", written(tmp_path, f"{HEAD}0,100,101,99,100,1\n"))
    assert tape.ticks["price"].to_list() == [100, 99, 101, 100]


def test_volumes_beyond_64_bits_are_kept_to_seventeen_digits(tmp_path: Path) -> None:
    tape = Tape("SHIB/USDT", written(tmp_path, f"{HEAD}0,1,1,1,1,12345678901234.25\n60,1,1,1,1,1\n"))
    assert sum(tape.ticks["amount"].to_list()) * tape.amount_unit == Decimal("12345678901235.25")
