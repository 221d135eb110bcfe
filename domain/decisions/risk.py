"""Judging an order by the account's limits, and writing down what forbids it."""

from domain.commands import AmendOrder, PlaceOrder
from domain.decisions.measure import measure
from domain.decisions.rules import Terms, expected_price
from domain.draft import Draft
from domain.events.orders import OrderRefused
from domain.orders import Order
from domain.reservations import needed_for
from domain.risk.breach import Breach
from domain.risk.checks import first_breach
from domain.risk.limits import limits_from
from domain.risk.proposal import Proposal


def placing_refused(draft: Draft, command: PlaceOrder, agreed: Terms, method: str = "trade.execute") -> bool:
    """Whether a limit forbids the order of ``method``, which is written then. What closes a position passes, always."""
    if command.closes or not is_limited(draft):
        return False
    value_first(draft, command)
    breach = first_breach(placing(draft, command, agreed))
    if breach is not None:
        refuse_for_risk(draft, method, breach, command.client_order_id, command.instrument.pair)
    return breach is not None


def amending_refused(draft: Draft, command: AmendOrder, order: Order, changed: Order) -> bool:
    """Whether a limit forbids the amendment, which is written then. Exits pass, always."""
    if order.exit_of is not None or changed.terms == order.terms or not is_limited(draft):
        return False
    value_first(draft, command)
    breach = first_breach(amending(draft, command, order, changed))
    if breach is not None:
        refuse_for_risk(draft, "order.amend", breach, order.client_order_id, order.pair)
    return breach is not None


def is_limited(draft: Draft) -> bool:
    return bool(draft.account.limits) or draft.account.halt is not None


def value_first(draft: Draft, command: PlaceOrder | AmendOrder) -> None:
    """What the account has lost by now, it must not be able to add to."""
    if command.market is not None:
        measure(draft, command.market.prices)


def placing(draft: Draft, command: PlaceOrder, agreed: Terms) -> Proposal:
    instrument, price = command.instrument, expected_price(command)
    return Proposal(
        account=draft.account,
        limits=limits_from(draft.account.limits),
        market=command.market,
        now=draft.at,
        order_id=command.order_id,
        pair=instrument.pair,
        base=instrument.base,
        quote=instrument.quote,
        side=command.side,
        amount=agreed.amount,
        price=price,
        notional=agreed.amount * price if agreed.spend is None else agreed.spend,
        stop_price=command.stop_price,
        enlarges=True,
        reprices=True,
        placed=True,
    )


def amending(draft: Draft, command: AmendOrder, order: Order, changed: Order) -> Proposal:
    """The order as it would be, with what of it is still to be filled."""
    price = changed.price_expected
    return Proposal(
        account=draft.account,
        limits=limits_from(draft.account.limits),
        market=command.market,
        now=draft.at,
        order_id=order.order_id,
        pair=order.pair,
        base=order.base,
        quote=order.quote,
        side=order.side,
        amount=changed.remaining,
        price=price,
        notional=changed.amount * price if changed.spend is None else changed.spend,
        stop_price=None if changed.triggered else changed.stop_price,
        enlarges=needed_for(changed, changed.remaining) > needed_for(order, order.remaining),
        reprices=(changed.price, changed.stop_price) != (order.price, order.stop_price),
        placed=False,
    )


def refuse_for_risk(draft: Draft, method: str, breach: Breach, client_order_id: str, pair: str) -> None:
    draft.write(
        OrderRefused(
            method=method,
            code="RISK_LIMIT_EXCEEDED",
            message=breach.message,
            check=breach.check,
            limit=breach.limit,
            inputs=breach.inputs,
            client_order_id=client_order_id,
            pair=pair,
            asset=None,
        )
    )
