"""The worth of an account over time, deposits and withdrawals told apart from gains."""

from datetime import datetime, timedelta

import polars as pl
import pytest

from projections import equity, marks
from projections.change import Now, change
from projections.curves import combined
from projections.equity_points import POINTS
from tests.projections.logs import NOON, Log, deposited, filled, log_of, marked, opened, withdrawn
from tests.projections.price_tables import priced

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def curve(log: Log) -> pl.DataFrame:
    return equity.read(equity.fold(equity.empty(), log.frame()))


def points(*values: tuple[datetime, float | None, float | None]) -> pl.DataFrame:
    rows = [(seq, at, at, "main", "paper", value, flow) for seq, (at, value, flow) in enumerate(values, start=1)]
    return pl.DataFrame(rows, schema=POINTS, orient="row")


def test_each_point_values_what_was_held_then_and_what_came_in_since_the_last() -> None:
    log = Log().add(opened(), deposited("USDT", "1000"), marked(BTC="100"), filled("o", "2", "100"))
    log.add(marked(BTC="110"), deposited("BTC", "1"), withdrawn("USDT", "50"), marked(BTC="120"))
    rows = curve(log)
    assert rows.select("seq", "value", "flow", "incomplete").rows() == [
        (3, 1000.0, 1000.0, False),
        (5, 1020.0, 0.0, False),
        (8, 1110.0, 70.0, False),
    ]


def test_a_point_without_a_price_for_something_held_has_no_value() -> None:
    log = Log().add(deposited("USDT", "10"), deposited("DOGE", "5"), marked(BTC="100"), marked(DOGE="2"))
    assert curve(log).select("value", "flow", "incomplete").rows() == [(None, None, True), (20.0, 0.0, False)]


def test_an_old_price_values_a_flow_but_never_a_holding() -> None:
    log = Log().add(deposited("ETH", "1"), marked(ETH="50"), deposited("ETH", "2"), withdrawn("ETH", "3"))
    log.add(marked(BTC="1"), deposited("ETH", "1"), marked(BTC="1"))
    assert curve(log).select("value", "flow").rows() == [(50.0, 50.0), (0.0, -50.0), (None, 50.0)]


def test_a_stablecoin_is_worth_a_dollar_whatever_a_mark_says() -> None:
    assert curve(Log().add(deposited("USDC", "7"), marked(USDC="0.93")))["value"].to_list() == [7.0]
    state = equity.fold(equity.empty(("EUR",)), log_of(deposited("USDC", "7"), marked(USDC="0.5")))
    assert equity.read(state)["value"].to_list() == [3.5]


def test_each_exchange_has_its_own_points_at_its_own_marks() -> None:
    log = Log().add(deposited("USDT", "1"), stream="account:main:paper")
    log.add(deposited("USDT", "2"), stream="account:main:kraken").add(
        deposited("USDT", "4"), stream="account:desk:paper"
    )
    log.add(marked(BTC="1"), marked(exchange="kraken", BTC="1"), stream="marks")
    state = equity.fold(equity.empty(), log.frame())
    rows = equity.read(state).select("seq", "account", "exchange", "value").rows()
    assert rows == [(4, "desk", "paper", 4.0), (4, "main", "paper", 1.0), (5, "main", "kraken", 2.0)]
    assert combined(equity.read(state, "main"))["value"].to_list() == [1.0, 3.0]


def test_a_point_carries_the_time_of_the_exchange() -> None:
    recording = datetime.fromisoformat("2024-03-01T00:00:00Z")
    log = Log().add(deposited("USDT", "1"), marked(recording, BTC="1"), marked())
    assert curve(log)["occurred_at"].to_list() == [recording, NOON + timedelta(seconds=3)]


def test_what_flowed_since_the_last_point_is_valued_at_the_prices_given() -> None:
    log = Log().add(deposited("USDT", "5"), marked(BTC="1"), deposited("BTC", "2"), withdrawn("USDT", "1"))
    state = equity.fold(equity.empty(), log.frame())
    assert equity.flow_since(state, priced(BTC="10"), "main") == 19.0
    assert equity.flow_since(state, priced(), "main") is None
    assert equity.flow_since(state, priced(), "desk") == 0.0


