"""What an instrument says of its fees."""

from decimal import Decimal

import pytest

from domain.instruments import Fees


@pytest.mark.parametrize(
    ("maker", "taker", "highest"),
    [
        ("0.001", "0.002", "0.002"),
        ("0.002", "0.001", "0.002"),
        ("-0.0001", "0.0005", "0.0005"),
        ("-0.0001", "-0.0002", "0"),
        ("0", "0", "0"),
    ],
)
def test_the_highest_fee_is_that_of_the_worse_side_and_no_rebate_is_counted_on(
    maker: str, taker: str, highest: str
) -> None:
    assert Fees(Decimal(maker), Decimal(taker)).highest == Decimal(highest)
