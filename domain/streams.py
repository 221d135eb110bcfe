"""Stream ids: text that a person can read."""

from typing import Final

GATEWAY: Final = "gateway"
MARKS: Final = "marks"


def account_stream(account: str, exchange: str) -> str:
    return f"account:{account}:{exchange}"


def exchange_stream(exchange: str) -> str:
    return f"exchange:{exchange}"
