"""What the methods of the gateway work with."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.account import Account
from domain.orders import Order
from kit.exchanges.protocol import Exchange
from kit.gateway.condition import Conditions
from kit.gateway.refusals import NotFound
from kit.log.keys import KeyRow
from kit.log.log import Log
from kit.market.valuation import Valuation
from kit.trading.accounts import Accounts
from kit.trading.desk import Desk
from kit.trading.errors import KeyReused
from kit.trading.judging import Judging
from kit.trading.tasks import Ask
from kit.views.projector import Projector
from kit.wire.system import Status


@dataclass(frozen=True, kw_only=True)
class Services:
    """The parts of a running gateway; ``exchanges`` and ``valuations`` are by exchange id, in the configured order."""

    log: Log
    desk: Desk
    accounts: Accounts
    exchanges: Mapping[str, Exchange]
    valuations: Mapping[str, Valuation]
    judging: Judging
    projector: Projector
    conditions: Conditions
    status: Callable[[], Status]

    def exchange(self, exchange_id: str | None) -> Exchange:
        """The exchange, or the first configured one.

        Raises:
            NotFound: this gateway has no such exchange.
        """
        if exchange_id is None:
            return next(iter(self.exchanges.values()))
        if exchange_id not in self.exchanges:
            known = ", ".join(self.exchanges)
            raise NotFound(f"exchange '{exchange_id}' is not configured; there is {known}", field="exchange")
        return self.exchanges[exchange_id]

    def exchange_or_all(self, exchange_id: str | None) -> str | None:
        """The exchange's id, or None for all of them.

        Raises:
            NotFound: this gateway has no such exchange.
        """
        return None if exchange_id is None else self.exchange(exchange_id).id

    def require_account(self, account: str) -> None:
        """Refuse to show nothing where the name is misspelt.

        Raises:
            NotFound: no exchange has an account of that name.
        """
        if not any(one.account == account for one in self.accounts):
            raise NotFound(f"account '{account}' does not exist", field="account")

    def open_order(
        self, order_id: str | None, client_order_id: str | None, account: str
    ) -> tuple[Account, Order] | None:
        """The open order with that id, or that client's id within ``account``; None where no open order has it."""
        for held in self.accounts:
            if order_id is not None and order_id in held.orders:
                return held, held.orders[order_id]
            if client_order_id is not None and held.account == account:
                found = next((o for o in held.orders.values() if o.client_order_id == client_order_id), None)
                if found is not None:
                    return held, found
        return None

    async def earlier_use(self, stream: str, ask: Ask) -> KeyRow | None:
        """Where the client's key was used before, for commands that act before they commit.

        Raises:
            KeyReused: for something else.
        """
        row = await asyncio.to_thread(self.log.find_key, stream, "command", ask.key)
        if row is not None and row.digest != ask.digest:
            raise KeyReused(row)
        return row
