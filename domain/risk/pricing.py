"""Whether an order's price can be trusted: there is one, it is fresh, and the order is not far beyond it."""

from decimal import Decimal

from domain.account import Account
from domain.events.terms import Side
from domain.money import HUNDRED, divided
from domain.risk.breach import Breach, about, exactly, inputs_of
from domain.risk.equity import assets_to_price, equity_of, measurement
from domain.risk.limits import RiskLimits
from domain.risk.proposal import Proposal


def assets_needed(
    limits: RiskLimits, account: Account, side: Side, base: str, quote: str, entered: str | None
) -> set[str]:
    """The assets whose prices in USD the limits need to judge an order of ``account`` that enters ``entered``."""
    if (side == "buy" and limits.needs_equity) or (entered == quote and limits.max_position_percent is not None):
        return {base, quote} | assets_to_price(account)
    limited = limits.max_order_notional if side == "sell" else limits.min_order_notional or limits.max_order_notional
    return set() if limited is None else {quote}


def needs_last_price(limits: RiskLimits) -> bool:
    return (limits.price_collar_percent or limits.max_price_age_s) is not None


def priced(order: Proposal) -> Breach | None:
    """What cannot be valued cannot be limited: without the prices that the limits need, nothing is let through.

    What the account holds may be without a listing, and counts nothing then; what the order trades may not.
    """
    needed = assets_needed(order.limits, order.account, order.side, order.base, order.quote, order.entered)
    unlisted = set() if order.market is None else {*order.market.prices.unlisted} - {order.base, order.quote}
    without = sorted(asset for asset in needed - unlisted if order.usd(asset) is None)
    if without:
        names = ", ".join(without)
        message = f"There is no price in USD of {names} now, and without it the limits cannot be checked"
        return Breach("price", "", message, inputs_of(assets=names))
    return lastless(order) or immeasurable(order)


def lastless(order: Proposal) -> Breach | None:
    if needs_last_price(order.limits) and order.last is None:
        message = f"There is no last price of {order.pair} now, and without it the limits cannot be checked"
        return Breach("price", "", message, inputs_of(pair=order.pair))
    return None


def immeasurable(order: Proposal) -> Breach | None:
    """Losses can only be limited where equity is a number that can be written down."""
    if not (order.is_entry and order.enlarges and order.limits.watches_losses and order.market):
        return None
    if measurement(order.account, order.market.prices) is not None:
        return None
    message = "Equity is beyond what can be measured, and so its losses cannot be limited"
    return Breach("price", "", message, inputs_of(equity=equity_of(order.account, order.market.prices)))


def price_age(order: Proposal) -> Breach | None:
    most, age_s = order.limits.max_price_age_s, None if order.market is None else order.market.age_s
    if most is None or age_s is None or age_s <= most:
        return None
    than = f"the limit is {exactly(most)} s"
    message = f"The last price of {order.pair} is {about(age_s)} s old; {than}: send a new order later"
    return Breach("maxPriceAgeSeconds", exactly(most), message, inputs_of(ageSeconds=age_s))


def price_collar(order: Proposal) -> Breach | None:
    """A buy far above, or a sell far below, what the pair last cost is a slip of the finger.

    A limit behind a stop is compared with its stop, where it will begin to count.
    """
    most, reference = order.limits.price_collar_percent, order.stop_price or order.last
    if most is None or reference is None:
        return None
    beyond = order.price - reference if order.is_entry else reference - order.price
    if beyond * HUNDRED <= most * reference:
        return None
    return beyond_collar(order, reference, divided(beyond * HUNDRED, reference), most)


def beyond_collar(order: Proposal, reference: Decimal, percent: Decimal, most: Decimal) -> Breach:
    where = "above" if order.is_entry else "below"
    named = "its stop" if order.stop_price else "the last price"
    message = (
        f"Price {exactly(order.price)} of {order.pair} is {about(percent)} % {where} {named} {exactly(reference)}; "
        f"the limit is {exactly(most)} %"
    )
    inputs = inputs_of(price=order.price, reference=reference, beyondPercent=percent)
    return Breach("priceCollarPercent", exactly(most), message, inputs)
