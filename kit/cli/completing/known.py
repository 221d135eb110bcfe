"""What a gateway knows by name, for a shell that completes it."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Final, TypeAlias

from kit.client.client import KitClient
from kit.wire.orders import Order, OrderPage
from kit.wire.portfolio import Accounts, Balances, Positions

Known: TypeAlias = Callable[[KitClient], Awaitable[Iterable[str]]]
ORDERS_MAX: Final = 100  # More than anybody reads, and one page.


async def pairs(client: KitClient) -> Iterable[str]:
    """Those with a position, then those of the newest orders."""
    held = await client.ask(Positions, "portfolio.snapshot", action="positions")
    ordered = await newest(client)
    return dict.fromkeys((*(position.pair for position in held.positions), *(order.pair for order in ordered)))


async def orders(client: KitClient) -> Iterable[str]:
    return [order.order_id for order in await newest(client)]


async def open_orders(client: KitClient) -> Iterable[str]:
    return [order.order_id for order in await newest(client, status="open")]


async def newest(client: KitClient, **which: object) -> list[Order]:
    return (await client.ask(OrderPage, "order.list", limit=ORDERS_MAX, **which)).orders


async def positions(client: KitClient) -> Iterable[str]:
    held = await client.ask(Positions, "portfolio.snapshot", action="positions")
    return [position.pair for position in held.positions]


async def assets(client: KitClient) -> Iterable[str]:
    held = await client.ask(Balances, "portfolio.snapshot", action="balance")
    return dict.fromkeys(asset.symbol for asset in held.assets)


async def exchanges(client: KitClient) -> Iterable[str]:
    return client.hello.snapshot.exchanges


async def accounts(client: KitClient) -> Iterable[str]:
    return [account.account for account in (await client.ask(Accounts, "account.list")).accounts]
