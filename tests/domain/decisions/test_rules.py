"""Every rule of a market is refused with the field and its value, before any question of funds."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.commands import PlaceOrder
from domain.decisions.rules import price_bound, terms
from domain.money import exact
from domain.refusals import InvalidOrder
from tests.domain.books import BTC_USDT, NOON, account, events, limit, market, stop

agreed = exact(terms)
bound = exact(price_bound)
STEP = "0.000000000000000001"


def refused(command: PlaceOrder) -> tuple[str, str, str]:
    with pytest.raises(InvalidOrder) as refusal:
        events(account(), command)
    return refusal.value.field, str(refusal.value.value), refusal.value.why


def with_levels(**levels: str) -> PlaceOrder:
    return limit("buy", "1", "100", **levels)


@pytest.mark.parametrize(
    ("command", "field", "value", "why"),
    [
        (replace(limit("buy", "1", "100"), price=None), "price", "null", "is missing: a limit order needs one"),
        (
            replace(market("buy", "1"), price=Decimal(100)),
            "price",
            "100",
            "does not belong to a market order",
        ),
        (limit("buy", "1", "0"), "price", "0", "must be above zero"),
        (limit("buy", "1", "-100"), "price", "-100", "must be above zero"),
        (
            limit("buy", "1", "100.001"),
            "price",
            "100.001",
            "is off the tick: BTC/USDT moves in steps of 0.01",
        ),
        (limit("buy", "0", "100"), "amount", "0", "BTC must be above zero"),
        (market("sell", "-1"), "amount", "-1", "BTC must be above zero"),
        (market("buy", "-100", unit="quote"), "amount", "-100", "USDT must be above zero"),
        (
            limit("buy", "1.000000001", "100"),
            "amount",
            "1.000000001",
            "BTC is off the lot: BTC/USDT has steps of 0.00000001",
        ),
        (limit("buy", "0.000009", "67250"), "amount", "0.000009", "BTC is below the minimum of 0.00001 BTC"),
        (limit("buy", "0.04", "100"), "amount", "0.04", "BTC is below the minimum of 5 USDT"),
        (
            market("buy", "4.99", unit="quote"),
            "amount",
            "4.99",
            "USDT is below the minimum of 5 USDT",
        ),
        (
            market("buy", "6", "700000", unit="quote"),
            "amount",
            "6",
            "USDT is below the minimum of 0.00001 BTC",
        ),
        (
            limit("buy", "10000000000", "100000"),
            "amount",
            "10000000000",
            "BTC comes to 1000000000000000 USDT, which must have at most 15 digits before the point",
        ),
        (replace(limit("buy", "1", "100"), type="stop-limit"), "stopPrice", "null", "is missing: a stop-limit order"),
        (replace(market("buy", "1"), type="stop-market"), "stopPrice", "null", "is missing: a stop-market order needs"),
        (replace(market("buy", "1"), stop_price=Decimal(110)), "stopPrice", "110", "does not belong to a market order"),
        (stop("buy", "1", "100"), "stopPrice", "100", "must be above the market at 100 for a buy"),
        (stop("sell", "1", "100"), "stopPrice", "100", "must be below the market at 100 for a sell"),
        (stop("buy", "1", "110.001"), "stopPrice", "110.001", "is off the tick: "),
        (stop("buy", "1", "110", price=Decimal(111)), "price", "111", "does not belong to a stop-market order"),
        (stop("sell", "1", "90", type="stop-limit"), "price", "null", "is missing: a stop-limit order needs one"),
        (stop("buy", "1", "110", time_in_force="GTD"), "timeInForce", "GTD", "does not belong to a stop-market order"),
        (replace(limit("buy", "1", "100"), time_in_force="GTD"), "expiresAt", "null", "is missing: a GTD order needs"),
        (
            replace(limit("buy", "1", "100"), expires_at=NOON),
            "expiresAt",
            "2026-02-09T12:00:00Z",
            "belongs to GTD orders, this one is GTC",
        ),
        (
            replace(limit("buy", "1", "100"), time_in_force="GTD", expires_at=NOON),
            "expiresAt",
            "2026-02-09T12:00:00Z",
            "has passed: it is 2026-02-09T12:00:00Z",
        ),
        (
            replace(limit("buy", "1", "100"), time_in_force="IOC", post_only=True),
            "postOnly",
            "true",
            "does not belong to a limit IOC order: it never rests",
        ),
        (replace(market("buy", "1"), post_only=True), "postOnly", "true", "does not belong to a market GTC order"),
        (with_levels(stop_loss="100"), "stopLoss", "100", "must be below the entry at 100"),
        (with_levels(stop_loss="0"), "stopLoss", "0", "must be above zero"),
        (with_levels(stop_loss="-1"), "stopLoss", "-1", "must be above zero"),
        (with_levels(stop_loss="90.001"), "stopLoss", "90.001", "is off the tick: "),
        (with_levels(take_profit="100"), "takeProfit", "100", "must be above the entry at 100"),
        (with_levels(take_profit="99.99"), "takeProfit", "99.99", "must be above the entry at 100"),
        (with_levels(take_profit="110.001"), "takeProfit", "110.001", "is off the tick: "),
        (
            limit("sell", "1", "100", stop_loss="90"),
            "stopLoss",
            "90",
            "guards a buy; a sell on a spot market opens no position",
        ),
        (limit("sell", "1", "100", take_profit="110"), "takeProfit", "110", "guards a buy; "),
    ],
)
def test_a_broken_rule_names_field_value_and_rule(command: PlaceOrder, field: str, value: str, why: str) -> None:
    seen = refused(command)
    assert seen[:2] == (field, value)
    assert seen[2].startswith(why)


def test_a_refusal_reads_as_a_sentence() -> None:
    with pytest.raises(InvalidOrder, match=r"^amount 0\.04 BTC is below the minimum of 5 USDT$"):
        events(account(), limit("buy", "0.04", "100"))


def test_an_amount_in_base_beyond_what_the_ledger_holds_is_refused() -> None:
    dust_coin = replace(
        market("buy", "100", STEP, unit="quote"), instrument=replace(BTC_USDT, price_tick=Decimal(STEP))
    )
    assert refused(dust_coin) == (
        "amount",
        "100",
        "USDT comes to 100000000000000000000 BTC, which must have at most 15 digits before the point",
    )


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (limit("buy", "1", "100"), ("1", None, None)),
        (limit("sell", "1", "100"), ("1", None, None)),
        (limit("buy", "0.05", "100"), ("0.05", None, None)),
        (market("buy", "100", unit="quote"), ("0.00148698", "100", "68595.00")),
        (market("buy", "0.5"), ("0.5", None, "68595.00")),
        (market("sell", "0.5"), ("0.5", None, "65905.00")),
        (market("sell", "100", unit="quote"), ("0.00148698", None, "65905.00")),
        (replace(limit("buy", "100", "67250"), amount_in="quote"), ("0.00148698", None, None)),
    ],
)
def test_what_an_order_comes_to(command: PlaceOrder, expected: tuple[str | None, ...]) -> None:
    assert agreed(command) == tuple(None if number is None else Decimal(number) for number in expected)


def test_the_minimum_of_a_budget_is_asked_of_the_budget_and_not_of_what_the_lot_leaves_of_it() -> None:
    # 5 USDT at 67,250 buy 0.00007434 BTC, which are 4.999365 USDT.
    assert agreed(market("buy", "5", unit="quote")).amount == Decimal("0.00007434")


def test_the_bound_of_a_market_order_is_two_percent_away_on_the_tick() -> None:
    assert bound(market("buy", "1", "33.33"), None) == Decimal("33.99")
    assert bound(market("sell", "1", "33.33"), None) == Decimal("32.66")


def test_the_bound_of_a_sell_is_never_below_one_tick() -> None:
    assert bound(market("sell", "1", "0.01"), None) == Decimal("0.01")


def test_a_market_order_measures_its_levels_from_the_price_it_was_decided_at() -> None:
    assert agreed(replace(market("buy", "1", "100"), stop_loss=Decimal("99.99"), take_profit=Decimal("100.01")))
    assert refused(replace(market("buy", "1", "100"), stop_loss=Decimal("100.01")))[0] == "stopLoss"
