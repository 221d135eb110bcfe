"""How an order is amended, between the ledger's word and the exchange's."""

from decimal import Decimal

from domain.events.base import ValueEvent


class AmendmentRequested(ValueEvent, frozen=True, kw_only=True):
    """What the order is to be (None: has none), durable before the exchange is asked; it is still as it was.

    Postings reserve what the new terms can take beyond the present ones: until the exchange has answered, the
    order may be filled at either.
    """

    order_id: str
    amount: Decimal
    price: Decimal | None
    price_bound: Decimal | None
    stop_price: Decimal | None
    stop_loss: Decimal | None
    take_profit: Decimal | None
    trailing_stop: Decimal | None


class OrderAmended(ValueEvent, frozen=True, kw_only=True):
    """The order as it is from now on (None: has none); postings change what it reserves."""

    order_id: str
    amount: Decimal
    price: Decimal | None
    price_bound: Decimal | None
    stop_price: Decimal | None
    stop_loss: Decimal | None
    take_profit: Decimal | None
    trailing_stop: Decimal | None


class AmendmentRejected(ValueEvent, frozen=True, kw_only=True):
    """The exchange left the order as it was; postings give back what the amendment had reserved."""

    order_id: str
    reason: str
