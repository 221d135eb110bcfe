"""Money is exact, within limits that are checked before any arithmetic."""

from decimal import Decimal, Inexact, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import (
    NumberRefused,
    bought,
    checked,
    divided,
    exact,
    floor_to,
    is_multiple,
    parse,
    plain,
    rounded,
    rounded_up,
)
from tests.domain.books import account, after, deposit, withdraw

LARGEST = "999999999999999.999999999999999999"
POSITIVE = st.decimals("0.000000000000000001", LARGEST, places=18)


@pytest.mark.parametrize(
    "text",
    ["0", "7", "-7", "0.1", "67250", "1.50", "0.12345678901234567", "1e3", "1E+3", "25e-1", LARGEST, f"-{LARGEST}"],
)
def test_a_plain_number_is_read_exactly_as_written(text: str) -> None:
    assert parse(text) == Decimal(text)


@pytest.mark.parametrize("text", ["-0", "-0.0", "0e30", "-0e-30", "0.000"])
def test_every_zero_is_read_as_the_one_without_a_sign(text: str) -> None:
    assert str(parse(text)) == "0"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1 ",
        "1 ",
        "1\n",
        "1_000",
        "1,5",
        "+1",
        "--1",
        ".5",
        "1.",
        "01",
        "1e",
        "0x10",
        "\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}",
        "\N{ARABIC-INDIC DIGIT THREE}",
        "NaN",
        "nan",
        "sNaN",
        "Infinity",
        "-Infinity",
        "null",
        "1E+1000000",
        "1e99999",
    ],
)
def test_a_text_that_is_no_json_number_is_refused(text: str) -> None:
    with pytest.raises(NumberRefused, match="must be a decimal number") as refused:
        parse(text)
    assert refused.value.value == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1e400", "must have an exponent within ±30"),
        ("1e-400", "must have an exponent within ±30"),
        ("0e9999", "must have an exponent within ±30"),
        ("1e31", "must have an exponent within ±30"),
        ("1e30", "must have at most 15 digits before the point"),
        ("1000000000000000", "must have at most 15 digits before the point"),
        ("-1e15", "must have at most 15 digits before the point"),
        ("0.0000000000000000001", "must have at most 18 decimals"),
        ("1e-19", "must have at most 18 decimals"),
        ("1.0000000000000000001", "must have at most 18 decimals"),
        ("9" * 41, "must have at most 40 characters"),
    ],
)
def test_a_number_beyond_the_limits_is_refused_with_the_limit(text: str, why: str) -> None:
    with pytest.raises(NumberRefused) as refused:
        parse(text)
    assert refused.value.why == why
    assert Decimal(refused.value.value) == Decimal(text)


def test_a_refused_text_is_quoted_no_longer_than_needed() -> None:
    with pytest.raises(NumberRefused) as refused:
        parse("1" * 10_000)
    assert refused.value.value == "1" * 41


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_decimal_that_is_not_finite_is_refused(value: str) -> None:
    with pytest.raises(NumberRefused, match="must be finite"):
        checked(Decimal(value))


def test_a_decimal_with_an_enormous_exponent_is_refused_before_any_arithmetic_on_it() -> None:
    with pytest.raises(NumberRefused, match="exponent"):
        checked(Decimal("1E+1000000"))
    with pytest.raises(NumberRefused, match="exponent"):
        checked(Decimal((0, (1,) * 61, -18)))


def test_nineteen_decimals_are_fine_where_the_last_is_zero() -> None:
    assert parse("1.5000000000000000000") == Decimal("1.5")
    assert parse("10e-19") == Decimal("0.000000000000000001")


@given(st.text())
def test_no_text_gets_past_the_door_but_a_decimal_within_the_limits(text: str) -> None:
    try:
        value = parse(text)
    except NumberRefused:
        return
    assert value.is_finite()
    assert abs(value) < Decimal("1e15")
    assert value == rounded(value)


def test_the_default_context_rounds_what_exact_keeps() -> None:
    with localcontext(prec=28):
        assert Decimal(LARGEST) + 1 != Decimal("1000000000000000.999999999999999999")
        assert exact(lambda: Decimal(LARGEST) + 1)() == Decimal("1000000000000000.999999999999999999")


def test_exact_traps_what_would_round() -> None:
    with pytest.raises(Inexact):
        exact(lambda: Decimal(1) / Decimal(3))()


