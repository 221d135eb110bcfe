"""Prices of what is held, written down so that any valuation can be repeated."""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from domain.events.base import Event


class Mark(Struct, frozen=True, kw_only=True):
    """The price of one unit of ``asset`` in USD, where it came from and when the exchange says it held."""

    asset: str
    price_usd: Decimal
    source: str
    occurred_at: datetime


class PricesMarked(Event, frozen=True, kw_only=True):
    """The marks of all assets held and priced at one moment on ``exchange``."""

    exchange: str
    marks: tuple[Mark, ...]
