"""What an order has to keep before the paper exchange takes it.

The ledger has checked the same before; an exchange that trusted it would hide the ledger's mistakes.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import chain

from domain.instruments import Instrument
from domain.moments import rfc3339
from domain.money import EXACT, is_multiple
from kit.exchanges.protocol import OrderRequest


def broken_rule(request: OrderRequest, instrument: Instrument, now: datetime) -> str | None:
    """The first rule that ``request`` breaks, as a sentence with field and value; None where it keeps all."""
    rules = chain(
        _size(request, instrument), _prices(request, instrument), _notional(request, instrument), _time(request, now)
    )
    return next(rules, None)


def _size(request: OrderRequest, instrument: Instrument) -> Iterator[str]:
    if request.spend is not None:
        if request.side == "sell" or request.type not in ("market", "stop-market"):
            yield f"spend {request.spend:f} is for market buys, this is a {request.type} {request.side}"
        if request.spend <= 0:
            yield f"spend {request.spend:f} is not above zero"
        return  # The amount is an estimate then.
    if request.amount <= 0:
        yield f"amount {request.amount:f} is not above zero"
    if not is_multiple(request.amount, instrument.amount_step):
        yield f"amount {request.amount:f} is not a multiple of {instrument.amount_step:f} {instrument.base}"
    if request.amount < instrument.amount_min:
        yield f"amount {request.amount:f} is below the minimum of {instrument.amount_min:f} {instrument.base}"


def _prices(request: OrderRequest, instrument: Instrument) -> Iterator[str]:
    if request.type in ("limit", "stop-limit"):
        yield from _on_tick("price", request.price, request, instrument)
    if request.type in ("stop-limit", "stop-market"):
        yield from _on_tick("stop_price", request.stop_price, request, instrument)
    if request.price_bound is not None and request.price_bound <= 0:
        yield f"price_bound {request.price_bound:f} is not above zero"


def _on_tick(name: str, price: Decimal | None, request: OrderRequest, instrument: Instrument) -> Iterator[str]:
    if price is None:
        yield f"{name} None: a {request.type} order needs one"
    elif price <= 0:
        yield f"{name} {price:f} is not above zero"
    elif not is_multiple(price, instrument.price_tick):
        yield f"{name} {price:f} is not a multiple of {instrument.price_tick:f} {instrument.quote}"


def _notional(request: OrderRequest, instrument: Instrument) -> Iterator[str]:
    """The least notional, where the request itself says what it is worth.

    The notional of a market order for an amount is known only after it; refusing it here because the price slipped
    by a tick would leave a position without its exit.
    """
    notional, name = request.spend, "spend"
    price = request.price if request.type in ("limit", "stop-limit") else request.stop_price
    if notional is None and price is not None and request.type != "market":
        notional, name = EXACT.multiply(request.amount, price), "notional"
    if notional is not None and notional < instrument.notional_min:
        yield f"{name} {notional:f} is below the minimum of {instrument.notional_min:f} {instrument.quote}"


def _time(request: OrderRequest, now: datetime) -> Iterator[str]:
    if request.post_only and (
        request.type not in ("limit", "stop-limit") or request.time_in_force not in ("GTC", "GTD")
    ):
        yield f"postOnly true: a {request.type} {request.time_in_force} order never rests"
    if request.time_in_force == "GTD" and request.expires_at is None:
        yield "expiresAt null: a GTD order needs one"
    if request.time_in_force == "GTD" and request.expires_at is not None and request.expires_at <= now:
        yield f"expiresAt {rfc3339(request.expires_at)} has passed at {rfc3339(now)}"
