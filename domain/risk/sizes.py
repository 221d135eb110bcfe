"""How large an order may be, and what it may add up to: its worth, the number of positions, one position's share."""

from decimal import Decimal

from domain.account import Account
from domain.money import HUNDRED, ZERO, divided
from domain.orders import Order
from domain.risk.breach import Breach, about, exactly, inputs_of
from domain.risk.equity import equity_of
from domain.risk.market import UsdPrices
from domain.risk.proposal import Proposal


def notional_min(order: Proposal) -> Breach | None:
    least, worth = order.limits.min_order_notional, worth_of(order)
    if least is None or worth is None or worth >= least:
        return None
    message = f"The order for {order.pair} is worth {about(worth)} USD; at least {about(least)} USD is asked for"
    return Breach("minOrderNotional", exactly(least), message, inputs_of(notional=worth))


def notional_max(order: Proposal) -> Breach | None:
    most, worth = order.limits.max_order_notional, worth_of(order)
    if most is None or worth is None or worth <= most:
        return None
    message = f"The order for {order.pair} is worth {about(worth)} USD; the limit is {about(most)} USD"
    return Breach("maxOrderNotional", exactly(most), message, inputs_of(notional=worth))


def worth_of(order: Proposal) -> Decimal | None:
    """What the whole order comes to in USD."""
    price = order.usd(order.quote)
    return None if price is None else order.notional * price


def open_positions(order: Proposal) -> Breach | None:
    """Pairs with a position, and pairs that are being bought."""
    most = order.limits.max_open_positions
    if most is None:
        return None
    pairs = pairs_entered(order.account, but_for=order.order_id)
    if order.pair in pairs or len(pairs) < most:
        return None
    message = f"{order.pair} would be position number {len(pairs) + 1}; the limit is {most}"
    return Breach("maxOpenPositions", str(most), message, inputs_of(open=len(pairs), pairs=", ".join(sorted(pairs))))


def position_share(order: Proposal) -> Breach | None:
    """What is held and being bought of the asset that the order enters, with the order, as a part of equity.

    What is held counts at the asset's price, what is bought at the price of its order.
    """
    most, market, asset = order.limits.max_position_percent, order.market, order.entered
    if most is None or market is None or asset is None:
        return None
    worth, equity = position_after(order, asset, market.prices), equity_of(order.account, market.prices)
    if worth * HUNDRED <= most * equity:
        return None
    share = divided(worth * HUNDRED, equity) if equity > 0 else None
    would = f"{about(worth)} USD" if share is None else f"{percent(share, most)} %"
    position = order.pair if order.is_entry else asset
    message = f"Position in {position} would be {would} of equity {about(equity)} USD; the limit is {exactly(most)} %"
    shown = {} if share is None else {"sharePercent": share}
    return Breach("maxPositionPercent", exactly(most), message, inputs_of(position=worth, equity=equity, **shown))


def percent(share: Decimal, most: Decimal) -> str:
    """``share`` to two decimals, or with all of them where it would look like the limit that it is above."""
    return about(share) if about(share) != about(most) else exactly(share)


def position_after(order: Proposal, asset: str, prices: UsdPrices) -> Decimal:
    """What would be held of ``asset`` in USD, once this order and the open buys of it are filled."""
    bought = order.amount * order.price * prices.by_asset.get(order.quote, ZERO)
    return bought + held_and_coming(order.account, asset, prices, but_for=order.order_id)


def pairs_entered(account: Account, but_for: str | None = None) -> set[str]:
    """The pairs with a position, and those that are being bought by other orders than ``but_for``."""
    return account.positions.keys() | {one.pair for one in open_buys(account, but_for)}


def held_and_coming(account: Account, base: str, prices: UsdPrices, but_for: str | None = None) -> Decimal:
    """What is held of ``base``, and what open orders other than ``but_for`` are buying of it, in USD."""
    held = account.balance(base).total * prices.by_asset.get(base, ZERO)
    buys = (one for one in open_buys(account, but_for) if one.base == base and not one.held)
    return held + sum((at_most(one, account) * prices.by_asset.get(one.quote, ZERO) for one in buys), ZERO)


def open_buys(account: Account, but_for: str | None) -> list[Order]:
    return [one for one in account.orders.values() if one.side == "buy" and one.order_id != but_for]


def at_most(order: Order, account: Account) -> Decimal:
    """What an open buy can still take in quote; of two that are linked one is filled, so it is the dearer one."""
    other = account.orders.get(order.linked_to or "")
    return coming(order) if other is None else max(coming(order), coming(other))


def coming(order: Order) -> Decimal:
    """What an open buy can still take in quote; of one that is being amended, what it can take at most."""
    return max(terms.remaining * terms.price_expected for terms in (order, order.as_asked))
