"""Cancels what rests where trading was halted so, once the halt is durable."""

import asyncio
from typing import Final

import structlog

from domain.events.risk import TradingHalted
from domain.orders import Order
from kit.trading.accounts import Accounts
from kit.trading.background import Background
from kit.trading.reports import is_accepted
from kit.trading.rested import resting
from kit.trading.router import Router
from kit.trading.tasks import Committed
from kit.trading.waits import waits_s

log = structlog.get_logger(__name__)

REASON: Final = "trading was halted"


class Sweep:
    """Cancels through the router, until nothing is left of what rested when the halt began; exits stay."""

    def __init__(self, accounts: Accounts, router: Router) -> None:
        self._accounts = accounts
        self._router = router
        self._background = Background()

    def start(self) -> None:
        """Go on with what a crash has interrupted."""
        for account in self._accounts:
            if account.halt is not None and account.halt.cancels_before:
                self._background.start(self._cancel(account.id, account.halt.cancels_before))

    def follow(self, committed: Committed) -> None:
        for recorded in committed.recorded:
            entry = recorded.entry
            if isinstance(entry.event, TradingHalted) and entry.event.cancel_orders:
                self._background.start(self._cancel(entry.stream, entry.version))

    async def close(self) -> None:
        await self._background.close()

    async def _cancel(self, stream: str, halted: int) -> None:
        """Cancel what was placed before the stream's ``halted``-th event, until trading is resumed."""
        for wait_s in waits_s():
            there = self._resting(stream, halted)
            try:
                await self._router.cancels.cancel_for(stream, [order for order in there if is_accepted(order)], REASON)
            except Exception as error:  # Whatever it was, what rests is still to be cancelled.
                log.error("what rests under a halt is not cancelled yet", account=stream, exc_info=error)
            left = self._resting(stream, halted)
            if not left:
                return
            log.warning("orders outlive a halt", account=stream, orders=[order.order_id for order in left])
            await asyncio.sleep(wait_s)  # One is on its way to the exchange, or the exchange did not say.

    def _resting(self, stream: str, halted: int) -> list[Order]:
        account = self._accounts.at(stream)
        if account.halt is None or account.halt.cancels_before != halted:
            return []
        return resting(account, halted)
