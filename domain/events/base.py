"""What all events share: the fact itself, who and what caused it, and where it stands in the log."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from domain.postings import Posting, balance

Role = Literal["full", "read", "system"]


class Event(Struct, frozen=True, kw_only=True):
    """A fact, past tense. One field name has one type in all events, so that a frame can hold their union."""


class ValueEvent(Event, frozen=True, kw_only=True):
    """An event that moves value; it cannot exist unless its postings sum to zero per asset."""

    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        balance(self.postings)


class Stamp(Struct, frozen=True, kw_only=True):
    """Who caused an event, when we wrote it (UTC, µs) and under which request.

    ``by`` is a client id, or the part of the gateway that acted (role ``system``). ``key`` is the idempotency key of
    the command behind the event and ``digest`` the digest of the command's content.
    """

    at: datetime
    by: str
    role: Role
    request: str | None = None
    key: str | None = None
    digest: str | None = None


class Entry(Struct, frozen=True):
    """One line of the log: ``event`` as the ``version``-th (from 1) of ``stream``."""

    stream: str
    version: int
    stamp: Stamp
    event: Event

    @property
    def originator_id(self) -> str:
        return self.stream

    @property
    def originator_version(self) -> int:
        return self.version


class Recorded(Struct, frozen=True):
    """An entry with its position ``seq`` in the whole log (from 1, rising)."""

    seq: int
    entry: Entry