def test_the_change_leaves_deposits_out() -> None:
    # given: 1000 that grew to 1100, then 900 more came in, then all of it grew by 5 %
    told = points((NOON - DAY, 1000.0, 0.0), (NOON - HOUR, 2000.0, 900.0))
    # when, then: 1.10 × 1.05
    grown = change(told, Now(at=NOON, value=2100.0), DAY)
    assert grown.percent == pytest.approx(15.5)
    assert (grown.since, grown.method) == (NOON - DAY, "time-weighted")


def test_a_young_account_changes_since_its_first_point() -> None:
    told = points((NOON - HOUR, 1000.0, 1000.0), (NOON - HOUR / 2, 990.0, 0.0))
    young = change(told, Now(at=NOON, value=1010.0), DAY)
    assert young.percent == pytest.approx(1.0)
    assert young.since == NOON - HOUR


def test_what_happened_between_the_deposit_and_the_first_point_counts() -> None:
    assert change(points((NOON, 990.0, 1000.0)), Now(at=NOON, value=990.0), DAY).percent == pytest.approx(-1.0)


def test_an_account_without_points_has_not_changed() -> None:
    assert change(points(), Now(at=NOON, value=10.0, flow=10.0), DAY).percent == 0.0
    assert change(points(), Now(at=NOON, value=0.0), DAY).since == NOON


def test_an_account_emptied_and_filled_again_goes_on_from_there() -> None:
    told = points((NOON - DAY, 100.0, 0.0), (NOON - HOUR, 0.0, -110.0), (NOON - HOUR / 2, 50.0, 50.0))
    assert change(told, Now(at=NOON, value=55.0), DAY).percent == pytest.approx(21.0)


def test_a_missing_price_in_between_joins_two_periods() -> None:
    told = points((NOON - DAY, 100.0, 0.0), (NOON - HOUR, None, 100.0), (NOON - HOUR / 2, 220.0, 0.0))
    assert change(told, Now(at=NOON, value=220.0), DAY).percent == pytest.approx(20.0)


def test_a_missing_price_now_or_for_a_flow_leaves_the_change_unknown() -> None:
    told = points((NOON - DAY, 100.0, 0.0), (NOON - HOUR, 200.0, None))
    assert change(told, Now(at=NOON, value=220.0), DAY).percent is None
    assert change(points((NOON - DAY, 100.0, 0.0)), Now(at=NOON, value=None), DAY).percent is None
    assert change(points((NOON - DAY, 100.0, 0.0)), Now(at=NOON, value=1.0, flow=None), DAY).percent is None


def test_the_sum_of_curves_has_no_value_where_one_of_them_has_none() -> None:
    log = Log().add(deposited("USDT", "1"), stream="account:main:paper")
    log.add(deposited("DOGE", "2"), stream="account:main:kraken")
    log.add(marked(BTC="1"), marked(exchange="kraken"), marked(BTC="1"), stream="marks")
    log.add(marked(exchange="kraken", DOGE="3"), stream="marks")
    assert combined(curve(log))["value"].to_list() == [1.0, None, None, 7.0]


def test_the_newest_mark_of_each_asset_is_kept_with_its_source() -> None:
    frame = log_of(marked(BTC="1", ETH="2"), marked(NOON + HOUR, BTC="3"))
    state = marks.fold(marks.fold(marks.empty(), frame[:1]), frame[1:])
    rows = marks.read(state).select("asset", "price_usd", "source", "occurred_at", "seq").rows()
    assert rows == [("BTC", 3, "test", NOON + HOUR, 2), ("ETH", 2, "test", NOON, 1)]
    assert marks.history(frame)["price_usd"].to_list() == [1, 2, 3]
    assert marks.read(state, "kraken").is_empty()
