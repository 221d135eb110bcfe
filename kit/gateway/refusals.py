"""Why the edge itself refuses a request, and how a session ends."""

from typing import Any


class EdgeRefusal(Exception):
    """A refusal that never reached a method's work.

    ``details`` is what a program may want to know of it; after ``close_code`` follows the end of the session.
    """

    retryable = False
    close_code: int | None = None

    def __init__(self, message: str, **details: Any) -> None:
        self.details = details or None
        super().__init__(message)


class InvalidRequest(EdgeRefusal):
    """The request has the wrong shape; the message begins with the field at fault."""


class AuthFailed(EdgeRefusal):
    """No token, a wrong one, or one whose role does not allow this."""


class WrongToken(AuthFailed):
    """A guess, perhaps."""

    close_code = 1008


class NotFound(EdgeRefusal):
    """No such method, tool, order …"""


class RateLimited(EdgeRefusal):
    """Too many requests; one ``retry_after_ms`` later is taken."""

    retryable = True

    def __init__(self, message: str, retry_after_ms: int) -> None:
        self.retry_after_ms = retry_after_ms
        super().__init__(message)


class NoRoom(RateLimited):
    """As many clients are connected as may be."""

    close_code = 1013


class TimedOut(EdgeRefusal):
    """The request took longer than its method may; what it changes may still happen."""

    retryable = True

    def __init__(self, method: str, seconds: float, *, changes: bool) -> None:
        advice = "retry with the same key to learn what became of it" if changes else "try again"
        super().__init__(f"{method} is not done after {seconds:g} s: {advice}", outcome="unknown")


class Stopping(EdgeRefusal):
    """The gateway takes no more requests; this one did nothing."""

    retryable = True

    def __init__(self) -> None:
        super().__init__("the gateway is stopping", outcome="none")


class Ended(Exception):
    """The session is over: close with ``code``, None where the peer has closed.

    ``flush`` sends what is in the outbox first; ``cut`` does not wait for the peer's own close.
    """

    def __init__(self, code: int | None, reason: str = "", *, flush: bool = False, cut: bool = False) -> None:
        self.code = code
        self.reason = reason
        self.flush = flush
        self.cut = cut
        super().__init__(f"{code} {reason}")


class SlowConsumer(Exception):
    """The client reads too slowly: its outbox is full."""
