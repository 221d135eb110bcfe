"""What an order locks, and what each fill takes out of it."""

from decimal import Decimal

import pytest

from domain.executions import Execution
from domain.money import exact
from domain.postings import balance
from domain.reservations import cost_max, fill_postings, reserved_after
from tests.domain.books import BTC_USDT, account, after, fill, limit, market, order

left_of = exact(reserved_after)
postings_of = exact(fill_postings)


def test_a_buy_can_cost_its_notional_and_the_fee_rounded_up() -> None:
    assert cost_max(Decimal(100), Decimal("0.001")) == Decimal("100.1")
    assert cost_max(Decimal("0.000000000000000001"), Decimal("0.001")) == Decimal("0.000000000000000002")
    assert cost_max(Decimal(0), Decimal("0.001")) == 0


def test_a_limit_buy_keeps_what_the_rest_can_cost_and_frees_what_a_better_price_saved() -> None:
    bought = order(after(account(USDT="1000"), limit("buy", "2", "100", instrument=BTC_USDT)))
    assert bought.reserved == Decimal("200.2")
    assert left_of(bought, fill("buy", "0.5", "90", "0.045"), final=False) == Decimal("150.15")


def test_a_market_buy_by_base_keeps_what_the_rest_can_cost_at_its_bound() -> None:
    bought = order(after(account(USDT="1000"), market("buy", "2", "100")))
    assert bought.reserved == 204
    assert left_of(bought, fill("buy", "1", "101"), final=False) == 102


def test_a_market_buy_by_budget_keeps_the_rest_of_the_budget_and_its_fee() -> None:
    bought = order(after(account(USDT="1000"), market("buy", "200", "100", unit="quote")))
    assert left_of(bought, fill("buy", "1.5", "100"), final=False) == 50


def test_a_sell_keeps_the_rest_of_its_amount() -> None:
    sold = order(after(account(BTC="2"), limit("sell", "2", "100")))
    assert left_of(sold, fill("sell", "0.5", "100", "0.05"), final=False) == Decimal("1.5")


def test_a_fee_beyond_what_was_reserved_for_it_makes_the_rest_smaller_and_never_negative() -> None:
    bought = order(after(account(USDT="1000"), limit("buy", "2", "100")))
    assert left_of(bought, fill("buy", "1", "100", "3"), final=False) == 97
    assert left_of(bought, fill("buy", "1", "100", "300"), final=False) == 0


def test_a_fee_in_base_comes_out_of_what_a_sell_reserved() -> None:
    sold = order(after(account(BTC="2"), limit("sell", "2", "100")))
    assert left_of(sold, fill("sell", "1", "100", "0.001", "BTC"), final=False) == Decimal("0.999")


def test_a_final_fill_leaves_nothing_reserved() -> None:
    bought = order(after(account(USDT="1000"), limit("buy", "2", "100")))
    assert left_of(bought, fill("buy", "1", "100"), final=True) == 0


@pytest.mark.parametrize(
    ("execution", "released", "expected"),
    [
        (
            fill("buy", "1", "100", "0.1"),
            "200.2",
            {
                ("locked", "USDT"): "-200.2",
                ("free", "USDT"): "100.1",
                ("market", "USDT"): "100",
                ("fees", "USDT"): "0.1",
                ("market", "BTC"): "-1",
                ("free", "BTC"): "1",
            },
        ),
        (
            fill("buy", "1", "100", "0.001", "BTC"),
            "100",
            {
                ("locked", "USDT"): "-100",
                ("market", "USDT"): "100",
                ("market", "BTC"): "-1",
                ("free", "BTC"): "0.999",
                ("fees", "BTC"): "0.001",
            },
        ),
        (
            fill("sell", "1", "100", "-0.02"),
            "1",
            {
                ("locked", "BTC"): "-1",
                ("market", "BTC"): "1",
                ("market", "USDT"): "-100",
                ("free", "USDT"): "100.02",
                ("fees", "USDT"): "-0.02",
            },
        ),
        (
            fill("sell", "1", "100", "0.5", "BNB"),
            "0",
            {
                ("free", "BTC"): "-1",
                ("market", "BTC"): "1",
                ("market", "USDT"): "-100",
                ("free", "USDT"): "100",
                ("free", "BNB"): "-0.5",
                ("fees", "BNB"): "0.5",
            },
        ),
    ],
    ids=["fee in quote", "fee in base", "rebate", "fee in a third asset"],
)
def test_the_postings_of_a_fill_balance_whatever_the_fee_is_in(
    execution: Execution, released: str, expected: dict[tuple[str, str], str]
) -> None:
    postings = postings_of(execution, Decimal(released))
    balance(postings)
    assert {(p.bucket, p.asset): p.amount for p in postings} == {
        place: Decimal(amount) for place, amount in expected.items()
    }


def test_a_fill_too_small_to_be_worth_a_digit_moves_base_alone() -> None:
    postings = postings_of(fill("buy", "0.000000000000000001", "0.1"))
    assert [(p.bucket, p.asset, str(p.amount)) for p in postings] == [
        ("market", "BTC", "-1E-18"),
        ("free", "BTC", "1E-18"),
    ]
