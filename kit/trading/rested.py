"""What became of the orders that rested when trading was halted."""

import asyncio
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from domain.account import Account
from domain.orders import Order
from kit.trading.accounts import Accounts
from kit.trading.settlements import Settlements
from kit.trading.tasks import OrderKey

CANCEL_WAIT_S: Final = 10.0  # As long as a market order may take to answer.


class Rested(Struct, frozen=True):
    """Ids of orders: those that were ``cancelled``, and those still open, whose exchange has not confirmed it."""

    cancelled: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()


def resting(account: Account, halted: int) -> list[Order]:
    """The open orders that a halt as the ``halted``-th event of ``account`` cancels: all but exits and later ones."""
    return [order for order in account.orders.values() if order.exit_of is None and order.placed_version < halted]


def swept(before: Account, after: Account) -> set[OrderKey]:
    """The orders that a halt between two states of an account cancels.

    Some may have been placed, and some have ended, while the halt was on its way to the log.
    """
    halted = after.version if after.halt is None else after.halt.cancels_before
    return {(after.id, order.order_id) for order in (*resting(before, halted), *resting(after, halted))}


async def ended(orders: Iterable[OrderKey], accounts: Accounts, settlements: Settlements) -> Rested:
    """Wait until ``orders`` are closed, or it has taken too long."""
    waiting = {key: asyncio.create_task(_closed(key, accounts, settlements)) for key in sorted(orders)}
    if not waiting:
        return Rested()
    _, late = await asyncio.wait(waiting.values(), timeout=CANCEL_WAIT_S)
    for task in late:
        task.cancel()
    closed = {key: task.result() for key, task in waiting.items() if task not in late}
    return Rested(
        cancelled=tuple(key[1] for key, order in closed.items() if order is not None and order.status == "cancelled"),
        unconfirmed=tuple(key[1] for key in waiting if key not in closed),
    )


async def _closed(key: OrderKey, accounts: Accounts, settlements: Settlements) -> Order | None:
    stream, order_id = key
    with settlements.expect(stream, order_id, lambda order: not order.is_open) as reached:
        order = accounts.at(stream).find(order_id)
        return (await reached).order if order is not None and order.is_open else order
