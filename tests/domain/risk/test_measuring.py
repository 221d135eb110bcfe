"""When an account is measured, and what of it is written down."""

from datetime import UTC, datetime
from decimal import Decimal

from domain.commands import MeasureEquity
from domain.decide import decide
from domain.events.risk import EquityMeasured
from domain.risk.market import UsdPrices
from tests.domain.books import NOON, account, after, deposit, facts, limit, names
from tests.domain.risk.limited import (
    at,
    invested,
    limited,
    measured,
    nav,
    seen,
    usd,
)

# The 9th of February 2026 is a Monday.
TUESDAY = datetime(2026, 2, 10, 0, 0, 1, tzinfo=UTC)


def test_a_new_high_is_written_from_a_ten_thousandth_on() -> None:
    watched = invested(drawdown_percent="10")
    assert measured(watched, "100.02").events == ()
    assert names(measured(watched, "100.03").events) == ["EquityMeasured"]


def test_an_order_after_a_deposit_measures_it_first() -> None:
    richer = after(invested(daily_loss_percent="5"), deposit("USDT", "5000"))
    assert names(decide(richer, seen(limit("buy", "1", "100")), NOON).events) == ["EquityMeasured", "OrderPlaced"]


def test_setting_a_limit_measures_at_once_and_counts_from_there() -> None:
    watched = invested(daily_loss_percent="5")
    assert watched.performance is not None
    assert facts(watched.performance, "equity", "nav", "day_nav", "week_nav", "peak_nav") == (10_000, 1, 1, 1, 1)


def test_where_no_loss_is_limited_nothing_is_measured_and_nothing_remembered() -> None:
    assert measured(limited(max_order_notional="500"), "90").events == ()
    lost = at(invested(daily_loss_percent="50"), "90")
    free = limited(lost, max_order_notional="500")
    assert (free.performance, limited(free, daily_loss_percent="5").halt) == (None, None)


def test_what_has_no_listing_is_left_out_and_named_and_comes_in_once_it_has_one() -> None:
    watched = limited(account(USDT="10000", OLD="7"), daily_loss_percent="5")
    assert watched.performance is None
    listed = UsdPrices({"USDT": Decimal(1)}, ("OLD",))
    events, first = decide(watched, MeasureEquity(prices=listed), NOON)
    assert events == (EquityMeasured(equity=Decimal(10_000), inflow=Decimal(10_000), unpriced=("OLD",)),)
    events, then = decide(first, MeasureEquity(prices=usd(OLD="10")), NOON)
    assert events == (EquityMeasured(equity=Decimal(10_070), inflow=Decimal(70), unpriced=()),)
    assert nav(then) == Decimal(1)


def test_a_price_that_cannot_be_had_leaves_everything_as_it_is() -> None:
    watched = invested(daily_loss_percent="5")
    assert decide(watched, MeasureEquity(prices=usd()), TUESDAY).events == ()


def test_every_hour_has_a_measurement_and_the_closing_minute_of_a_day_one_of_its_own() -> None:
    watched = invested(daily_loss_percent="5")
    written = []
    for hour, minute in ((12, 59), (13, 0), (13, 59), (14, 30), (23, 10), (23, 58), (23, 59)):
        events, watched = measured(watched, "100", NOON.replace(hour=hour, minute=minute))
        written.append((hour, minute, len(events)))
    assert [(hour, minute) for hour, minute, count in written if count] == [(13, 0), (14, 30), (23, 10), (23, 59)]
