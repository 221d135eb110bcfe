"""Limits as values and as the texts that the log keeps, and which of them are taken."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from domain.account import Account
from domain.commands import SetLimits
from domain.events.risk import RiskLimitsSet
from domain.events.terms import NamedValue
from domain.evolve import evolve
from domain.refusals import AccountNotFound, InvalidLimit
from domain.risk.limits import KINDS, NAMES, RiskLimits, limits_from, named_values, require_limits
from tests.domain.books import NOON, account, events, limit, names, nobody
from tests.domain.risk.limited import limited, limits

ALL = RiskLimits(
    max_position_percent=Decimal(25),
    daily_loss_percent=Decimal(5),
    weekly_loss_percent=Decimal("7.5"),
    drawdown_percent=Decimal(20),
    max_open_positions=3,
    min_order_notional=Decimal(10),
    max_order_notional=Decimal("1E+3"),
    price_collar_percent=Decimal("0.50"),
    max_price_age_s=Decimal("1.5"),
    allowed_pairs=("BTC/USDT", "ETH/USDT"),
    blocked_pairs=("DOGE/USDT",),
    max_orders_per_minute=60,
)
TEXTS = {
    "maxPositionPercent": "25",
    "dailyLossPercent": "5",
    "weeklyLossPercent": "7.5",
    "drawdownPercent": "20",
    "maxOpenPositions": "3",
    "minOrderNotional": "10",
    "maxOrderNotional": "1000",
    "priceCollarPercent": "0.5",
    "maxPriceAgeSeconds": "1.5",
    "allowedPairs": "BTC/USDT,ETH/USDT",
    "blockedPairs": "DOGE/USDT",
    "maxOrdersPerMinute": "60",
}


def test_limits_are_written_by_name_and_read_back_by_value() -> None:
    assert {value.name: value.value for value in named_values(ALL)} == TEXTS
    assert limits_from(TEXTS) == ALL
    assert (named_values(RiskLimits()), limits_from({})) == ((), RiskLimits())


def test_every_limit_has_a_name_and_every_number_a_range() -> None:
    assert tuple(NAMES) == RiskLimits.__struct_fields__
    assert NAMES.keys() - KINDS.keys() == {"allowed_pairs", "blocked_pairs"}


def test_setting_limits_writes_all_of_them_and_replaces_those_before() -> None:
    (event,) = events(account(), SetLimits(limits=limits(max_order_notional="500", max_open_positions=2)))
    assert event == RiskLimitsSet(limits=(NamedValue("maxOpenPositions", "2"), NamedValue("maxOrderNotional", "500")))
    assert limited(limited(max_open_positions=2), max_order_notional="500").limits == {"maxOrderNotional": "500"}
    assert limited(limited(max_open_positions=2)).limits == {}


def test_limits_belong_to_an_account_that_is_open() -> None:
    with pytest.raises(AccountNotFound):
        events(nobody(), SetLimits(limits=ALL))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"max_position_percent": "0"}, "maxPositionPercent 0 must be above 0 and at most 100 %"),
        ({"daily_loss_percent": "-5"}, "dailyLossPercent -5 must be above 0 and at most 100 %"),
        ({"weekly_loss_percent": "100.1"}, "weeklyLossPercent 100.1 must be above 0 and at most 100 %"),
        ({"drawdown_percent": "101"}, "drawdownPercent 101 must be above 0 and at most 100 %"),
        ({"price_collar_percent": "0"}, "priceCollarPercent 0 must be above 0 and at most 100 %"),
        ({"max_price_age_s": "86400.1"}, "maxPriceAgeSeconds 86400.1 must be above 0 and at most 86400 s"),
        ({"max_open_positions": 0}, "maxOpenPositions 0 must be above 0 and at most 1000"),
        ({"max_orders_per_minute": 1001}, "maxOrdersPerMinute 1001 must be above 0 and at most 1000"),
        ({"min_order_notional": "0"}, "minOrderNotional 0 must be above 0 and at most 1000000000000000 USD"),
        ({"max_order_notional": "NaN"}, "maxOrderNotional NaN must be finite"),
        ({"max_order_notional": "1e-19"}, "maxOrderNotional 0.0000000000000000001 must have at most 18 decimals"),
        (
            {"min_order_notional": "11", "max_order_notional": "10"},
            "minOrderNotional 11 must be at most the maxOrderNotional of 10",
        ),
        ({"allowed_pairs": ()}, "allowedPairs [] must name at least one pair"),
        ({"allowed_pairs": ("BTCUSDT",)}, "allowedPairs 'BTCUSDT' must be pairs such as BTC/USDT"),
        ({"blocked_pairs": ("BTC/USDT,ETH/USDT",)}, "blockedPairs 'BTC/USDT,ETH/USDT' must be pairs such as BTC/USDT"),
        ({"blocked_pairs": ("A/B",) * 1001}, "blockedPairs with 1001 pairs must have at most 1000"),
        (
            {"allowed_pairs": ("BTC/USDT",), "blocked_pairs": ("BTC/USDT",)},
            "blockedPairs BTC/USDT is allowed and blocked at once",
        ),
    ],
)
def test_a_limit_out_of_its_range_is_refused_by_name_and_value(values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidLimit) as refusal:
        events(account(), SetLimits(limits=limits(**values)))
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    "values",
    [
        {"daily_loss_percent": "100", "max_price_age_s": "86400", "max_orders_per_minute": 1000},
        {"min_order_notional": "10", "max_order_notional": "10"},
        {"daily_loss_percent": "0.000000000000000001"},
    ],
)
def test_a_limit_at_the_end_of_its_range_is_taken(values: dict[str, Any]) -> None:
    require_limits(limits(**values))


def test_a_limit_of_another_version_limits_nothing_and_stops_no_replay() -> None:
    strange = RiskLimitsSet(limits=(NamedValue("order_notional_max", "5"), NamedValue("maxOpenPositions", "1")))
    replayed = evolve(account(USDT="1000"), strange, NOON)
    assert limits_from(replayed.limits) == RiskLimits(max_open_positions=1)
    assert names(events(replayed, limit("buy", "1", "100"))) == ["OrderPlaced"]


def test_a_limit_that_cannot_be_read_lets_no_order_through_but_what_closes_a_position() -> None:
    strange = RiskLimitsSet(limits=(NamedValue("maxOrderNotional", "much"),))
    replayed = evolve(account(USDT="1000"), strange, NOON)
    with pytest.raises(InvalidLimit, match="maxOrderNotional much is not a number"):
        events(replayed, limit("buy", "1", "100"))


def test_an_account_of_an_older_snapshot_has_no_limits_and_was_never_measured() -> None:
    facts = {"id": "account:main:paper", "version": 1, "account": "main", "exchange": "paper", "limits": {"a": "1"}}
    older = facts | {"halt": {"reason": "x", "reduce_only": True}}
    read = msgspec.json.decode(msgspec.json.encode(older), type=Account)
    assert read.halt is not None
    assert (read.halt.check, read.halt.at, read.halt.version, read.halt.cancel_orders) == (None, None, 0, False)
    assert (read.limits, read.placements, read.performance) == ({"a": "1"}, (), None)
