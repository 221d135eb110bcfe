"""The size of an order, by share and by risk."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.instruments import Fees, Instrument
from domain.money import EXACT, is_multiple
from domain.refusals import InvalidOrder
from domain.reservations import cost_max
from domain.sizing import buy_size, by_risk, by_share, sell_size

D = Decimal
ETH = Instrument(
    pair="ETH/USDT",
    base="ETH",
    quote="USDT",
    price_tick=D("0.01"),
    amount_step=D("0.001"),
    amount_min=D("0.001"),
    notional_min=D(5),
    fees=Fees(maker=D("0.0005"), taker=D("0.001")),
)


def test_a_share_of_the_equity_buys_what_it_pays_for_rounded_down_to_the_lot() -> None:
    size = buy_size(ETH, by_share(D(10_000), D(5), D(3_000)), D(3_000), free=D(10_000), stop=None)
    assert (size.amount, size.notional, size.fee) == (D("0.166"), D(498), D("0.498"))
    assert (size.risk, size.limited) == (None, False)


def test_a_risk_counts_the_way_down_to_the_stop_and_both_fees() -> None:
    wanted = by_risk(D(10_000), D(1), D(3_000), D(2_700), D("0.001"))
    assert wanted == D("0.327118089630356559")  # 100 / (300 + 5.7)
    size = buy_size(ETH, wanted, D(3_000), free=D(10_000), stop=D(2_700))
    assert (size.amount, size.risk) == (D("0.327"), D("99.9639"))


def test_what_is_free_limits_a_buy_with_its_fee_on_top() -> None:
    size = buy_size(ETH, D(2), D(3_000), free=D(3_003), stop=None)
    assert (size.amount, size.fee, size.limited) == (D(1), D(3), True)


def test_a_wish_that_funds_just_allow_is_not_limited() -> None:
    assert buy_size(ETH, D("1.0004"), D(3_000), free=D(3_003), stop=None).limited is False


def test_a_sale_is_a_share_of_what_is_held() -> None:
    assert sell_size(ETH, D(50), D(3_000), held=D("1.001")).amount == D("0.5")


@pytest.mark.parametrize(
    ("wanted", "free", "says"),
    [
        (D("0.0009"), D(10_000), "amount 0 ETH is below the minimum of 0.001 ETH"),
        (D("0.001"), D(10_000), "amount 3 USDT is below the minimum of 5 USDT"),
        (D(1), D(0), "amount 0 ETH is below the minimum of 0.001 ETH"),
        (D(1), D(-5), "amount 0 ETH is below the minimum of 0.001 ETH"),
    ],
)
def test_what_the_exchange_would_not_take_is_refused_with_the_rule(wanted: Decimal, free: Decimal, says: str) -> None:
    with pytest.raises(InvalidOrder) as refused:
        buy_size(ETH, wanted, D(3_000), free=free, stop=None)
    assert str(refused.value) == says


def test_nothing_held_is_nothing_to_sell() -> None:
    with pytest.raises(InvalidOrder, match="below the minimum"):
        sell_size(ETH, D(100), D(3_000), held=D(0))


@given(
    equity=st.decimals("1000", "1000000", places=2),
    percent=st.decimals("0.1", "100", places=1),
    price=st.decimals("10", "100000", places=2),
    below=st.decimals("0.01", "0.99", places=2),
    free=st.decimals("1000", "1000000", places=2),
)
def test_a_size_loses_no_more_than_was_allowed_and_costs_no_more_than_is_free(
    equity: Decimal, percent: Decimal, price: Decimal, below: Decimal, free: Decimal
) -> None:
    stop = EXACT.multiply(price, below)
    wanted = by_risk(equity, percent, price, stop, D("0.001"))
    try:
        size = buy_size(ETH, wanted, price, free, stop)
    except InvalidOrder:
        return  # Less than the exchange takes.
    assert size.risk is not None
    # The wish is a quotient at eighteen decimals: half a unit of it is lost on at most 100,000 of quote.
    assert size.risk <= EXACT.multiply(equity, percent).scaleb(-2) + D("1E-12")
    assert cost_max(size.notional, D("0.001")) <= free
    assert is_multiple(size.amount, ETH.amount_step)
