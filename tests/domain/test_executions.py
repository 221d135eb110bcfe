"""What one execution gives and takes."""

from decimal import Decimal

from tests.domain.books import fill


def test_a_buy_gives_quote_and_takes_base() -> None:
    bought = fill("buy", "0.5", "3450")
    assert bought.given == ("USDT", Decimal(1725))
    assert bought.taken == ("BTC", Decimal("0.5"))


def test_a_sale_gives_base_and_takes_quote() -> None:
    sold = fill("sell", "0.5", "3450")
    assert sold.given == ("BTC", Decimal("0.5"))
    assert sold.taken == ("USDT", Decimal(1725))


def test_the_notional_is_rounded_once_at_eighteen_decimals_half_to_even() -> None:
    assert fill("buy", "0.000000000000000001", "0.5").notional == 0
    assert fill("buy", "0.000000000000000003", "0.5").notional == Decimal("0.000000000000000002")
    assert fill("buy", "0.000000000000000001", "0.51").notional == Decimal("0.000000000000000001")


def test_the_notional_of_many_digits_loses_none_of_them() -> None:
    assert fill("buy", "123456789.123456789", "987654.321").notional == Decimal("121932631234567.900112635269")


def test_a_fee_counts_only_in_its_own_asset() -> None:
    paid = fill("buy", "1", "100", "0.002", "BTC")
    assert paid.base_fee == paid.fee_in("BTC") == Decimal("0.002")
    assert paid.fee_in("USDT") == 0
    assert fill("buy", "1", "100", "0.1").base_fee == 0
