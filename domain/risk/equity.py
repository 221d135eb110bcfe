"""What an account is worth in USD, and what of it came from outside."""

from decimal import Decimal

from domain.account import Account
from domain.events.risk import EquityMeasured
from domain.money import AMOUNT_MAX, ZERO, exact, rounded
from domain.risk.market import UsdPrices


def held_assets(account: Account) -> set[str]:
    """The assets of which the account has something, or owes."""
    return {asset for asset, balance in account.balances.items() if balance.total}


def inflows(account: Account) -> dict[str, Decimal]:
    """What came in from outside (negative: went out) since the account was last measured, by asset."""
    before = {} if account.performance is None else account.performance.external
    came = {asset: before.get(asset, ZERO) - flow for asset, flow in account.external.items()}
    return {asset: amount for asset, amount in came.items() if amount}


def assets_to_price(account: Account) -> set[str]:
    """The assets whose prices a measurement takes."""
    return held_assets(account) | inflows(account).keys()


@exact
def equity_of(account: Account, prices: UsdPrices) -> Decimal:
    """The sum of all balances in USD, negative where more is owed than held; what has no price counts nothing."""
    worth = (balance.total * prices.by_asset.get(asset, ZERO) for asset, balance in account.balances.items())
    return rounded(sum(worth, ZERO))


def unpriced(account: Account, prices: UsdPrices) -> tuple[str, ...]:
    """The assets that the account's equity leaves out for want of a price, sorted."""
    return tuple(sorted(held_assets(account) - prices.by_asset.keys()))


@exact
def measurement(account: Account, prices: UsdPrices) -> EquityMeasured | None:
    """What measuring the account now finds; None where a price cannot be had, or equity is beyond what can be written.

    An asset that has a price for the first time came in with all that is held of it: it was left out before.
    """
    if prices.missing(assets_to_price(account)):
        return None
    equity, inflow = equity_of(account, prices), inflow_of(account, prices)
    if abs(equity) >= AMOUNT_MAX or abs(inflow) >= AMOUNT_MAX:
        return None
    return EquityMeasured(equity=equity, inflow=inflow, unpriced=unpriced(account, prices))


def inflow_of(account: Account, prices: UsdPrices) -> Decimal:
    """What came in since the last measurement, at ``prices``; all there is, where the account was never measured."""
    if account.performance is None:
        return equity_of(account, prices)
    came = inflows(account)
    came |= {asset: account.balance(asset).total for asset in account.performance.unpriced}
    return rounded(sum((amount * prices.by_asset.get(asset, ZERO) for asset, amount in came.items()), ZERO))
