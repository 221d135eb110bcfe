"""What became of an amendment that was asked for before: a second use of its key is answered as the first."""

import asyncio

from domain.events import Event
from domain.events.amendments import AmendmentRejected, OrderAmended
from domain.events.fills import OrderFilled
from domain.events.orders import OrderCancelled, OrderRejected
from kit.gateway.services import Services
from kit.log.log import Log
from kit.trading.amendments import require_agreed
from kit.trading.tasks import Ask


async def require_made(services: Services, stream: str, order_id: str, asking: Ask) -> None:
    """Refuse as the first time what the exchange did not make.

    Raises:
        ExchangeError: why not.
        KeyReused: the key was used for something else.
    """
    row = await services.earlier_use(stream, asking)
    if row is not None:
        require_agreed(await asyncio.to_thread(answer_since, services.log, stream, order_id, row.version))


def answer_since(log: Log, stream: str, order_id: str, version: int) -> list[Event]:
    """The event that answers the amendment asked for at ``version``; none where there is no answer yet."""
    for entry in log.read_stream(stream, version - 1):
        if getattr(entry.event, "order_id", None) == order_id and settles(entry.event):
            return [entry.event]
    return []


def settles(event: Event) -> bool:
    """Whether no other answer can come after ``event``."""
    if isinstance(event, OrderFilled):
        return event.final
    return isinstance(event, OrderAmended | AmendmentRejected | OrderCancelled | OrderRejected)
