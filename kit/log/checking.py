"""Whether a stretch of the log is all there and can be decoded: asked by every start, and by whoever looks on."""

from collections.abc import Callable, Iterator, Sequence

from eventsourcing.persistence import Notification

from domain.events import Entry
from kit.log.errors import LogDamaged


def checked(
    rows: Sequence[Notification], first: int, last: int, entry_of: Callable[[Notification], Entry]
) -> Iterator[Entry]:
    """The entries at the positions ``first`` to ``last``, of which ``rows`` are what is stored, in order.

    Raises:
        LogDamaged: names the first position that is missing or wrong.
    """
    for seq, row in zip(range(first, last + 1), rows, strict=False):
        if row.id != seq:
            raise LogDamaged(seq, "the row is missing")
        yield entry_of(row)
    if len(rows) != last - first + 1:
        raise LogDamaged(first + len(rows), "the row is missing")
