"""What breaks the pair's rules is rejected with the field and its value."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from kit.exchanges.protocol import OrderRequest, UnknownPair
from tests.kit.exchanges.orders import NOON, engine_with, order


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (order("buy", "0", "100"), "amount 0 is not above zero"),
        (order("buy", "-1", "100"), "amount -1 is not above zero"),
        (order("buy", "1.000000001", "100"), "amount 1.000000001 is not a multiple of 0.00000001 BTC"),
        (order("sell", "0.000009"), "amount 0.000009 is below the minimum of 0.00001 BTC"),
        (order("buy", "0.04", "100"), "notional 4.00 is below the minimum of 5 USDT"),
        (order("buy", "0.04", type="stop-market", stop="100"), "notional 4.00 is below the minimum of 5 USDT"),
        (order("buy", spend="4.99"), "spend 4.99 is below the minimum of 5 USDT"),
        (order("buy", spend="0"), "spend 0 is not above zero"),
        (order("sell", spend="10"), "spend 10 is for market buys, this is a market sell"),
        (order("buy", "1", "100", spend="10"), "spend 10 is for market buys, this is a limit buy"),
        (order("buy", "1", "100.001"), "price 100.001 is not a multiple of 0.01 USDT"),
        (order("buy", "1", "-100"), "price -100 is not above zero"),
        (order("buy", "1", type="limit"), "price None: a limit order needs one"),
        (order("buy", "1", "100", type="stop-limit"), "stop_price None: a stop-limit order needs one"),
        (order("buy", "1", type="stop-market", stop="0.001"), "stop_price 0.001 is not a multiple of 0.01 USDT"),
        (order("buy", "1", bound="0"), "price_bound 0 is not above zero"),
        (order("buy", "1", post_only=True), "postOnly true: a market GTC order never rests"),
        (order("buy", "1", "90", post_only=True, tif="IOC"), "postOnly true: a limit IOC order never rests"),
        (order("buy", "1", "90", tif="GTD"), "expiresAt null: a GTD order needs one"),
        (
            order("buy", "1", "90", tif="GTD", expires=0),
            "expiresAt 2026-03-01T12:00:00Z has passed at 2026-03-01T12:00:00Z",
        ),
    ],
)
def test_a_broken_rule_is_named(request_: OrderRequest, reason: str) -> None:
    engine = engine_with(bids="99×9", asks="100×9")
    report = engine.place(request_, NOON)
    assert (report.state, report.reason, report.fills) == ("rejected", reason, ())
    assert engine.open_orders() == []


def test_a_small_market_order_for_an_amount_is_taken_since_its_notional_is_known_only_afterwards() -> None:
    engine = engine_with(bids="99×9", asks="100×9")
    assert engine.place(order("sell", "0.01"), NOON).state == "filled"


def test_the_amount_of_a_budget_order_is_an_estimate_and_not_checked() -> None:
    engine = engine_with(asks="100×9")
    assert engine.place(order("buy", "0.333333333333", spend="100"), NOON).fills[0].amount == Decimal(1)


def test_a_pair_that_is_not_listed_is_unknown() -> None:
    with pytest.raises(UnknownPair, match="DOGE/USDT"):
        engine_with().place(replace(order("buy"), pair="DOGE/USDT"), NOON)
