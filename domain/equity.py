"""What an account is worth at given prices."""

from collections.abc import Mapping
from decimal import Decimal

from domain.account import Account
from domain.money import ZERO, exact, rounded


@exact
def equity_of(account: Account, prices: Mapping[str, Decimal]) -> Decimal:
    """All that ``account`` holds, free and locked, in the currency of ``prices`` (by asset), at eighteen decimals.

    What has no price is left out; see ``unpriced``.
    """
    held = (balance.total * prices[asset] for asset, balance in account.balances.items() if asset in prices)
    return rounded(sum(held, ZERO))


def unpriced(account: Account, prices: Mapping[str, Decimal]) -> tuple[str, ...]:
    """The assets that ``account`` holds and that have no price, in alphabetical order."""
    return tuple(sorted(a for a, balance in account.balances.items() if balance.total and a not in prices))
