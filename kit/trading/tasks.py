"""What the journal is asked to do, and what comes back."""

from typing import Final

from msgspec import Struct

from domain.account import Account
from domain.commands import Command
from domain.events import Event, Recorded
from domain.events.base import Role
from domain.events.exits import ExitArmed, ExitDisarmed, ExitTrailed, ExitTriggered
from domain.orders import Order

OrderKey = tuple[str, str]


class Caller(Struct, frozen=True):
    """Who asks: a client's id (or the part of the gateway that acts), its role, and the request's id."""

    by: str
    role: Role
    request: str | None = None


def system(part: str) -> Caller:
    """The gateway itself as a caller."""
    return Caller(part, "system")


class Ask(Struct, frozen=True):
    """Who asks for a change, with the idempotency key of the command and the digest of its content."""

    caller: Caller
    key: str
    digest: str


class Part(Struct, frozen=True):
    """A command on another account stream, which belongs to the same task."""

    stream: str
    command: Command


class Task(Struct, frozen=True, kw_only=True):
    """A command to decide on the account ``stream``, or a fact to append to any other stream.

    ``key`` and ``digest`` are the command's idempotency key and the digest of its content; both or neither. ``also`` is
    decided with it, all or nothing, and committed together under the same key.
    """

    stream: str
    work: Command | Event
    caller: Caller
    key: str | None = None
    digest: str | None = None
    also: tuple[Part, ...] = ()


# They name the order that they guard, and change nothing about it.
EXITS: Final = (ExitArmed, ExitDisarmed, ExitTrailed, ExitTriggered)


def order_changed_by(event: Event) -> str | None:
    """The order that ``event`` says something of."""
    order_id = getattr(event, "order_id", None)
    return order_id if isinstance(order_id, str) and not isinstance(event, EXITS) else None


class Outcome(Struct, frozen=True, kw_only=True):
    """What was committed for a task: its entries in log order, and the account of its own stream after them.

    For a ``duplicate`` the entries are those of the first use of its key, on that stream, and nothing was written now.
    """

    recorded: tuple[Recorded, ...]
    account: Account | None
    duplicate: bool = False

    def newest_of(self, order_id: str) -> int:
        """The log position of the newest entry about the order, else of the newest at all."""
        about = (one.seq for one in reversed(self.recorded) if order_changed_by(one.entry.event) == order_id)
        return next(about, self.recorded[-1].seq)


class Committed(Struct, frozen=True, kw_only=True):
    """One committed batch, as the rest of the gateway sees it.

    ``accounts`` are the changed ones, by stream; ``orders`` those that an event named, by stream and id, each as it
    was after the last such event: by the end of a large batch the account itself may have let go of it.
    """

    recorded: tuple[Recorded, ...]
    accounts: dict[str, Account]
    orders: dict[OrderKey, Order]
