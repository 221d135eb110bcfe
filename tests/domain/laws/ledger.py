"""A log kept beside the account under test: every event stored, read back, replayed and added up independently."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import msgspec
from msgspec.structs import replace

from domain.account import Account
from domain.codec import decode, encode
from domain.commands import Command
from domain.decide import decide
from domain.events import Entry, Event, Stamp, ValueEvent
from domain.events.fills import FillRecorded, OrderFilled
from domain.events.reconciliation import DiscrepancyFound
from domain.evolve import evolve_entry
from domain.money import EXACT, ZERO, rounded
from domain.refusals import LedgerError
from tests.domain.books import NOON, nobody
from tests.domain.laws.guards import check_guards

STAMP = Stamp(at=NOON, by="laws", role="system")
Stored = tuple[str, bytes]


class Holding:
    """A position as fills alone make it: its amount, and all its cash flow since it was opened."""

    def __init__(self) -> None:
        self.amount = ZERO
        self.flow = ZERO

    def add(self, fill: OrderFilled | FillRecorded) -> None:
        base_fee = fill.fee if fill.fee_asset == fill.base else ZERO
        if fill.side == "buy":
            gained = EXACT.subtract(fill.amount, base_fee)
        else:
            gained = -min(self.amount, EXACT.add(fill.amount, base_fee))
        if fill.side == "buy" and gained <= 0:
            return
        self.amount = EXACT.add(self.amount, gained)
        self.flow = EXACT.subtract(self.flow, rounded(EXACT.multiply(gained, fill.price)))
        if not self.amount:
            self.flow = ZERO


class Ledger:
    """One account, decided on live; and the same account by replay."""

    def __init__(self) -> None:
        self.now = NOON
        self.live = nobody()
        self.replayed = nobody()
        self.stored: list[Stored] = []
        self.images: list[bytes] = [msgspec.json.encode(self.live)]
        self.sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        self.filled: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.gained: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.holdings: defaultdict[str, Holding] = defaultdict(Holding)
        self.beyond: set[str] = set()
        self.owing: set[str] = set()

    def do(self, command: Command) -> tuple[Event, ...]:
        """Decide ``command``; a refusal is no event, and must leave the state as it was.

        Raises:
            LedgerError: the command is refused.
        """
        before = self.live
        try:
            decision = decide(before, command, self.now)
        finally:
            assert msgspec.json.encode(before) == self.images[-1], "deciding changed the account it looked at"
        for event in decision.events:
            self._append(event)
        self.live = decision.account
        check_guards(before, decision.events, self.live, self.owing)
        self.owing &= {asset for asset, balance in self.live.balances.items() if balance.free < 0}
        return decision.events

    def refuses(self, command: Command) -> bool:
        try:
            self.do(command)
        except LedgerError:
            return True
        return False

    def _append(self, event: Event) -> None:
        self.stored.append(encode(replace(STAMP, at=self.now), event))
        stamp, read = decode(*self.stored[-1])
        assert read == event
        for number in numbers(msgspec.to_builtins(read, builtin_types=(Decimal,))):
            assert_storable(number)
        self.replayed = evolve_entry(self.replayed, Entry(self.live.id, len(self.stored), stamp, read))
        self.images.append(msgspec.json.encode(self.replayed))
        self._add_up(read)

    def _add_up(self, event: Event) -> None:
        if isinstance(event, ValueEvent):
            for posting in event.postings:
                place = posting.bucket, posting.asset
                self.sums[place] = EXACT.add(self.sums[place], posting.amount)
        if isinstance(event, OrderFilled | FillRecorded):
            self.holdings[event.pair].add(event)
        if isinstance(event, OrderFilled):
            base_fee = event.fee if event.fee_asset == event.base else ZERO
            gained = EXACT.subtract(event.amount, base_fee)
            self.filled[event.order_id] = EXACT.add(self.filled[event.order_id], event.amount)
            self.gained[event.order_id] = EXACT.add(self.gained[event.order_id], gained)
        if isinstance(event, DiscrepancyFound):
            if event.kind == "negative balance":
                self.owing.add(event.expected.removesuffix(" at least 0"))
            elif event.order_id is not None:
                self.beyond.add(event.order_id)


def numbers(value: Any) -> list[Decimal]:
    """All decimals anywhere inside ``value``, which holds no float."""
    assert not isinstance(value, float)
    if isinstance(value, dict):
        return [number for item in value.values() for number in numbers(item)]
    if isinstance(value, list | tuple):
        return [number for item in value for number in numbers(item)]
    return [value] if isinstance(value, Decimal) else []


def assert_storable(number: Decimal) -> None:
    assert number.is_finite(), number
    assert not (number.is_zero() and number.is_signed()), "a negative zero"
    assert number == rounded(number), f"{number} has more than eighteen decimals"
    assert abs(number) < Decimal("1e20"), f"{number} does not fit its column"


def replayed_from(snapshot: Account, stored: list[Stored]) -> Account:
    """The account after the events that follow ``snapshot``."""
    for topic, state in stored[snapshot.version :]:
        stamp, event = decode(topic, state)
        snapshot = evolve_entry(snapshot, Entry(snapshot.id, snapshot.version + 1, stamp, event))
    return snapshot
