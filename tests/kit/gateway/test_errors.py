"""The table of codes."""

from decimal import Decimal
from typing import get_args

import pytest
from structlog.testing import capture_logs

from domain.refusals import AccountNotFound, InvalidOrder, LedgerError
from kit.exchanges.protocol import ExchangeError, UnknownPair
from kit.gateway.errors import CODES, CODES_WHEN_CHANGING, code_of, error_body
from kit.gateway.refusals import EdgeRefusal, RateLimited, TimedOut
from kit.wire.frames import ErrorCode


def all_below(kind: type[Exception]) -> list[type[Exception]]:
    return [kind for child in kind.__subclasses__() for kind in (child, *all_below(child))]


@pytest.mark.parametrize("kind", [*all_below(LedgerError), *all_below(EdgeRefusal)])
def test_every_refusal_has_a_code(kind: type[Exception]) -> None:
    assert any(parent in CODES for parent in kind.__mro__)


def test_the_table_has_the_nine_codes_only() -> None:
    assert {*CODES.values(), *CODES_WHEN_CHANGING.values()} <= set(get_args(ErrorCode))


def test_an_unknown_pair_is_not_found_when_reading_and_an_invalid_order_when_changing() -> None:
    error = UnknownPair("DOGE/USDT is not listed")
    assert code_of(error, changes=False) == "NOT_FOUND"
    assert code_of(error, changes=True) == "INVALID_ORDER"


def test_facts_of_an_error_become_its_details() -> None:
    body = error_body(InvalidOrder("price", Decimal("67250.001"), "is off the tick"))
    assert (body.code, body.message) == ("INVALID_ORDER", "price 67250.001 is off the tick")
    assert body.details == {"field": "price"}
    assert body.retryable is False


@pytest.mark.parametrize(
    ("error", "code", "retryable", "details"),
    [
        (ExchangeError("busy", retryable=True), "EXCHANGE_ERROR", True, None),
        (ExchangeError("no answer", outcome_unknown=True), "EXCHANGE_ERROR", False, {"outcome": "unknown"}),
        (TimedOut("buy", 30, changes=True), "INTERNAL_ERROR", True, {"outcome": "unknown"}),
        (RateLimited("slow down", 250), "RATE_LIMITED", True, None),
        (AccountNotFound("account:main:paper"), "NOT_FOUND", False, None),
    ],
)
def test_only_what_may_succeed_later_is_retryable(
    error: Exception, code: str, retryable: bool, details: dict[str, str] | None
) -> None:
    body = error_body(error)
    assert (body.code, body.retryable, body.details) == (code, retryable, details)


def test_a_code_that_is_never_retryable_stays_so_whatever_the_error_says() -> None:
    error = UnknownPair("DOGE/USDT is not listed", retryable=True)
    assert error_body(error).retryable is False


def test_an_unexpected_error_is_told_by_its_id_only_and_logged_in_full() -> None:
    with capture_logs() as logged:
        body = error_body(RuntimeError("/home/kit/secret.db"))
    assert body.code == "INTERNAL_ERROR"
    assert body.details is not None
    assert body.details["errorId"] in body.message
    assert "secret" not in body.message
    assert logged[0]["error_id"] == body.details["errorId"]
    assert isinstance(logged[0]["exc_info"], RuntimeError)
