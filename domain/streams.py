"""Stream ids: text that a person can read."""

from typing import Final

GATEWAY: Final = "gateway"
MARKS: Final = "marks"
ACCOUNT: Final = "account:"


def account_stream(account: str, exchange: str) -> str:
    return f"{ACCOUNT}{account}:{exchange}"


def is_account(stream: str) -> bool:
    return stream.startswith(ACCOUNT)


def owner_of(stream: str) -> tuple[str, str]:
    """The (account, exchange) of an account's stream."""
    assert is_account(stream), stream
    account, _, exchange = stream.removeprefix(ACCOUNT).partition(":")
    return account, exchange


def key_space(stream: str) -> str:
    """The namespace of a stream's idempotency keys: an account has one, whatever exchanges it trades on."""
    return f"{ACCOUNT}{owner_of(stream)[0]}" if is_account(stream) else stream


def exchange_stream(exchange: str) -> str:
    return f"exchange:{exchange}"
