"""The key index: which command and which trade of a stream has been booked already, as what, and where.

It is derived: an entry's stamp carries the key and digest of the command behind it, and a fill its trade id, so the
whole index can be rebuilt from the log.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from hashlib import sha256
from typing import Literal

import msgspec
from msgspec import Struct

from domain.events import Entry
from domain.events.fills import FillRecorded, OrderFilled
from domain.events.terms import Side
from domain.money import plain
from domain.streams import key_space

Scope = Literal["command", "trade"]


KeyName = tuple[str, Scope, str]  # Space, scope, key: what can be used once.


def space_of(stream: str, scope: Scope) -> str:
    """Where a key is unique: a command's in the whole account, a trade id on one exchange of it."""
    return key_space(stream) if scope == "command" else stream


class KeyRow(Struct, frozen=True):
    """``key`` was used in ``stream`` for a content with this ``digest``; ``version`` is the first entry it caused."""

    stream: str
    scope: Scope
    key: str
    digest: str
    version: int

    @property
    def name(self) -> KeyName:
        return space_of(self.stream, self.scope), self.scope, self.key


def trade_digest(pair: str, side: Side, amount: Decimal, price: Decimal) -> str:
    """The digest of a trade's content, numbers by value: ``1`` and ``1.00`` are the same trade."""
    content = (pair, side, f"{plain(amount):f}", f"{plain(price):f}")
    return sha256(msgspec.json.encode(content)).hexdigest()


def keys_of(entries: Iterable[Entry]) -> Iterator[KeyRow]:
    """The rows that ``entries`` stand for, in their order; a command key once for each entry that carries it."""
    for entry in entries:
        stamp, event = entry.stamp, entry.event
        if stamp.key is not None:
            # A key without a digest equals no content: a second use is refused, never taken for a copy.
            yield KeyRow(entry.stream, "command", stamp.key, stamp.digest or "", entry.version)
        if isinstance(event, OrderFilled | FillRecorded):
            digest = trade_digest(event.pair, event.side, event.amount, event.price)
            yield KeyRow(entry.stream, "trade", event.trade_id, digest, entry.version)
