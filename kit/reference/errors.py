"""The section on error codes."""

from collections.abc import Mapping
from typing import Final, get_args

from kit.gateway.errors import RETRYABLE
from kit.reference.markdown import code, table
from kit.wire.frames import ErrorCode

WHEN: Final[Mapping[str, str]] = {
    "INVALID_REQUEST": "the request has the wrong shape: no JSON, an unknown field, a wrong type, a number out of "
    "bounds; or its key or id was used for something else",
    "AUTH_FAILED": "not connected, a wrong token, or a role that may not do this",
    "NOT_FOUND": "no such method, tool, order, account or exchange; in a method that reads, no such pair",
    "RATE_LIMITED": "too many requests, or too many clients; `retryAfterMs` says when to come back",
    "EXCHANGE_ERROR": "the exchange said no, or did not answer",
    "INSUFFICIENT_FUNDS": "the account has not got what the order needs; `details` has the figures",
    "INVALID_ORDER": "the market forbids this order: off the tick, below the minimum, unknown pair; or its "
    "`clientOrderId` was used for another",
    "RISK_LIMIT_EXCEEDED": "a risk limit or a halt forbids the order; `details` says which, and the figures",
    "INTERNAL_ERROR": "the gateway could not do it: it is stopping, its disk is full, it took too long, or it has a "
    "fault, whose `details.errorId` stands in its log",
}


def errors_section() -> str:
    rows = ([code(each), WHEN[each], "where the frame says so" if each in RETRYABLE else "never"] for each in _codes())
    return table(("code", "when", "retryable"), rows)


def _codes() -> tuple[str, ...]:
    return get_args(ErrorCode)
