"""Orders in the order in which they have their turn: by a key, then by arrival."""

from bisect import bisect_left, insort
from datetime import datetime
from decimal import Decimal
from typing import Generic, TypeVar

from kit.exchanges.working import WorkingOrder

K = TypeVar("K", Decimal, datetime)


class Priority(Generic[K]):
    """A sorted line of orders, smallest key first, earlier arrival first among equals."""

    def __init__(self) -> None:
        self._entries: list[tuple[K, int, WorkingOrder]] = []

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def first(self) -> WorkingOrder | None:
        return self._entries[0][2] if self._entries else None

    def add(self, key: K, order: WorkingOrder) -> None:
        insort(self._entries, (key, order.arrival, order))  # Arrivals differ, so orders are never compared.

    def remove(self, key: K, order: WorkingOrder) -> None:
        """Take ``order`` out; one that is not in the line changes nothing."""
        place = bisect_left(self._entries, (key, order.arrival))
        if place < len(self._entries) and self._entries[place][2] is order:
            del self._entries[place]
