"""From one event to all the clients that want it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from msgspec import Raw

from kit.gateway.channels import MARKET, group_of
from kit.gateway.outbox import LatestKey
from kit.wire.document import Document
from kit.wire.frames import EventFrame, encode


@dataclass(frozen=True)
class Push:
    """An event on its way to clients. ``seq`` is the log position of the ledger event behind it.

    ``pair`` is what subscriptions filter by; ``to`` is the only client that gets it.
    """

    event: str
    payload: Document
    seq: int | None = None
    pair: str | None = None
    to: str | None = None

    @cached_property
    def encoded(self) -> bytes:
        """The frame, encoded when the first client wants it, for all of them."""
        return encode(EventFrame(self.event, Raw(encode(self.payload)), self.seq))

    @property
    def latest_key(self) -> LatestKey | None:
        """Of market events only the newest counts; None for events that must all arrive."""
        return (self.event, self.pair or "") if group_of(self.event) == MARKET else None


class Receiver(Protocol):
    def push(self, push: Push) -> None:
        """Take an event without waiting; never raises."""


class Hub:
    """Publishes to every receiver. ``position`` is the log position up to which everything was published."""

    def __init__(self, position: int = 0) -> None:
        self.position = position
        self._receivers: dict[Receiver, None] = {}  # In the order of their coming.

    def join(self, receiver: Receiver) -> None:
        self._receivers[receiver] = None

    def leave(self, receiver: Receiver) -> None:
        self._receivers.pop(receiver, None)

    def publish(self, pushes: Iterable[Push], *, position: int | None = None) -> None:
        """Hand out ``pushes``, in log order; ``position`` is how far the log has now been told, silent events too.

        Called on the event loop, after the events are durable.
        """
        for push in pushes:
            for receiver in tuple(self._receivers):
                receiver.push(push)
            self.position = max(self.position, push.seq or 0)
        self.position = max(self.position, position or 0)
