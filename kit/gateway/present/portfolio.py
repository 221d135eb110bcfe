"""Portfolio views as documents."""

from decimal import Decimal
from typing import Any

import polars as pl

from domain.money import plain
from kit.gateway.present.figures import percent, usd
from kit.wire import orders as wire_orders
from kit.wire import portfolio as wire
from projections.pnl import Pnl
from projections.portfolio import AssetHolding, OpenPosition, Snapshot


def asset_document(holding: AssetHolding, account: str) -> wire.Asset:
    return wire.Asset(
        symbol=holding.asset,
        free=plain(holding.free),
        locked=plain(holding.locked),
        total=plain(holding.total),
        value_usd=usd(holding.value_usd),
        allocation=percent(holding.allocation),
        exchange=holding.exchange,
        account=account,
        price_source=holding.price_source,
        price_at=holding.price_at,
    )


def open_position_document(position: OpenPosition) -> wire_orders.Position:
    price = position.current_price
    return wire_orders.Position(
        id=position.position_id,
        pair=position.pair,
        side="long",
        amount=plain(position.amount),
        entry_price=plain(position.entry_price),
        current_price=None if price is None else plain(Decimal(repr(price))),
        unrealized_pnl=usd(position.unrealized_pnl),
        unrealized_pnl_percent=percent(position.unrealized_pnl_percent),
        exchange=position.exchange,
        account=position.account,
        opened_at=position.opened_at,
    )


def snapshot_document(snapshot: Snapshot, account: str, *, simulated: bool) -> wire.Snapshot:
    return wire.Snapshot(
        timestamp=snapshot.at,
        total_value_usd=usd(snapshot.total_value_usd),
        total_value_btc=usd(snapshot.total_value_btc),
        change24h=percent(snapshot.change24h),
        change7d=percent(snapshot.change7d),
        change_since=snapshot.change_since,
        change_method=snapshot.change_method,
        assets=[asset_document(asset, account) for asset in snapshot.assets],
        positions=[open_position_document(position) for position in snapshot.positions],
        state_version=snapshot.seq,
        incomplete=snapshot.incomplete,
        simulated=simulated,
    )


def pnl_rows(pnl: Pnl) -> list[wire.PnlRow]:
    """One row for each period and pair in which something was realized or paid; amounts in the assets they are in."""
    realized = {(row["period"], row["pair"]): row for row in pnl.realized.to_dicts()}
    fees: dict[tuple[Any, str], dict[str, Decimal]] = {}
    for row in pnl.fees.to_dicts():
        fees.setdefault((row["period"], row["pair"]), {})[row["fee_asset"]] = plain(row["fee"])
    return [
        wire.PnlRow(
            pair=pair,
            period=period,
            currency=pair.partition("/")[2],
            realized=plain(realized[period, pair]["realized_pnl"]) if (period, pair) in realized else Decimal(0),
            fees=fees.get((period, pair), {}),
        )
        for period, pair in sorted(realized.keys() | fees.keys())
    ]


def history_points(points: pl.DataFrame) -> list[wire.EquityPoint]:
    return [
        wire.EquityPoint(timestamp=row["occurred_at"], value_usd=usd(row["value"]), seq=row["seq"])
        for row in points.to_dicts()
    ]
