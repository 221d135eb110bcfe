"""Orders that rest, wholly or in part, on an account with 1,000 USDT and 2 BTC."""

from typing import Final

from domain.account import Account
from domain.commands import PlaceOrder
from tests.domain.books import account, after, fill, held, report

FUNDS: Final = account(USDT="1000", BTC="2")


def resting(command: PlaceOrder, *fills: tuple[str, str], funds: Account = FUNDS) -> Account:
    """``funds`` after ``command`` was accepted, with ``fills`` (amount, price) of it made."""
    made = [fill(command.side, amount, price) for amount, price in fills]
    return after(funds, command, report("open", *made))


def usdt(of: Account) -> tuple[str, str]:
    return held(of)["USDT"]
