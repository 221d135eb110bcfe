"""Whether a command was carried out before, for methods that have to know before they look at the market."""

import asyncio

from domain.events.orders import OrderRefused
from kit.gateway.services import Services
from kit.trading.errors import ClientOrderIdReused, KeyReused, refusal
from kit.trading.tasks import Ask


async def used_before(services: Services, stream: str, asking: Ask) -> bool:
    """Whether this very command was carried out before; a refusal that was recorded then is raised again.

    Raises:
        KeyReused: the key was used for something else.
        InsufficientFunds, RiskLimitExceeded: as the first time.
    """
    row = await services.earlier_use(stream, asking)
    if row is None:
        return False
    event = (await asyncio.to_thread(services.log.read_entry, row.stream, row.version)).entry.event
    if isinstance(event, OrderRefused):
        raise refusal(event)
    return True


async def placed_before(services: Services, stream: str, asking: Ask) -> bool:
    """As ``used_before``, for a key that is also the client's own id of an order.

    Raises:
        ClientOrderIdReused: it names another order.
        InsufficientFunds, RiskLimitExceeded: as the first time.
    """
    try:
        return await used_before(services, stream, asking)
    except KeyReused as error:
        raise ClientOrderIdReused(error.used) from None
