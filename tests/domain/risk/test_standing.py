"""Where an account stands against its limits, without a line being written."""

from datetime import UTC, datetime
from decimal import Decimal

from domain.account import Account
from domain.commands import HaltTrading
from domain.risk.market import UsdPrices
from domain.risk.standing import RiskStanding, risk_standing
from tests.domain.books import NOON, account, after, limit
from tests.domain.risk.limited import holding, limited, measured, placed, seen, usd


def standing(of: Account, btc: str = "100", when: datetime = NOON) -> RiskStanding:
    return risk_standing(of, usd(BTC=btc), when)


def shown(of: RiskStanding) -> dict[str, tuple[str | None, str, str, bool]]:
    """(value, limit, unit, reached) by check, numbers as plain texts."""
    return {
        one.check: (
            None if one.value is None else f"{one.value.normalize():f}",
            f"{one.limit:f}",
            one.unit,
            one.reached,
        )
        for one in of.checks
    }


def test_every_limit_that_is_set_has_its_present_value() -> None:
    """50 BTC at 92 and 5,000 USDT are 9,600; one more BTC is being bought at 100."""
    watched = limited(
        holding("50", USDT="10000"),
        max_position_percent="60",
        daily_loss_percent="5",
        weekly_loss_percent="4",
        drawdown_percent="20",
        max_open_positions=3,
        max_orders_per_minute=9,
        max_order_notional="500",
    )
    watched = placed(watched, seen(limit("buy", "1", "100")))
    found = standing(watched, "92")
    assert found.equity == Decimal(9600)
    assert shown(found) == {
        "maxPositionPercent": ("48.958333333333333333", "60", "%", False),
        "dailyLossPercent": ("4", "5", "%", False),
        "weeklyLossPercent": ("4", "4", "%", True),
        "drawdownPercent": ("4", "20", "%", False),
        "maxOpenPositions": ("1", "3", "", False),
        "maxOrderNotional": (None, "500", "USD", False),
        "maxOrdersPerMinute": ("2", "9", "", False),
    }


def test_a_share_is_too_large_only_above_its_limit_and_a_number_is_reached_at_it() -> None:
    watched = limited(holding("50", USDT="10000"), max_position_percent="50", max_open_positions=1)
    assert shown(standing(watched)) == {
        "maxPositionPercent": ("50", "50", "%", False),
        "maxOpenPositions": ("1", "1", "", True),
    }
    assert shown(standing(watched, "100.1"))["maxPositionPercent"][3]


def test_losses_count_from_where_a_measurement_now_would_count_them() -> None:
    watched = measured(
        limited(holding("50", USDT="10000"), daily_loss_percent="5"), "96", NOON.replace(hour=13)
    ).account
    found = standing(watched, "95", datetime(2026, 2, 10, 8, tzinfo=UTC))
    assert found.performance is not None
    assert (found.performance.nav, found.performance.day_nav) == (Decimal("0.975"), Decimal("0.98"))
    assert watched.performance is not None
    assert watched.performance.nav == Decimal("0.98")


def test_without_limits_there_is_a_halt_an_equity_and_nothing_else() -> None:
    halted = after(account(USDT="1000"), HaltTrading(reason="enough"))
    found = standing(halted)
    assert found.halt is not None
    assert (found.halt.reason, found.checks, found.performance, found.equity) == ("enough", (), None, Decimal(1000))


def test_a_missing_price_leaves_equity_open_and_the_losses_as_they_were_last() -> None:
    watched = measured(
        limited(holding("50", USDT="10000"), daily_loss_percent="5"), "96", NOON.replace(hour=13)
    ).account
    found = risk_standing(watched, usd(), NOON.replace(hour=14))
    assert (found.equity, found.missing) == (None, ("BTC",))
    assert shown(found) == {"dailyLossPercent": ("2", "5", "%", False)}


def test_what_has_no_listing_is_named() -> None:
    found = risk_standing(account(USDT="1000", OLD="3"), UsdPrices({"USDT": Decimal(1)}, ("OLD",)), NOON)
    assert (found.equity, found.missing, found.unpriced) == (Decimal(1000), (), ("OLD",))
