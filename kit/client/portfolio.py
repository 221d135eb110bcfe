"""What is held, what it is worth, and what moved it in and out."""

from kit.client.asking import Asking
from kit.client.params import Amount
from kit.wire.portfolio import Accounts, Asset, Balances, History, Pnl, Positions, Snapshot


class PortfolioMethods(Asking):
    async def portfolio(
        self, *, exchange: str | None = None, asset: str | None = None, account: str | None = None
    ) -> Snapshot:
        """Everything held, with its value in USD; an asset without a price has none, and ``incomplete`` says so.

        ``asset`` narrows down the assets and the positions, not the totals.
        """
        return await self.ask(
            Snapshot, "portfolio.snapshot", action="snapshot", exchange=exchange, asset=asset, account=account
        )

    async def balances(
        self, *, exchange: str | None = None, asset: str | None = None, account: str | None = None
    ) -> Balances:
        """What is held of each asset, or of one, free and locked."""
        return await self.ask(
            Balances, "portfolio.snapshot", action="balance", exchange=exchange, asset=asset, account=account
        )

    async def positions(
        self, *, exchange: str | None = None, asset: str | None = None, account: str | None = None
    ) -> Positions:
        """Open positions at average cost; with ``asset`` those of pairs with that base."""
        return await self.ask(
            Positions, "portfolio.snapshot", action="positions", exchange=exchange, asset=asset, account=account
        )

    async def pnl(
        self,
        *,
        exchange: str | None = None,
        asset: str | None = None,
        period: str | None = None,
        account: str | None = None,
    ) -> Pnl:
        """Profit and loss by pair and by ``period`` (``day``, ``week`` or ``month``; a day unless given); fees apart.

        With ``asset`` it is that of pairs with that base, sums included.
        """
        return await self.ask(
            Pnl, "portfolio.snapshot", action="pnl", exchange=exchange, asset=asset, period=period, account=account
        )

    async def history(self, *, exchange: str | None = None, account: str | None = None) -> History:
        """Equity over time, oldest first."""
        return await self.ask(History, "portfolio.snapshot", action="history", exchange=exchange, account=account)

    async def deposit(
        self,
        asset: str,
        amount: Amount,
        *,
        exchange: str | None = None,
        account: str | None = None,
        cost_usd: Amount | None = None,
        note: str | None = None,
        idempotency_key: str | None = None,
    ) -> Asset:
        """Book what came in; on a real exchange this records what happened there and moves no money."""
        return await self.ask(
            Asset,
            "account.deposit",
            asset=asset,
            amount=amount,
            exchange=exchange,
            account=account,
            cost_usd=cost_usd,
            note=note,
            idempotency_key=idempotency_key,
        )

    async def withdraw(
        self,
        asset: str,
        amount: Amount,
        *,
        exchange: str | None = None,
        account: str | None = None,
        note: str | None = None,
        idempotency_key: str | None = None,
    ) -> Asset:
        """Book what went out; on a real exchange this records what happened there and moves no money.

        Raises:
            InsufficientFunds: less than that is free.
        """
        return await self.ask(
            Asset,
            "account.withdraw",
            asset=asset,
            amount=amount,
            exchange=exchange,
            account=account,
            note=note,
            idempotency_key=idempotency_key,
        )

    async def accounts(self) -> Accounts:
        return await self.ask(Accounts, "account.list")
