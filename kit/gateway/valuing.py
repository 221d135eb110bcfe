"""Current prices for what an account holds, and what that makes of it."""

from collections.abc import Iterable
from decimal import Decimal

import polars as pl

from domain.events.marks import Mark
from domain.money import plain
from kit.gateway.present.figures import usd
from kit.gateway.services import Services
from kit.market.valuation import BRIDGE
from kit.trading.tasks import Outcome
from kit.wire.portfolio import Asset
from projections.prices import PRICES
from projections.views import Views


async def prices_for(services: Services, assets: Iterable[str]) -> pl.DataFrame:
    """``PRICES`` of ``assets`` and of bitcoin now, from the first exchange that has one."""
    missing = {*assets, BRIDGE}
    marks: dict[str, Mark] = {}
    for valuation in services.valuations.values():
        marks |= await valuation.marks(missing)
        missing -= marks.keys()
    rows = [(mark.asset, mark.price_usd, mark.source, mark.occurred_at) for mark in marks.values()]
    return pl.DataFrame(rows, schema=PRICES, orient="row")


def assets_in(views: Views) -> set[str]:
    """All assets that anyone holds, or has a position in."""
    return set(views.balances["asset"])


async def asset_after(services: Services, outcome: Outcome, asset: str, key: str) -> Asset:
    """What is held of ``asset`` after a deposit or withdrawal, as in a snapshot."""
    account = outcome.account
    assert account is not None
    balance = account.balance(asset)
    marks = await services.valuations[account.exchange].marks([asset])
    mark = marks.get(asset)
    return Asset(
        symbol=asset,
        free=plain(balance.free),
        locked=plain(balance.locked),
        total=plain(balance.total),
        value_usd=None if mark is None else value_usd(balance.total, mark),
        allocation=None,
        exchange=account.exchange,
        account=account.account,
        price_source=None if mark is None else mark.source,
        price_at=None if mark is None else mark.occurred_at,
        idempotency_key=key,
        duplicate=outcome.duplicate,
        seq=outcome.recorded[-1].seq if outcome.recorded else None,
    )


def value_usd(amount: Decimal, mark: Mark) -> float:
    return usd(float(amount) * float(mark.price_usd))
