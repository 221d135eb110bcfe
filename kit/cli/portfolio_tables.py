"""The portfolio's documents as tables."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table

from kit.cli.figures import exact, moment, percent, price, usd
from kit.cli.screen import facts, table
from kit.wire.orders import Position
from kit.wire.portfolio import Asset, Balances, History, Pnl, Positions, Snapshot

SHARE = "Share"


def snapshot_tables(snapshot: Snapshot) -> Iterator[RenderableType]:
    since = f" (since {moment(snapshot.change_since)})" if snapshot.change_since is not None else ""
    yield f"{usd(snapshot.total_value_usd)} USD at {moment(snapshot.timestamp)}"
    yield f"24 h {percent(snapshot.change24h)}, 7 days {percent(snapshot.change7d)}{since}"
    if snapshot.incomplete:
        yield "Incomplete: an asset has no price and is not in the total."
    yield asset_table(snapshot.assets)
    if snapshot.positions:
        yield position_table(snapshot.positions)


def balance_tables(balances: Balances) -> Iterator[RenderableType]:
    yield asset_table(balances.assets)


def position_tables(positions: Positions) -> Iterator[RenderableType]:
    yield position_table(positions.positions) if positions.positions else "No open positions."


def asset_table(assets: Sequence[Asset]) -> Table:
    made = table(
        "Asset", "Free", "Locked", "Total", "USD", SHARE, "Exchange", right=("Free", "Locked", "Total", "USD", SHARE)
    )
    for asset in assets:
        share = "–" if asset.allocation is None else f"{asset.allocation:.1f} %"
        amounts = (exact(asset.free), exact(asset.locked), exact(asset.total))
        made.add_row(asset.symbol, *amounts, usd(asset.value_usd), share, asset.exchange)
    return made


def position_table(positions: Sequence[Position]) -> Table:
    numbers = ("Amount", "Entry", "Now", "Profit", "%")
    made = table("Pair", "Side", *numbers, "Exchange", right=numbers)
    for position in positions:
        profit = (usd(position.unrealized_pnl), percent(position.unrealized_pnl_percent))
        prices = (price(position.entry_price), price(position.current_price))
        made.add_row(position.pair, position.side, exact(position.amount), *prices, *profit, position.exchange)
    return made


def pnl_tables(pnl: Pnl) -> Iterator[RenderableType]:
    yield f"Realized {usd(pnl.realized)}, unrealized {usd(pnl.unrealized)}, fees {usd(pnl.fees)} USD"
    yield facts((f"{pair}, unrealized", usd(profit)) for pair, profit in pnl.unrealized_by_pair.items())
    made = table("Period", "Pair", "Realized", "In", "Fees", right=("Realized",))
    for row in pnl.pairs:
        fees = ", ".join(f"{exact(amount)} {asset}" for asset, amount in row.fees.items())
        made.add_row(moment(row.period), row.pair, exact(row.realized), row.currency, fees)
    yield made


def history_tables(history: History) -> Iterator[RenderableType]:
    made = table("Time", "USD", right=("USD",))
    for point in history.points:
        made.add_row(moment(point.timestamp), usd(point.value_usd))
    yield made
