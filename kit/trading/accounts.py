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
        stream = account_stream(account, exchange)
        found = self._by_stream.get(stream)
        if found is None or not found.is_open:
            raise AccountNotFound(stream)
        return found

    def at(self, stream: str) -> Account:
        return self._by_stream[stream]

    def on(self, exchange: str) -> list[Account]:
        return [account for account in self if account.exchange == exchange]

    def exits(self) -> dict[str, Bracket]:
        """The armed exits of all accounts, by entry order."""
        return {entry: bracket for account in self for entry, bracket in account.brackets.items()}

    def open_orders(self, exchange: str) -> list[tuple[Account, Order]]:
        return [(account, order) for account in self.on(exchange) for order in account.orders.values()]
