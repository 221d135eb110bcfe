"""``portfolio.snapshot``: what an account holds, what it is worth, and what came of it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

import polars as pl
from msgspec.structs import replace

from kit.gateway.asking import AccountName, AssetName
from kit.gateway.params import Params
from kit.gateway.present import portfolio as present
from kit.gateway.present.figures import usd
from kit.gateway.refusals import InvalidRequest
from kit.gateway.registry import Context, Method
from kit.gateway.services import Services
from kit.gateway.valuing import assets_in, prices_for
from kit.wire import portfolio as wire
from kit.wire.document import Document
from projections import balances, equity, fills, portfolio, positions
from projections.pnl import Period, pnl
from projections.portfolio import OpenPosition
from projections.views import Views


class PortfolioSnapshot(Params, frozen=True, kw_only=True):
    """``asset`` narrows down assets, and positions, profit and loss to pairs of that base.

    The totals and shares of a ``snapshot`` stay those of the whole portfolio; ``history`` has no curve for one asset
    and refuses it. ``period`` is how long the rows of ``pnl`` are, a day unless given, and refused by all others.
    """

    action: wire.PortfolioAction = "snapshot"
    exchange: str | None = None
    asset: AssetName | None = None
    period: Period | None = None
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
    shown = replace(
        whole,
        assets=tuple(one for one in whole.assets if seen.asset in (None, one.asset)),
        positions=of_base(whole.positions, seen.asset),
    )
    return present.snapshot_document(shown, seen.account, simulated=seen.simulated)


def balance(seen: Seen) -> wire.Balances:
    held = portfolio.holdings(balances.read(seen.views.balances, seen.account, seen.exchange), seen.prices)
    assets = [present.asset_document(one, seen.account) for one in held if seen.asset in (None, one.asset)]
    return wire.Balances(assets=assets, timestamp=seen.at, state_version=seen.views.seq)


def open_positions(seen: Seen) -> wire.Positions:
    held = portfolio.open_positions(positions.read(seen.views.positions, seen.account, seen.exchange), seen.prices)
    documents = [present.open_position_document(position) for position in of_base(held, seen.asset)]
    return wire.Positions(positions=documents, timestamp=seen.at, state_version=seen.views.seq)


def profit(seen: Seen) -> wire.Pnl:
    owner = seen.account, seen.exchange
    held = portfolio.open_positions(positions.read(seen.views.positions, *owner), seen.prices)
    made_by = fills.read(seen.views.fills, *owner)
    if seen.asset is not None:
        made_by = made_by.filter(pl.col("base") == seen.asset)
    made = pnl(made_by, of_base(held, seen.asset), seen.prices, seen.period)
    return wire.Pnl(
        realized=usd(made.totals.realized_usd),
        unrealized=usd(made.totals.unrealized_usd),
        fees=usd(made.totals.fees_usd),
        unrealized_by_pair={pair: usd(gain) for pair, gain in made.unrealized.items()},
        pairs=present.pnl_rows(made),
        timestamp=seen.at,
        state_version=seen.views.seq,
    )


def of_base(positions: Sequence[OpenPosition], asset: str | None) -> tuple[OpenPosition, ...]:
    """Those whose pair has ``asset`` as its base; None takes all."""
    return tuple(one for one in positions if asset in (None, one.pair.partition("/")[0]))


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


def refuse_what_does_not_apply(params: PortfolioSnapshot) -> None:
    """Nothing that is asked for may be left out in silence.

    Raises:
        InvalidRequest: the action cannot be narrowed down like that.
    """
    if params.asset is not None and params.action == "history":
        raise InvalidRequest("asset: history is of the whole account; no curve is kept for one asset", field="asset")
    if params.period is not None and params.action != "pnl":
        raise InvalidRequest(f"period: {params.action} has no periods; only pnl has", field="period")


async def handle(context: Context[Services], params: PortfolioSnapshot) -> Document:
    refuse_what_does_not_apply(params)
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
        period=params.period or "day",
    )
    # Frames are put together in a thread: a long history takes longer than the loop may wait.
    return await asyncio.to_thread(ACTIONS[params.action], seen)


RESULTS: Final = (wire.Snapshot, wire.Balances, wire.Positions, wire.Pnl, wire.History)
METHOD = Method(name="portfolio.snapshot", params=PortfolioSnapshot, handle=handle, result=RESULTS)
