"""Two orders of which one cancels the other: one rests on the exchange, the other is held back by the gateway."""

from domain.events.base import Event, ValueEvent


class OrderLinked(Event, frozen=True, kw_only=True):
    """The order ends when ``other_id`` is done, and the other way round; one that is ``held`` is not sent yet.

    Its ``OrderPlaced`` is the stream's ``placed_version``-th event.
    """

    order_id: str
    other_id: str
    held: bool
    placed_version: int


class OrderReleased(ValueEvent, frozen=True, kw_only=True):
    """The held order goes to the exchange; postings lock what it lacked while the other one held value for both."""

    order_id: str
