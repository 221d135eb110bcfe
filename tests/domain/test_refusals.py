"""A refusal carries its facts, and a sentence with the values seen."""

from decimal import Decimal

from domain import refusals


def test_each_refusal_says_what_it_saw() -> None:
    assert str(refusals.InvalidOrder("price", Decimal("1.5"), "is off the tick")) == "price 1.5 is off the tick"
    assert str(refusals.InvalidAmount("amount", Decimal(-1), "USDT must be above zero")) == (
        "amount -1 USDT must be above zero"
    )
    assert str(refusals.OrderNotFound("o-1")) == "order o-1 does not exist"
    assert str(refusals.OrderClosed("o-1", "filled")) == "order o-1 is filled already"
    assert str(refusals.OverFill("o-1", Decimal(3), Decimal(1), "BTC")) == (
        "a fill of 3 BTC is more than the 1 that order o-1 leaves"
    )
    assert str(refusals.AccountNotFound("account:main:paper")) == "account 'main' is not open on paper"
    assert str(refusals.ExitNotArmed("o-1", "stop_loss")) == "order o-1 has no stop_loss armed"


def test_every_refusal_is_a_ledger_error() -> None:
    kinds = [kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert len(kinds) >= 8
    assert all(issubclass(kind, refusals.LedgerError) for kind in kinds)
