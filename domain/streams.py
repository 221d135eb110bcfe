"""Stream ids: text that a person can read."""

from typing import Final

GATEWAY: Final = "gateway"
MARKS: Final = "marks"


def account_stream(account: str, exchange: str) -> str:
    return f"account:{account}:{exchange}"


def key_space(stream: str) -> str:
    """The namespace of a stream's idempotency keys: an account has one, whatever exchanges it trades on."""
    kind, _, rest = stream.partition(":")
    return f"{kind}:{rest.partition(':')[0]}" if kind == "account" else stream


def exchange_stream(exchange: str) -> str:
    return f"exchange:{exchange}"
