"""From typed exceptions to the nine codes: one table, and no other place writes a code."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

import structlog

from domain import refusals
from domain.money import NumberRefused
from kit.exchanges.protocol import ExchangeError, UnknownPair
from kit.gateway.refusals import AuthFailed, InvalidRequest, NotFound, RateLimited, Stopping, TimedOut
from kit.market.errors import PairNotListed, TimeframeTooFine, TimeframeUnknown
from kit.trading.errors import (
    ClientOrderIdReused,
    DecisionFailed,
    InsufficientFunds,
    KeyReused,
    LedgerOutcomeUnknown,
    LedgerUnavailable,
    RiskLimitExceeded,
)
from kit.views.projector import ViewsBehind
from kit.wire.frames import ErrorBody, ErrorCode

log = structlog.get_logger(__name__)

# A subclass has its nearest parent's code.
CODES: Final[Mapping[type[Exception], ErrorCode]] = {
    InvalidRequest: "INVALID_REQUEST",
    AuthFailed: "AUTH_FAILED",
    NotFound: "NOT_FOUND",
    RateLimited: "RATE_LIMITED",
    TimedOut: "INTERNAL_ERROR",
    Stopping: "INTERNAL_ERROR",
    NumberRefused: "INVALID_REQUEST",
    refusals.InvalidOrder: "INVALID_ORDER",
    refusals.InvalidAmount: "INVALID_REQUEST",
    refusals.InvalidLimit: "INVALID_REQUEST",
    refusals.OrderNotFound: "NOT_FOUND",
    refusals.OrderClosed: "INVALID_ORDER",
    refusals.OverFill: "INVALID_ORDER",
    refusals.AccountNotFound: "NOT_FOUND",
    refusals.ExitNotArmed: "INVALID_ORDER",
    KeyReused: "INVALID_REQUEST",
    ClientOrderIdReused: "INVALID_ORDER",
    InsufficientFunds: "INSUFFICIENT_FUNDS",
    RiskLimitExceeded: "RISK_LIMIT_EXCEEDED",
    LedgerUnavailable: "INTERNAL_ERROR",
    LedgerOutcomeUnknown: "INTERNAL_ERROR",
    ViewsBehind: "INTERNAL_ERROR",
    ExchangeError: "EXCHANGE_ERROR",
    UnknownPair: "NOT_FOUND",
    PairNotListed: "NOT_FOUND",
    TimeframeUnknown: "INVALID_REQUEST",
    TimeframeTooFine: "INVALID_REQUEST",
}
# What reading cannot find is, in an order, something that the market forbids.
CODES_WHEN_CHANGING: Final[Mapping[type[Exception], ErrorCode]] = {
    UnknownPair: "INVALID_ORDER",
    PairNotListed: "INVALID_ORDER",
}
RETRYABLE: Final = frozenset({"RATE_LIMITED", "EXCHANGE_ERROR", "INTERNAL_ERROR"})


def code_of(error: Exception, *, changes: bool) -> ErrorCode | None:
    """The code of ``error`` in a method that changes something, or not; None for an error that nobody expected."""
    for kind in type(error).__mro__:
        if changes and kind in CODES_WHEN_CHANGING:
            return CODES_WHEN_CHANGING[kind]
        if kind in CODES:
            return CODES[kind]
    return None


def error_body(error: Exception, *, changes: bool = False) -> ErrorBody:
    """Say what a client may know about ``error``.

    An error may have ``retryable``, ``retry_after_ms`` and ``details`` (a JSON object) as attributes.
    """
    code = code_of(error, changes=changes)
    if code is None:
        return _internal(error, changes=changes)
    return ErrorBody(
        code,
        str(error),
        retryable=code in RETRYABLE and bool(getattr(error, "retryable", False)),
        retry_after_ms=getattr(error, "retry_after_ms", None),
        details=_details(error, changes=changes),
    )


def _details(error: Exception, *, changes: bool) -> dict[str, Any] | None:
    if (details := getattr(error, "details", None)) is not None:
        return dict(details)
    # The answer to a command is read from the views when it may have been carried out: its key finds out.
    if getattr(error, "outcome_unknown", False) or (changes and isinstance(error, ViewsBehind)):
        return {"outcome": "unknown"}
    if (field := getattr(error, "field", None)) is not None:
        return {"field": field}
    return None


def _internal(error: Exception, *, changes: bool) -> ErrorBody:
    error_id = f"err-{secrets.token_hex(6)}"
    log.error("unexpected error", error_id=error_id, exc_info=error)
    # What happened stays in our log, where the id finds it.
    details = {"errorId": error_id}
    if changes:
        # A decision that failed wrote nothing; whatever else failed may have failed after the commit.
        details["outcome"] = "none" if isinstance(error, DecisionFailed) else "unknown"
    return ErrorBody("INTERNAL_ERROR", f"internal error {error_id}", retryable=False, details=details)
