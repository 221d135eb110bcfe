"""Losses of the day and the week and the drawdown from the peak, on equity, whatever comes in and goes out."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from domain.account import Account
from domain.commands import ResumeTrading, SetLimits
from domain.decide import decide
from domain.events.risk import TradingHalted, TradingResumed
from tests.domain.books import NOON, account, after, deposit, facts, limit, names, withdraw
from tests.domain.risk.limited import (
    at,
    holding,
    invested,
    limited,
    limits,
    measured,
    nav,
    placed,
    refused,
    said,
    seen,
    usd,
    view,
)

# The 9th of February 2026 is a Monday.
TUESDAY = datetime(2026, 2, 10, 0, 0, 1, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 2, 16, 0, 0, 1, tzinfo=UTC)
CHECKS = ("dailyLossPercent", "weeklyLossPercent", "drawdownPercent")


def references(of: Account) -> tuple[str, ...]:
    """The navs of the day, the week and the peak."""
    assert of.performance is not None
    return tuple(f"{of.performance.reference(check).normalize():f}" for check in CHECKS)


@pytest.mark.parametrize(
    ("limit_", "check", "title"),
    [
        ("daily_loss_percent", "dailyLossPercent", "The loss of the day"),
        ("weekly_loss_percent", "weeklyLossPercent", "The loss of the week"),
        ("drawdown_percent", "drawdownPercent", "The drawdown from the peak"),
    ],
)
def test_a_loss_that_reaches_its_limit_halts_and_one_just_below_it_does_not(
    limit_: str, check: str, title: str
) -> None:
    """At 90.01 the 50 BTC have lost 499.50 of 10,000, at 90.00 they have lost 500: 5 %."""
    watched = invested(**{limit_: "5"})
    assert measured(watched, "90.01").events == ()
    events, halted = measured(watched, "90")
    assert names(events) == ["EquityMeasured", "TradingHalted"]
    assert facts(events[0], "equity", "inflow", "unpriced") == (Decimal(9500), Decimal(0), ())
    reason = f"{title} of 5 % has reached the limit of 5 %"
    assert events[1] == TradingHalted(reason=reason, reduce_only=True, cancel_orders=False, check=check)
    refusal = refused(halted, seen(limit("buy", "1", "90"), view("90")))
    assert refusal.message == f"Trading is halted ({reason}); positions can be reduced"
    assert said(refusal) == (
        check,
        "5",
        {
            "reason": reason,
            "reduceOnly": "true",
            "haltedAt": "2026-02-09T12:00:00+00:00",
            "lossPercent": "5",
            "equity": "9500",
            "nav": "0.95",
            "reference": "1",
        },
    )


def test_the_order_that_finds_the_loss_halts_trading_and_is_refused() -> None:
    """Nobody has measured since the price fell: the entry brings the prices, and its own refusal."""
    events = decide(invested(daily_loss_percent="5"), seen(limit("buy", "1", "80"), view("80")), NOON).events
    assert names(events) == ["EquityMeasured", "TradingHalted", "OrderRefused"]
    assert said(events[2])[0] == "dailyLossPercent"  # type: ignore[arg-type]


def test_a_halt_is_written_once_however_often_the_loss_is_measured() -> None:
    halted = at(invested(daily_loss_percent="5", weekly_loss_percent="6"), "90")
    for price in ("89", "50", "89.99"):
        assert measured(halted, price).events == ()


def test_positions_can_be_reduced_while_a_loss_has_halted_trading() -> None:
    halted = at(invested(daily_loss_percent="5"), "90")
    placed(halted, seen(limit("sell", "1", "90"), view("90")))


def test_the_loss_of_a_day_counts_from_the_last_measurement_before_it() -> None:
    """Monday ends at 96 with 9,800: on Tuesday 5 % of that, 490, are lost at 86.20."""
    monday_night = datetime(2026, 2, 9, 23, 59, 30, tzinfo=UTC)
    watched = at(invested(daily_loss_percent="5"), "96", monday_night)
    watched = at(watched, "95", TUESDAY)
    assert references(watched) == ("0.98", "1", "1")
    later = TUESDAY.replace(hour=15)
    watched = at(watched, "86.21", later)
    assert watched.halt is None
    events, halted = measured(watched, "86.2", later)
    assert names(events) == ["EquityMeasured", "TradingHalted"]
    assert (nav(halted), references(halted)) == (Decimal("0.931"), ("0.98", "1", "1"))


def test_a_halt_for_the_loss_of_a_day_ends_with_the_first_measurement_of_the_next() -> None:
    halted = at(invested(daily_loss_percent="5"), "90")
    assert measured(halted, "90", datetime(2026, 2, 9, 23, 59, 59, tzinfo=UTC)).account.halt is not None
    events, resumed = measured(halted, "89", TUESDAY)
    assert names(events) == ["TradingResumed", "EquityMeasured"]
    was = "The loss of the day of 5 % has reached the limit of 5 %"
    assert events[0] == TradingResumed(reason=f"a new day has begun; the halt was: {was}")
    assert (resumed.halt, nav(resumed), references(resumed)) == (None, Decimal("0.945"), ("0.95", "1", "1"))


def test_an_entry_of_the_next_day_ends_the_halt_itself() -> None:
    halted = at(invested(daily_loss_percent="5"), "90")
    events = decide(halted, seen(limit("buy", "1", "90"), view("90")), TUESDAY).events
    assert names(events) == ["TradingResumed", "EquityMeasured", "OrderPlaced"]


def test_a_halt_for_the_loss_of_a_week_ends_on_monday_and_one_for_the_drawdown_never() -> None:
    weekly = at(invested(weekly_loss_percent="5"), "90")
    assert at(weekly, "90", NEXT_MONDAY.replace(day=15, hour=23, minute=59)).halt is not None
    events, resumed = measured(weekly, "90", NEXT_MONDAY)
    assert names(events) == ["TradingResumed", "EquityMeasured"]
    assert references(resumed) == ("0.95", "0.95", "1")
    assert at(at(invested(drawdown_percent="5"), "90"), "99", NEXT_MONDAY).halt is not None


def test_where_the_week_is_lost_too_the_new_day_halts_again() -> None:
    halted = at(invested(daily_loss_percent="5", weekly_loss_percent="5"), "90")
    events, again = measured(halted, "90", TUESDAY)
    assert names(events) == ["TradingResumed", "EquityMeasured", "TradingHalted"]
    assert again.halt is not None
    assert again.halt.check == "weeklyLossPercent"


def test_the_drawdown_counts_from_the_highest_measurement() -> None:
    """The peak at 120 is 11,000; a tenth below it, 9,900, is at 98."""
    watched = at(invested(drawdown_percent="10"), "120")
    assert references(watched) == ("1", "1", "1.1")
    assert measured(watched, "98.01").events == ()
    assert names(measured(watched, "98").events) == ["EquityMeasured", "TradingHalted"]


def test_a_deposit_is_no_gain_and_a_withdrawal_no_loss() -> None:
    """At 96 the loss is 2 %; neither 90,000 that come nor 4,900 that go change it, and each is measured at once."""
    watched = at(invested(daily_loss_percent="5"), "96", NOON)
    for change, equity, inflow in (
        (deposit("USDT", "90000"), 99_800, 90_000),
        (withdraw("USDT", "4900"), 4_900, -4_900),
    ):
        events, moved = measured(after(watched, change), "96")
        assert names(events) == ["EquityMeasured"]
        assert facts(events[0], "equity", "inflow") == (equity, inflow)
        assert nav(moved) == Decimal("0.98")


def test_what_came_in_shares_the_loss_from_then_on() -> None:
    """9,800 at 96 and 9,800 more: each BTC that then loses 9.80 takes 2.5 % off, until 3/0.98 % are lost."""
    watched = at(after(at(invested(daily_loss_percent="5"), "96"), deposit("USDT", "9800")), "96")
    assert nav(at(watched, "86.2", TUESDAY.replace(day=9, hour=13))) == Decimal("0.9555")
    assert watched.halt is None


def test_coins_that_come_in_are_valued_as_they_are_measured() -> None:
    watched = after(invested(daily_loss_percent="5"), deposit("BTC", "10"))
    (event,), moved = measured(watched, "110")
    assert facts(event, "equity", "inflow") == (Decimal(11_600), Decimal(1_100))
    assert nav(moved) == Decimal("1.05")


def test_what_came_in_and_was_sold_since_still_counts_as_what_came_in() -> None:
    watched = after(invested(daily_loss_percent="5"), deposit("BTC", "10"), withdraw("BTC", "60"))
    (event,), moved = measured(watched, "110")
    assert facts(event, "equity", "inflow") == (Decimal(5_000), Decimal(-5_500))
    assert nav(moved) == Decimal("1.05")


def test_another_limit_on_losses_goes_on_counting_from_where_the_first_began() -> None:
    lost = at(invested(daily_loss_percent="50"), "90")
    again = after(lost, limits_at("90", weekly_loss_percent="5"))
    assert again.halt is not None
    assert again.halt.check == "weeklyLossPercent"


def limits_at(btc: str, **values: str) -> SetLimits:
    return SetLimits(limits=limits(**values), prices=usd(BTC=btc))


def test_a_halt_for_a_loss_ends_with_its_limit() -> None:
    halted = at(invested(daily_loss_percent="5"), "90")
    events, free = decide(halted, limits_at("90", max_order_notional="500"), NOON)
    assert names(events) == ["RiskLimitsSet", "TradingResumed"]
    assert free.halt is None


@pytest.mark.parametrize("check", ["daily_loss_percent", "weekly_loss_percent", "drawdown_percent"])
def test_who_resumes_after_a_loss_counts_from_what_is_there_now(check: str) -> None:
    """Resumed at 88 with 9,400: the next 5 %, 470, are lost at 78.60."""
    halted = at(invested(**{check: "5"}), "90")
    events, resumed = decide(halted, ResumeTrading(reason="seen", prices=usd(BTC="88")), NOON)
    assert names(events) == ["EquityMeasured", "TradingResumed"]
    assert events[1] == TradingResumed(reason="seen")
    assert measured(resumed, "78.61").events == ()
    assert names(measured(resumed, "78.6").events) == ["EquityMeasured", "TradingHalted"]


def test_who_resumes_while_another_loss_has_reached_its_limit_is_halted_by_that_one() -> None:
    halted = at(invested(daily_loss_percent="5", weekly_loss_percent="5"), "90")
    events, again = decide(halted, ResumeTrading(reason="seen", prices=usd(BTC="90")), NOON)
    assert names(events) == ["EquityMeasured", "TradingResumed", "TradingHalted"]
    assert again.halt is not None
    assert again.halt.check == "weeklyLossPercent"
    assert decide(again, ResumeTrading(reason="seen", prices=usd(BTC="90")), NOON).account.halt is None


def test_who_resumes_without_prices_counts_from_the_last_measurement() -> None:
    halted = at(invested(daily_loss_percent="5"), "90")
    events, resumed = decide(halted, ResumeTrading(reason="seen"), NOON)
    assert names(events) == ["TradingResumed"]
    assert references(resumed) == ("0.95", "1", "1")


def test_an_empty_account_can_be_watched_and_begins_with_what_is_put_in() -> None:
    watched = limited(account(), daily_loss_percent="5")
    (event,), funded = measured(after(watched, deposit("USDT", "500")), "100")
    assert facts(event, "equity", "inflow") == (Decimal(500), Decimal(500))
    assert (nav(funded), funded.halt) == (Decimal(1), None)


def test_taking_everything_out_and_putting_some_in_again_is_neither_gain_nor_loss() -> None:
    watched = limited(daily_loss_percent="5")
    emptied = at(after(watched, withdraw("USDT", "10000")), "100")
    assert (nav(emptied), emptied.halt) == (Decimal(1), None)
    assert nav(at(after(emptied, deposit("USDT", "70")), "100")) == Decimal(1)


def test_after_a_total_loss_a_new_deposit_begins_a_new_unit() -> None:
    """All 10,000 USDT were put into BTC, which then cost next to nothing."""
    ruined = limited(holding("100", USDT="10000"), drawdown_percent="50")
    events, ruined = measured(ruined, "0.000000000000000000001")
    assert facts(events[0], "equity") == (Decimal(0),)
    assert (nav(ruined), ruined.halt is not None) == (Decimal(0), True)
    funded = measured(after(ruined, deposit("USDT", "300")), "0.000000000000000000001").account
    assert (nav(funded), references(funded)) == (Decimal(1), ("1", "1", "1"))


def test_what_is_left_below_a_dollar_is_too_little_to_gain_or_lose_by() -> None:
    """0.01 BTC are left at 99 cents; what comes in next and is lost counts as a part of both together."""
    left = at(after(invested(drawdown_percent="5"), withdraw("BTC", "49.99"), withdraw("USDT", "5000")), "99")
    kept = nav(left)
    assert nav(at(left, "50")) == kept
    assert nav(at(after(left, deposit("USDT", "1000")), "99")) == kept
    assert nav(at(after(left, deposit("USDT", "100")), "10")) == Decimal("0.986231310030696109")  # × 100.1 ÷ 100.99