def test_exact_passes_arguments_results_and_the_callers_context_through() -> None:
    product = exact(lambda left, *, right: left * right)(Decimal("3.5"), right=Decimal(2))
    assert product == Decimal(7)
    assert Decimal(1) / Decimal(3) == Decimal("0.3333333333333333333333333333")


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [
        ("0.0014869888", "0.00000001", "0.00148698"),
        ("7", "2.5", "5.0"),
        ("5", "2.5", "5.0"),
        ("0.4", "1", "0"),
        ("0", "0.1", "0"),
        (LARGEST, "0.000000000000000001", LARGEST),
    ],
)
def test_floor_to_is_the_multiple_at_or_below(value: str, step: str, expected: str) -> None:
    assert floor_to(Decimal(value), Decimal(step)) == Decimal(expected)


@pytest.mark.parametrize(
    ("budget", "price", "step", "expected"),
    [
        ("100", "67250", "0.00000001", "0.00148698"),
        ("10", "3", "1", "3"),
        ("9", "3", "1", "3"),
        ("2.99", "3", "1", "0"),
        ("1", "0.000000000000000001", "1", "1000000000000000000"),
    ],
)
def test_bought_is_what_the_budget_pays_for(budget: str, price: str, step: str, expected: str) -> None:
    assert bought(Decimal(budget), Decimal(price), Decimal(step)) == Decimal(expected)


@given(budget=POSITIVE, price=POSITIVE, step=st.sampled_from(["1", "0.5", "0.00000001", "0.000000000000000001"]))
def test_one_step_more_than_bought_would_cost_more_than_the_budget(budget: Decimal, price: Decimal, step: str) -> None:
    amount = bought(budget, price, Decimal(step))
    with localcontext(prec=120):
        assert amount * price <= budget < (amount + Decimal(step)) * price


def test_is_multiple_compares_exactly() -> None:
    assert is_multiple(Decimal("67250.01"), Decimal("0.01"))
    assert is_multiple(Decimal(LARGEST), Decimal("0.000000000000000001"))
    assert not is_multiple(Decimal("67250.015"), Decimal("0.01"))
    assert not is_multiple(Decimal("999999999999999.000000000000000001"), Decimal("0.01"))


@pytest.mark.parametrize(
    ("value", "up", "even"),
    [
        ("0.0000000000000000011", "0.000000000000000002", "0.000000000000000001"),
        ("0.0000000000000000015", "0.000000000000000002", "0.000000000000000002"),
        ("0.0000000000000000025", "0.000000000000000003", "0.000000000000000002"),
        ("-0.0000000000000000015", "-0.000000000000000001", "-0.000000000000000002"),
        ("1.5", "1.5", "1.5"),
        (LARGEST, LARGEST, LARGEST),
    ],
)
def test_rounding_keeps_eighteen_decimals(value: str, up: str, even: str) -> None:
    given_value = Decimal(value)
    assert [rounded_up(given_value), rounded(given_value)] == [Decimal(up), Decimal(even)]


def test_what_rounds_to_nothing_is_the_zero_without_a_sign() -> None:
    for round_off in (rounded_up, rounded):
        assert str(round_off(Decimal("-0.0000000000000000001"))) == "0"
    assert str(rounded(Decimal("-0.0"))) == "0"
    assert str(divided(Decimal("-0.000000000000000001"), Decimal(3))) == "0"


def test_divided_rounds_half_even_at_eighteen_decimals() -> None:
    assert divided(Decimal(1), Decimal(3)) == Decimal("0.333333333333333333")
    assert divided(Decimal(2), Decimal(3)) == Decimal("0.666666666666666667")
    assert divided(Decimal("0.000000000000000005"), Decimal(2)) == Decimal("0.000000000000000002")
    assert divided(Decimal(100), Decimal(8)) == Decimal("12.5")


@pytest.mark.parametrize(
    ("value", "text"),
    [("100.00", "100"), ("1E+2", "100"), ("0.000", "0"), ("-0.0", "0"), ("1.50", "1.5"), (f"{LARGEST}000", LARGEST)],
)
def test_plain_is_the_number_without_trailing_zeros_or_a_positive_exponent(value: str, text: str) -> None:
    assert str(plain(Decimal(value))) == text


def test_thirty_three_digits_come_in_and_go_out_again_to_the_last_one() -> None:
    rich = after(account(USDT="0.5"), deposit("BTC", LARGEST))
    assert str(rich.balance("BTC").free) == LARGEST
    poorer = after(rich, withdraw("BTC", "0.000000000000000001"))
    assert str(poorer.balance("BTC").free) == "999999999999999.999999999999999998"
    assert after(poorer, withdraw("BTC", "999999999999999.999999999999999998")).balance("BTC").free == 0
