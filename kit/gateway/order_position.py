"""The log position of an order's newest event, however far the views are."""

from typing import Final

from domain.codec import decode, event_name
from domain.orders import Order
from kit.log.log import Log, StoredRow
from projections.order_lookup import by_order_id
from projections.orders import TOPICS
from projections.views import Views

PAGE_ROWS: Final = 5_000


def newest_position(log: Log, views: Views, stream: str, order: Order, head: int) -> int:
    """The position up to ``head`` of the newest event of ``order``, which ``stream`` placed.

    Reads what ``views`` have not seen yet from the log, and of that only what came after the order was placed.
    """
    row = by_order_id(views.orders, order.order_id)
    if row.is_empty():
        newest = after = log.read_entry(stream, order.placed_version).seq
    else:
        newest, after = row["seq"][0], views.seq
    while page := log.rows(after, PAGE_ROWS, head):
        newest = next((line.seq for line in reversed(page) if _is_of(line, order.order_id)), newest)
        after = page[-1].seq
    return int(newest)


def _is_of(line: StoredRow, order_id: str) -> bool:
    """Whether the line says something of the order; most lines are dismissed without decoding them."""
    if event_name(line.topic) not in TOPICS or order_id.encode() not in line.state:
        return False
    return getattr(decode(line.topic, line.state)[1], "order_id", None) == order_id
