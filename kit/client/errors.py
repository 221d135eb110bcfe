"""What can go wrong for a client: one class per code of the protocol, and those that arise on this side."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from kit.wire.frames import ErrorBody, ErrorCode


class KitError(Exception):
    """The base of all. ``code`` is the protocol's, None where the gateway did not say it.

    ``retry_after_ms`` is exact: waiting that long succeeds. ``details`` is what the gateway added.
    """

    code: ClassVar[ErrorCode | None] = None

    def __init__(
        self,
        message: str,
        *,
        retryable: bool = False,
        retry_after_ms: int | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.retryable = retryable
        self.retry_after_ms = retry_after_ms
        self.details: Mapping[str, Any] = details or {}

    @property
    def outcome_is_unknown(self) -> bool:
        """Whether the command may have been carried out all the same."""
        return self.details.get("outcome") == "unknown"


class InvalidRequest(KitError):
    code = "INVALID_REQUEST"


class AuthFailed(KitError):
    code = "AUTH_FAILED"


class NotFound(KitError):
    code = "NOT_FOUND"


class RateLimited(KitError):
    code = "RATE_LIMITED"


class ExchangeError(KitError):
    code = "EXCHANGE_ERROR"


class InsufficientFunds(KitError):
    code = "INSUFFICIENT_FUNDS"


class InvalidOrder(KitError):
    code = "INVALID_ORDER"


class RiskLimitExceeded(KitError):
    code = "RISK_LIMIT_EXCEEDED"


class InternalError(KitError):
    code = "INTERNAL_ERROR"


CODED: Final[tuple[type[KitError], ...]] = (
    InvalidRequest,
    AuthFailed,
    NotFound,
    RateLimited,
    ExchangeError,
    InsufficientFunds,
    InvalidOrder,
    RiskLimitExceeded,
    InternalError,
)
CLASSES: Final[Mapping[ErrorCode, type[KitError]]] = {kind.code: kind for kind in CODED if kind.code is not None}


CONNECTION_REFUSED: Final = "connection refused"


class GatewayUnreachable(KitError):
    """There is no gateway at ``url``, or none that answers; nothing was done."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"no gateway answers at {url}: {why}", retryable=True)
        self.url = url
        self.why = why


class ConnectionLost(KitError):
    """The connection ended before the answer came."""


class NoAnswer(KitError):
    """The time for a command, ``timeout_s`` seconds, ran out; it changed nothing."""

    def __init__(self, timeout_s: float | None) -> None:
        super().__init__(f"no answer within {timeout_s} s", retryable=True)
        self.timeout_s = timeout_s


class ClientClosed(KitError):
    """The client is not connected: ``connect`` was not called, or ``close`` was."""


class UnexpectedAnswer(KitError):
    """The gateway sent what this client's version cannot read."""


class SubscriberTooSlow(KitError):
    """A handler or iterator fell so far behind that its events no longer fit; ``seq`` is the first one it missed.

    A client made with ``resume_from=seq - 1`` gets it and all after it.
    """

    def __init__(self, event: str, seq: int) -> None:
        super().__init__(
            f"a subscriber to {event!r} is too slow: the event at {seq} and later ones were not kept for it"
        )
        self.event = event
        self.seq = seq


class OutcomeUnknown(KitError):
    """A command that changes something was sent, and no answer says whether it was carried out.

    Sent again with the same ``key``, now or after a restart, it is carried out at most once, and its answer is the
    first one. ``key`` is None for a method this client does not know: only the ledger itself can tell.
    """

    def __init__(self, method: str, key: str | None, why: str) -> None:
        again = f"send it again with the same key {key!r}" if key else "look it up before sending it again"
        super().__init__(f"nobody knows whether {method} was carried out ({why}): {again}")
        self.method = method
        self.key = key
        self.why = why


def error_from(body: ErrorBody) -> KitError:
    """The exception for an error of the wire."""
    return CLASSES[body.code](
        body.message, retryable=body.retryable, retry_after_ms=body.retry_after_ms, details=body.details
    )
