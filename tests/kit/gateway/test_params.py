"""Params: decoded exactly, and refused by the name of the field."""

from decimal import Decimal

import pytest
from msgspec import Raw

from kit.gateway.params import NoParams, ParamsReader
from kit.gateway.refusals import InvalidRequest
from tests.kit.gateway.desk import BuyParams, Leg

reader = ParamsReader(BuyParams)


def read(params: str) -> BuyParams:
    return reader.read(Raw(params.encode()))


def refusal(params: str) -> str:
    with pytest.raises(InvalidRequest) as refused:
        read(params)
    return str(refused.value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("100", "100"),
        ('"100"', "100"),
        ("0.123456789012345678", "0.123456789012345678"),
        ('"999999999999999.999999999999999999"', "999999999999999.999999999999999999"),
        ("1e3", "1000"),
        ("-5", "-5"),
    ],
)
def test_numbers_are_read_exactly_as_written(written: str, value: str) -> None:
    assert read(f'{{"action":"buy","amount":{written}}}').amount == Decimal(value)


@pytest.mark.parametrize(
    "written",
    [
        *(
            '" 1 "',
            '"1_000"',
            '"\N{FULLWIDTH DIGIT ONE}"',
            '"NaN"',
            '"Infinity"',
            '""',
            '"0x1"',
            '"+1"',
            '".5"',
            '"01"',
        ),
        *('"-0"', "-0.0", "1e400", "1e31", "1e-400", "1e99999999999999999999", "1000000000000000"),
        *("0.1234567890123456789", "1" * 41),
    ],
)
def test_what_is_no_number_within_the_limits_is_refused_by_the_name_of_its_field(written: str) -> None:
    assert refusal(f'{{"action":"buy","amount":{written}}}').startswith("amount: ")
    assert refusal(f'{{"action":"buy","amount":1,"stopLoss":{written}}}').startswith("stopLoss: ")
    assert refusal(f'{{"action":"buy","amount":1,"legs":[{{"price":{written}}}]}}').startswith("legs[0].price: ")


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ('{"action":"buy","amount":true}', "amount: expected a number, got a boolean"),
        ('{"action":"buy","amount":null}', "amount: expected a number, got null"),
        ('{"action":"buy","amount":[1]}', "amount: expected a number, got an array"),
        ('{"action":"buy","amount":"1_000"}', "amount: '1_000' must be a decimal number"),
        ('{"action":"buy"}', "amount: missing"),
        ('{"action":"buy","amount":1,"stopLos":2}', "stopLos: unknown field; did you mean stopLoss?"),
        ('{"action":"buy","amount":1,"zzz":2}', "zzz: unknown field"),
        ('{"action":"hold","amount":1}', "action: 'hold' is none of buy, sell"),
        ('{"action":5,"amount":1}', "action: expected a string, got an integer"),
        ('{"action":"buy","amount":1,"limit":1001}', "limit: expected an integer <= 1000, got 1001"),
        ('{"action":"buy","amount":1,"limit":1.5}', "limit: expected an integer, got a number"),
        ('{"action":"buy","amount":1,"note":"too long"}', 'note: expected a string of length <= 5, got "too long"'),
        ('{"action":"buy","amount":1,"legs":{}}', "legs: expected an array, got an object"),
        ('{"action":"buy","amount":1,"legs":[{"prise":1}]}', "legs[0].prise: unknown field"),
        ("[1]", "params: expected an object, got an array"),
        ('"x"', "params: expected an object, got a string"),
        ("7", "params: expected an object, got an integer"),
    ],
)
def test_a_wrong_shape_is_named_with_what_was_expected_and_what_came(params: str, message: str) -> None:
    assert refusal(params) == message


def test_the_last_of_two_equal_fields_is_the_one_that_is_checked_and_taken() -> None:
    assert read('{"action":"buy","amount":"1_0","amount":2}').amount == 2
    assert refusal('{"action":"buy","amount":2,"amount":"1_0"}').startswith("amount: ")


def test_null_and_nothing_are_empty_params() -> None:
    for nothing in (b"", b"null", b"{}"):
        assert ParamsReader(NoParams).read(Raw(nothing)) == NoParams()


def test_nested_numbers_are_read() -> None:
    assert read('{"action":"buy","amount":1,"legs":[{"price":"2.50"}]}').legs == (Leg(price=Decimal("2.50")),)
