"""``portfolio.snapshot``: what an account holds, what it is worth, and what came of it."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

import polars as pl

from kit.gateway.asking import AccountName, AssetName
from kit.gateway.params import Params
from kit.gateway.present import portfolio as present
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.gateway.valuing import assets_in, prices_for
from kit.wire import portfolio as wire
from kit.wire.document import Document
from projections import balances, equity, fills, portfolio, positions
from projections.pnl import Period, pnl
from projections.views import Views


class PortfolioSnapshot(Params, frozen=True, kw_only=True):
    """``asset`` narrows down assets, or positions to those of that base; ``period`` is that of the ``pnl`` rows."""

    action: wire.PortfolioAction = "snapshot"
    exchange: str | None = None
    asset: AssetName | None = None
    period: Period = "day"
    account: AccountName = "main"


class Seen(NamedTuple):
    """What an answer is made from: the views, prices, the exchange's time, and whose account on which exchange."""

    views: Views
    prices: pl.DataFrame
    at: datetime
    simulated: bool
    account: str
    exchange: str | None
    asset: str | None
    period: Period


def snapshot(seen: Seen) -> wire.Snapshot:
    owner = seen.account, seen.exchange
    held = balances.read(seen.views.balances, *owner)
    whole = portfolio.snapshot(
        held,
        positions.read(seen.views.positions, *owner),
        equity.read(seen.views.equity, *owner),
        seen.prices,
        flow=equity.flow_since(seen.views.equity, seen.prices, *owner),
        at=seen.at,
        seq=seen.views.seq,
    )
    return present.snapshot_document(whole, seen.account, simulated=seen.simulated)


def balance(seen: Seen) -> wire.Balances:
    held = portfolio.holdings(balances.read(seen.views.balances, seen.account, seen.exchange), seen.prices)
    assets = [present.asset_document(one, seen.account) for one in held if seen.asset in (None, one.asset)]
    return wire.Balances(assets=assets, timestamp=seen.at, state_version=seen.views.seq)


def open_positions(seen: Seen) -> wire.Positions:
    held = portfolio.open_positions(positions.read(seen.views.positions, seen.account, seen.exchange), seen.prices)
    shown = [one for one in held if seen.asset in (None, one.pair.partition("/")[0])]
    documents = [present.open_position_document(position) for position in shown]
    return wire.Positions(positions=documents, timestamp=seen.at, state_version=seen.views.seq)


def profit(seen: Seen) -> wire.Pnl:
    owner = seen.account, seen.exchange
    held = portfolio.open_positions(positions.read(seen.views.positions, *owner), seen.prices)
    made = pnl(fills.read(seen.views.fills, *owner), held, seen.prices, seen.period)
    return wire.Pnl(
        realized=present.usd(made.totals.realized_usd),
        unrealized=present.usd(made.totals.unrealized_usd),
        fees=present.usd(made.totals.fees_usd),
        unrealized_by_pair={pair: present.usd(gain) for pair, gain in made.unrealized.items()},
        pairs=present.pnl_rows(made),
        timestamp=seen.at,
        state_version=seen.views.seq,
    )


def history(seen: Seen) -> wire.History:
    points = portfolio.history(equity.read(seen.views.equity, seen.account, seen.exchange))
    return wire.History(points=present.history_points(points), timestamp=seen.at, state_version=seen.views.seq)


ACTIONS: Final[Mapping[wire.PortfolioAction, Callable[[Seen], Document]]] = {
    "snapshot": snapshot,
    "balance": balance,
    "positions": open_positions,
    "pnl": profit,
    "history": history,
}


async def handle(context: Context[Services], params: PortfolioSnapshot) -> Document:
    services = context.services
    exchange = services.exchange(params.exchange)
    services.require_account(params.account)
    views = await services.projector.current()
    seen = Seen(
        views=views,
        prices=await prices_for(services, assets_in(views)),
        at=exchange.now(),
        simulated=any(one.simulated for one in services.exchanges.values()),
        account=params.account,
        exchange=None if params.exchange is None else exchange.id,
        asset=params.asset,
        period=params.period,
    )
    # Frames are put together in a thread: a long history takes longer than the loop may wait.
    return await asyncio.to_thread(ACTIONS[params.action], seen)


RESULTS: Final = (wire.Snapshot, wire.Balances, wire.Positions, wire.Pnl, wire.History)
METHOD = Method(name="portfolio.snapshot", params=PortfolioSnapshot, handle=handle, result=RESULTS)
