"""The portfolio's documents as tables."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table

from kit.cli.figures import exact, moment, percent, price, usd
from kit.cli.language import text as _
from kit.cli.screen import facts, table
from kit.wire.orders import Position
from kit.wire.portfolio import Asset, Balances, History, Pnl, Positions, Snapshot


def snapshot_tables(snapshot: Snapshot) -> Iterator[RenderableType]:
    since = _(" (since {moment})", moment=moment(snapshot.change_since)) if snapshot.change_since is not None else ""
    yield _("{value} USD at {moment}", value=usd(snapshot.total_value_usd), moment=moment(snapshot.timestamp))
    changes = _("24 h {day}, 7 days {week}", day=percent(snapshot.change24h), week=percent(snapshot.change7d))
    yield f"{changes}{since}"
    if snapshot.incomplete:
        yield _("Incomplete: an asset has no price and is not in the total.")
    yield asset_table(snapshot.assets)
    if snapshot.positions:
        yield position_table(snapshot.positions)


def balance_tables(balances: Balances) -> Iterator[RenderableType]:
    yield asset_table(balances.assets)


def position_tables(positions: Positions) -> Iterator[RenderableType]:
    yield position_table(positions.positions) if positions.positions else _("No open positions.")


def asset_table(assets: Sequence[Asset]) -> Table:
    numbers = (_("Free"), _("Locked"), _("Total"), "USD", _("Share"))
    made = table(_("Asset"), *numbers, _("Exchange"), right=numbers)
    for asset in assets:
        share = "–" if asset.allocation is None else f"{asset.allocation:.1f} %"
        amounts = (exact(asset.free), exact(asset.locked), exact(asset.total))
        made.add_row(asset.symbol, *amounts, usd(asset.value_usd), share, asset.exchange)
    return made


def position_table(positions: Sequence[Position]) -> Table:
    numbers = (_("Amount"), _("Entry"), _("Now"), _("Profit"), "%")
    made = table(_("Pair"), _("Side"), *numbers, _("Exchange"), right=numbers)
    for position in positions:
        profit = (usd(position.unrealized_pnl), percent(position.unrealized_pnl_percent))
        prices = (price(position.entry_price), price(position.current_price))
        made.add_row(position.pair, _(position.side), exact(position.amount), *prices, *profit, position.exchange)
    return made


def pnl_tables(pnl: Pnl) -> Iterator[RenderableType]:
    yield _(
        "Realized {realized}, unrealized {unrealized}, fees {fees} USD",
        realized=usd(pnl.realized),
        unrealized=usd(pnl.unrealized),
        fees=usd(pnl.fees),
    )
    yield facts((_("{pair}, unrealized", pair=pair), usd(profit)) for pair, profit in pnl.unrealized_by_pair.items())
    made = table(_("Period"), _("Pair"), _("Realized"), _("In"), _("Fees"), right=(_("Realized"),))
    for row in pnl.pairs:
        fees = ", ".join(f"{exact(amount)} {asset}" for asset, amount in row.fees.items())
        made.add_row(moment(row.period), row.pair, exact(row.realized), row.currency, fees)
    yield made


def history_tables(history: History) -> Iterator[RenderableType]:
    made = table(_("Time"), "USD", right=("USD",))
    for point in history.points:
        made.add_row(moment(point.timestamp), usd(point.value_usd))
    yield made
