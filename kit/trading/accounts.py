"""The committed accounts as the event loop sees them; the journal's thread has its own view of the same values."""

from collections.abc import Iterator

from domain.account import Account, Bracket
from domain.orders import Order
from domain.refusals import AccountNotFound
from domain.streams import account_stream
from kit.trading.tasks import Committed


class Accounts:
    """Each account as of the last published commit."""

    def __init__(self) -> None:
        self._by_stream: dict[str, Account] = {}

    def load(self, accounts: dict[str, Account]) -> None:
        """Begin with ``accounts``, by stream, as they stand in the log."""
        self._by_stream.update(accounts)

    def follow(self, committed: Committed) -> None:
        self._by_stream.update(committed.accounts)

    def __iter__(self) -> Iterator[Account]:
        return (account for account in self._by_stream.values() if account.is_open)

    def get(self, account: str, exchange: str) -> Account:
        """One account.

        Raises:
            AccountNotFound: it was never opened on that exchange.
        """
        found = self.find(account, exchange)
        if found is None:
            raise AccountNotFound(account_stream(account, exchange))
        return found

    def find(self, account: str, exchange: str) -> Account | None:
        """One account, None where it was never opened on that exchange."""
        found = self._by_stream.get(account_stream(account, exchange))
        return found if found is not None and found.is_open else None

    def of(self, account: str, exchange: str | None) -> list[Account]:
        """The account on that exchange, or on all on which it was opened; at least one.

        Raises:
            AccountNotFound: it was never opened there.
        """
        if exchange is not None:
            return [self.get(account, exchange)]
        owned = [one for one in self if one.account == account]
        if not owned:
            raise AccountNotFound(account_stream(account, "*"))
        return owned

    def at(self, stream: str) -> Account:
        return self._by_stream[stream]

    def on(self, exchange: str) -> list[Account]:
        return [account for account in self if account.exchange == exchange]

    def exits(self) -> dict[str, Bracket]:
        """The armed exits of all accounts, by entry order."""
        return {entry: bracket for account in self for entry, bracket in account.brackets.items()}

    def open_orders(self, exchange: str) -> list[tuple[Account, Order]]:
        return [(account, order) for account in self.on(exchange) for order in account.orders.values()]
