"""What a running gateway answered, held against its log folded anew up to the same position."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from domain.account import Account
from domain.orders import Order as DomainOrder
from domain.risk.limits import limits_from
from kit.gateway.present.orders import fill_from_row, order_from_row
from kit.gateway.present.risk import limits_document
from kit.wire.orders import Fill, FillPage, Order, OrderPage
from kit.wire.portfolio import Balances
from kit.wire.risk import RiskStatus
from projections import fills, orders
from tests.crash.connection import Connection
from tests.crash.evidence import Evidence

STREAM = "account:main:paper"
TRIES_MAX = 20
PAGE = 1_000


class Seen(Struct, frozen=True):
    """All balances, orders, fills, halts and limits as one gateway answered them at log position ``seq``."""

    seq: int
    balances: Balances
    orders: list[Order]
    fills: list[Fill]
    risk: RiskStatus


async def look(connection: Connection) -> Seen | None:
    """Ask for everything at one position; None where the market never stood still for that long."""
    for _ in range(TRIES_MAX):
        before = await connection.ask("portfolio.snapshot", {"action": "balance"}, Balances)
        found_orders = await all_orders(connection)
        found_fills = await all_fills(connection)
        found_risk = await connection.ask("risk.status", {}, RiskStatus)
        after = await connection.ask("portfolio.snapshot", {"action": "balance"}, Balances)
        if before.state_version == after.state_version:
            return Seen(after.state_version, after, found_orders, found_fills, found_risk)
    return None


async def all_orders(connection: Connection) -> list[Order]:
    page = await connection.ask("order.list", {"limit": PAGE}, OrderPage)
    found = page.orders
    while page.cursor is not None:
        page = await connection.ask("order.list", {"limit": PAGE, "cursor": page.cursor}, OrderPage)
        found += page.orders
    return found


async def all_fills(connection: Connection) -> list[Fill]:
    page = await connection.ask("fill.list", {"limit": PAGE}, FillPage)
    found = page.fills
    while page.cursor is not None:
        page = await connection.ask("fill.list", {"limit": PAGE, "cursor": page.cursor}, FillPage)
        found += page.fills
    return found


def live_problems(seen: Seen, log: Evidence) -> Iterator[str]:
    """Where the answers differ from the log: replayed by the domain, and folded into views."""
    log = log.until(seen.seq)
    account = log.accounts[STREAM]
    live = {asset.symbol: (asset.free, asset.locked) for asset in seen.balances.assets}
    held = {asset: (balance.free, balance.locked) for asset, balance in account.balances.items() if balance.total}
    if live != held:
        yield f"at {seen.seq} the gateway answered {live}, the log gives {held}"
    rebuilt_orders = [
        order_from_row(row, account.brackets.get(row["order_id"])) for row in orders.read(log.views.orders).to_dicts()
    ]
    yield from differences("order", by_id(seen.orders), by_id(rebuilt_orders))
    rebuilt_fills = [fill_from_row(row) for row in fills.read(log.views.fills).to_dicts()]
    yield from differences("fill", by_seq(seen.fills), by_seq(rebuilt_fills))
    yield from other_states(seen.orders, account)
    yield from other_risk(seen.risk, account)


def other_risk(found: RiskStatus, account: Account) -> Iterator[str]:
    (live,) = found.exchanges
    halt = account.halt
    stands = (False, None) if halt is None else (True, halt.reason)
    if (live.halted, live.reason) != stands:
        yield f"a halt was answered as {live.halted}, {live.reason}, the account has {halt}"
    limits = limits_document(limits_from(account.limits))
    if live.limits != limits:
        yield f"limits were answered as {live.limits}, the account has {limits}"


def by_id(found: list[Order]) -> Mapping[str | int, Order]:
    return {order.order_id: order for order in found}


def by_seq(found: list[Fill]) -> Mapping[str | int, Fill]:
    return {fill.seq: fill for fill in found}


def differences(
    what: str, live: Mapping[str | int, Order | Fill], rebuilt: Mapping[str | int, Order | Fill]
) -> Iterator[str]:
    for name in live.keys() | rebuilt.keys():
        if live.get(name) != rebuilt.get(name):
            yield f"{what} {name} was answered as {live.get(name)}, rebuilt it is {rebuilt.get(name)}"


def other_states(found: list[Order], account: Account) -> Iterator[str]:
    for order in found:
        known = account.find(order.order_id)
        if known is not None and state(known) != (order.status, order.filled_amount, order.avg_price):
            yield f"order {order.order_id} was answered as {order}, the account has {known}"
    missing = account.orders.keys() - {order.order_id for order in found}
    yield from (f"open order {order_id} was not listed" for order_id in sorted(missing))


def state(order: DomainOrder) -> tuple[str, Decimal, Decimal | None]:
    return order.status, order.filled_amount, order.average_price
