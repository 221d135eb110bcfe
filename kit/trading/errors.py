"""What can keep a command from being committed, beside the refusals of the domain."""

from kit.log.keys import KeyRow


class TradingError(Exception):
    """The command has not been committed, or that cannot be known."""


class KeyReused(TradingError):
    """The idempotency key or trade id was used before, for something else; ``used`` says where."""

    def __init__(self, used: KeyRow) -> None:
        self.used = used
        what = "idempotency key" if used.scope == "command" else "trade id"
        super().__init__(f"{what} {used.key!r} was used before with other content")


class LedgerUnavailable(TradingError):
    """Nothing was written: the same command may be sent again."""


class LedgerOutcomeUnknown(TradingError):
    """The commit may or may not have happened; a retry with the same key finds out."""


class LedgerStopping(TradingError):
    """The gateway is stopping and takes nothing new; nothing was written."""


class DecisionFailed(TradingError):
    """Our own mistake while deciding; nothing was written."""
