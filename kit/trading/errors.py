"""What can keep a command from being committed, beside the refusals of the domain.

``retryable`` and ``details`` are what a client may know of it.
"""

from typing import Any

from domain.events.orders import OrderRefused
from kit.log.keys import KeyRow


class TradingError(Exception):
    """The command has not been committed, or that cannot be known."""

    retryable = False
    details: dict[str, Any] | None = None


class KeyReused(TradingError):
    """The idempotency key or trade id was used before, for something else; ``used`` says where."""

    def __init__(self, used: KeyRow) -> None:
        self.used = used
        what = "idempotency key" if used.scope == "command" else "trade id"
        self.details = {"existing": {"key": used.key, "stream": used.stream, "version": used.version}}
        super().__init__(f"{what} {used.key!r} was used before with other content")


class ClientOrderIdReused(KeyReused):
    """The client order id names another order already."""


class InsufficientFunds(TradingError):
    """The account does not hold what the command needs; remembered under its key."""


class RiskLimitExceeded(TradingError):
    """A risk limit forbids the order; remembered under its key."""


class LedgerUnavailable(TradingError):
    """Nothing was written: the same command may be sent again."""

    retryable = True

    def __init__(self, why: str) -> None:
        self.details = {"outcome": "none"}
        super().__init__(f"the ledger cannot be written now, nothing has changed: {why}")


class LedgerStopping(LedgerUnavailable):
    """The gateway is stopping and takes nothing new."""

    def __init__(self) -> None:
        super().__init__("the gateway is stopping")


class LedgerOutcomeUnknown(TradingError):
    """The commit may or may not have happened; a retry with the same key finds out."""

    retryable = True

    def __init__(self) -> None:
        self.details = {"outcome": "unknown"}
        super().__init__("it is not known whether this was recorded: retry with the same key to find out")


class DecisionFailed(Exception):
    """Our own mistake while deciding; nothing was written."""


def refusal(event: OrderRefused) -> TradingError:
    """The error that a recorded refusal is answered with, the first time and every time after."""
    error = InsufficientFunds(event.message) if event.code == "INSUFFICIENT_FUNDS" else RiskLimitExceeded(event.message)
    inputs = {item.name: item.value for item in event.inputs}
    error.details = {"check": event.check, "limit": event.limit, "inputs": inputs}
    return error
