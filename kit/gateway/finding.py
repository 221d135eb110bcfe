"""Orders that are no longer in the accounts' state: found in the views."""

from msgspec import Struct

from domain.refusals import OrderNotFound
from kit.gateway.present.orders import order_from_row
from kit.gateway.refusals import InvalidRequest
from kit.gateway.services import Services
from kit.trading.desk import placing
from kit.trading.tasks import Outcome
from kit.wire.orders import Order
from projections.order_lookup import by_client_order_id, by_order_id


class OrderName(Struct, frozen=True):
    """The one id by which a client names an order; a client order id within ``account``."""

    order_id: str | None
    client_order_id: str | None
    account: str

    def __post_init__(self) -> None:
        if (self.order_id is None) == (self.client_order_id is None):
            raise InvalidRequest("orderId: give it or clientOrderId, one of the two", field="orderId")

    @property
    def shown(self) -> str:
        return self.order_id or self.client_order_id or ""


async def find_order(services: Services, name: OrderName, *, duplicate: bool = False) -> Order:
    """The order as it stands after everything that was acknowledged.

    Raises:
        OrderNotFound: no order has that id.
    """
    views = await services.projector.current()
    if name.order_id is not None:
        found = by_order_id(views.orders, name.order_id)
    else:
        found = by_client_order_id(views.orders, name.account, name.shown)
    if found.is_empty():
        raise OrderNotFound(name.shown)
    return order_from_row(found.row(0, named=True), duplicate=duplicate)


async def placed_before(services: Services, outcome: Outcome) -> Order:
    """The order that an earlier command with the same key placed, as it stands now."""
    event = placing(outcome).entry.event
    return await find_order(services, OrderName(getattr(event, "order_id"), None, ""), duplicate=True)  # noqa: B009
